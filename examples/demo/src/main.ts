/** A client of each service at work, against the documented examples served over real HTTP. */

import { createAlbClient } from "@typedcloud/alibabacloud-alb";
import { createEipClient } from "@typedcloud/huaweicloud-eip";
import { createElbClient, isApiError, type JobProgress } from "@typedcloud/huaweicloud-elb";
import { mocks as elbMocks } from "@typedcloud/huaweicloud-elb/mocks";
import { createGaussDBClient } from "@typedcloud/huaweicloud-gaussdb";
import { createSwrClient } from "@typedcloud/huaweicloud-swr";
import Table from "cli-table3";
import { Listr, type ListrTaskWrapper } from "listr2";
import { handlers, JOBS, RUNNING_JOB } from "./data.ts";
import { startServer } from "./server.ts";

const server = await startServer([...handlers]);
let requests = 0;
const common = { endpoint: server.url, logger: () => void requests++ };
const huawei = {
  ...common,
  projectId: "7b7705dce1e847b08b3b16dda67fec24",
  credentials: { ak: "demo-access-key", sk: "demo-secret-key" },
};
const elb = createElbClient(huawei);
const swr = createSwrClient(huawei);
const eip = createEipClient(huawei);
const gaussdb = createGaussDBClient(huawei);
const alb = createAlbClient({
  ...common,
  credentials: { accessKeyId: "demo-access-key", accessKeySecret: "demo-secret-key" },
});

type Task = ListrTaskWrapper<unknown, never, never>;
const rows: string[][] = [];

/** Lists everything, saying how far it is. */
const list = (name: string, expected: number, items: () => AsyncIterable<unknown>) => ({
  title: `${name}: list every job`,
  task: async (_: unknown, task: Pick<Task, "output" | "title">) => {
    const before = requests;
    let count = 0;
    for await (const _job of items())
      if (++count % Math.ceil(expected / 5) === 0) task.output = `${count} of ${expected}`;
    if (count !== expected) throw new Error(`${name}: ${count} jobs instead of ${expected}`);
    rows.push([name, "every job, page by page", `${count} jobs`, String(requests - before)]);
  },
});

/** Waits for a job, saying what each poll saw. */
const wait = (
  name: string,
  waiting: (onProgress: (progress: JobProgress) => void) => Promise<{ status?: string }>,
) => ({
  title: `${name}: wait for a job to end`,
  task: async (_: unknown, task: Pick<Task, "output" | "title">) => {
    const before = requests;
    const seen: string[] = [];
    const job = await waiting(({ status }) => {
      if (seen.at(-1) !== status) seen.push(status);
      task.output = status;
    });
    rows.push([
      name,
      "wait for a job",
      `${seen.join(" → ")} (ended ${job.status})`,
      String(requests - before),
    ]);
  },
});

const pauses = { minDelayMs: 150, maxDelayMs: 150 };

await new Listr(
  [
    list("huaweicloud-elb", JOBS.elb, () => elb.listJobs.items()),
    list("huaweicloud-swr", JOBS.swr, () => swr.listInstanceJobs.items()),
    list("huaweicloud-gaussdb", JOBS.gaussdb, () => gaussdb.listImmediateJobs.items()),
    list("alibabacloud-alb", JOBS.alb, () => alb.listAsynJobs.items()),
    wait("huaweicloud-eip", (onProgress) =>
      eip.showResourcesJobDetail.wait(RUNNING_JOB, { ...pauses, onProgress }),
    ),
    wait("huaweicloud-elb", (onProgress) => elb.listJobs.wait(RUNNING_JOB, { ...pauses, onProgress })),
    {
      title: "huaweicloud-elb: an API error",
      task: async () => {
        server.handlers.unshift(
          elbMocks.listJobs.error(
            403,
            { error_code: "ELB.1003", error_msg: "not allowed" },
            { "x-request-id": "req-0123456789abcdef" },
          ),
        );
        const error = await elb.listJobs().catch((thrown: unknown) => thrown);
        if (!isApiError(error)) throw new Error("the server should have refused");
        rows.push([
          "huaweicloud-elb",
          "an API error",
          `${error.name}: ${error.status} ${error.code}, request id ${error.requestId}`,
          "1",
        ]);
      },
    },
  ],
  { rendererOptions: { collapseSubtasks: false } },
).run();
await server.close();

const table = new Table({ head: ["client", "did", "result", "requests"], style: { head: [], border: [] } });
table.push(...rows);
console.log(`\n${table.toString()}\n${requests} signed requests over HTTP to ${server.url}\n`);
