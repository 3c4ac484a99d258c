/** The README's sample, for users with every check of TypeScript on. Compiled by `tsc`, never run. */

import { createElbClient } from "@typedcloud/huaweicloud-elb";
import { mocks } from "@typedcloud/huaweicloud-elb/mocks";
import { type MockCloudOptions, startMockCloud } from "../src/index.js";

export async function sample(): Promise<void> {
  await using cloud = await startMockCloud();
  const { ak, sk, projects } = cloud.accounts.huaweicloud;
  const elb = createElbClient({
    endpoint: cloud.endpoint("elb"),
    projectId: projects["cn-north-4"],
    credentials: { ak, sk },
  });
  const { id } = cloud.jobs.add("elb", { durationMs: 60_000 });
  await elb.listJobs.wait(id, { minDelayMs: 100 });
  cloud.use(mocks.listJobs());
  // @ts-expect-error a region that was added may be absent
  const _added: string = projects["my-region-1"];
}

export const added: MockCloudOptions = { accounts: { huaweicloud: { projects: { "my-region-1": "id" } } } };
