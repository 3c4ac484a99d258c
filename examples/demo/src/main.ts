/** A client of each service at work, against a local server that plays both clouds and checks every signature. */

import { createAlbClient } from "@typedcloud/alibabacloud-alb";
import { createEipClient } from "@typedcloud/huaweicloud-eip";
import { createElbClient, isApiError, type JobProgress } from "@typedcloud/huaweicloud-elb";
import { createGaussDBClient } from "@typedcloud/huaweicloud-gaussdb";
import { createSwrClient } from "@typedcloud/huaweicloud-swr";
import { startMockCloud } from "@typedcloud/mock-cloud";
import Table from "cli-table3";
import { Listr, type ListrTaskWrapper } from "listr2";

/** How many jobs each service has here. */
const JOBS = { elb: 4500, swr: 250, gaussdb: 120, alb: 230 };

// A minute of the cloud takes a second here.
const cloud = await startMockCloud({ speed: 60 });
for (const [service, count] of Object.entries(JOBS)) cloud.jobs.fill(service, count);
const { huaweicloud, alibabacloud } = cloud.accounts;
const region = "cn-north-4";

let requests = 0;
const at = (service: string) => ({ endpoint: cloud.endpoint(service), logger: () => void requests++ });
const huawei = {
  projectId: huaweicloud.projects[region],
  credentials: { ak: huaweicloud.ak, sk: huaweicloud.sk },
};
const elb = createElbClient({ ...huawei, ...at("elb") });
const swr = createSwrClient({ ...huawei, ...at("swr") });
const eip = createEipClient({ ...huawei, ...at("eip") });
const gaussdb = createGaussDBClient({ ...huawei, ...at("gaussdb") });
const alb = createAlbClient({
  ...at("alb"),
  credentials: { accessKeyId: alibabacloud.accessKeyId, accessKeySecret: alibabacloud.accessKeySecret },
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

/** Starts a job and waits for it, saying what each poll saw. */
const wait = (
  service: string,
  waiting: (id: string, onProgress: (progress: JobProgress) => void) => Promise<{ status?: string }>,
) => ({
  title: `huaweicloud-${service}: wait for a job to end`,
  task: async (_: unknown, task: Pick<Task, "output" | "title">) => {
    const { id } = cloud.jobs.add(service, { durationMs: 60_000 });
    const before = requests;
    const seen: string[] = [];
    const job = await waiting(id, ({ status }) => {
      if (seen.at(-1) !== status) seen.push(status);
      task.output = status;
    });
    rows.push([
      `huaweicloud-${service}`,
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
    wait("eip", (id, onProgress) => eip.showResourcesJobDetail.wait(id, { ...pauses, onProgress })),
    wait("elb", (id, onProgress) => elb.listJobs.wait(id, { ...pauses, onProgress })),
    {
      title: "huaweicloud-elb: a wrong secret",
      task: async () => {
        const wrong = createElbClient({
          ...huawei,
          ...at("elb"),
          credentials: { ...huawei.credentials, sk: "not-the-secret-key" },
        });
        const before = requests;
        const error = await wrong.listJobs().catch((thrown: unknown) => thrown);
        if (!isApiError(error)) throw new Error("the server should have refused");
        rows.push([
          "huaweicloud-elb",
          "a wrong secret",
          `${error.name}: ${error.status} ${error.code}, request id ${error.requestId}`,
          String(requests - before),
        ]);
      },
    },
  ],
  { rendererOptions: { collapseSubtasks: false } },
).run();
await cloud.close();

const table = new Table({ head: ["client", "did", "result", "requests"], style: { head: [], border: [] } });
table.push(...rows);
console.log(
  `\n${table.toString()}\n${requests} requests over HTTP to ${cloud.url}, every signature checked by the server\n`,
);
