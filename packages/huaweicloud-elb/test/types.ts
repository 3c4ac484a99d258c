/** What must compile, and what must not. Checked by `pnpm typecheck`: an error that is expected and missing fails it. */

import { type components, createElbClient } from "@typedcloud/huaweicloud-elb";
import { mocks } from "@typedcloud/huaweicloud-elb/mocks";

const elb = createElbClient({ region: "cn-north-4" });

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>): void => {};

export async function calls(): Promise<void> {
  await elb.listJobs();
  await elb.listJobs({
    query: { status: "RUNNING", limit: 50 },
    signal: AbortSignal.timeout(1000),
    timeoutMs: 10,
  });
  await elb.listJobs({ query: { status: "A_STATUS_OF_NEXT_YEAR" } });
  await elb.listJobs({ path: { project_id: "p" } });

  // What may be left out may be undefined, whatever a project's compiler options are.
  const [signal, marker, region]: [AbortSignal?, string?, string?] = [];
  await elb.listJobs({ signal, query: { marker, limit: 3 }, timeoutMs: undefined });
  await elb.listJobs({ query: undefined });
  elb.listJobs.items({ signal });
  createElbClient({
    region,
    projectId: undefined,
    credentials: { ak: "a", sk: "s", securityToken: undefined },
  });

  // @ts-expect-error misspelt parameter
  await elb.listJobs({ query: { statsu: "RUNNING" } });
  // @ts-expect-error misspelt group
  await elb.listJobs({ qeury: { status: "RUNNING" } });
  // @ts-expect-error a string where a number is documented
  await elb.listJobs({ query: { limit: "50" } });
  // @ts-expect-error a number where a list of strings is documented
  await elb.listJobs({ query: { status: 1 } });
  // @ts-expect-error misspelt option
  createElbClient({ reigon: "cn-north-4" });
}

export async function answers(): Promise<void> {
  const page = await elb.listJobs();
  same<typeof page, components["schemas"]["ListJobsResponse"]>(true);
  for await (const job of elb.listJobs.items()) {
    same<typeof job, components["schemas"]["MainJob"]>(true);
    const status: string = job.status;
    same<typeof job.job_type, string | undefined>(true);
    if (status === "RUNNING") return;
  }
  const job = await elb.listJobs.wait("id", {
    onProgress: ({ job }) => same<typeof job, components["schemas"]["MainJob"]>(true),
  });
  same<typeof job, components["schemas"]["MainJob"]>(true);
  // @ts-expect-error a field that the page does not have
  job.finished_at;
}

export function fakes(): void {
  mocks.listJobs({ jobs: [], page_info: {} });
  mocks.listJobs.error(403, { error_code: "x" });
  mocks.listJobs.paged([{ job_id: "1", status: "RUNNING" }]);
  // @ts-expect-error a wrong body
  mocks.listJobs({ jobs: [{ job_id: 1, status: "RUNNING" }] });
  // @ts-expect-error a body that is another's
  mocks.listJobs({ Jobs: [] });
  // @ts-expect-error an item without its documented status
  mocks.listJobs.paged([{ job_id: "1" }]);
  // @ts-expect-error no such operation
  mocks.listJob();
}

// Methods have names in declarations: what an application exports of a client can be written down.
export const { listJobs } = createElbClient({ region: "cn-north-4" });
export const api = { jobs: elb.listJobs };
