/** What must compile, and what must not. Checked by `pnpm typecheck`: an error that is expected and missing fails it. */

import { createAlbClient } from "@typedcloud/alibabacloud-alb";

const alb = createAlbClient({ region: "cn-hangzhou" });

export async function calls(): Promise<void> {
  await alb.listAsynJobs({
    query: { JobIds: ["a"], ResourceType: "loadbalancer", BeginTime: 1_700_000_000_000 },
  });
  await alb.listAsynJobs({ query: { ResourceType: "a type of next year" } });
  for await (const job of alb.listAsynJobs.items()) {
    const id: string = job.Id;
    const ended: number | undefined = job.ModifyTime;
    void [id, ended];
  }

  // @ts-expect-error one id is not a list
  await alb.listAsynJobs({ query: { JobIds: "a" } });
  // @ts-expect-error a time in milliseconds is a number
  await alb.listAsynJobs({ query: { BeginTime: "2024-01-01" } });
  // @ts-expect-error this cloud has no projects
  createAlbClient({ projectId: "p" });
}
