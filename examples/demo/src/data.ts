/** Jobs to list: the documented examples, many times over, each with an id of its own. */

import type { components as Alb } from "@typedcloud/alibabacloud-alb";
import { mocks as alb } from "@typedcloud/alibabacloud-alb/mocks";
import { mocks as eip } from "@typedcloud/huaweicloud-eip/mocks";
import type { components as Elb } from "@typedcloud/huaweicloud-elb";
import { mocks as elb } from "@typedcloud/huaweicloud-elb/mocks";
import type { components as GaussDB } from "@typedcloud/huaweicloud-gaussdb";
import { mocks as gaussdb } from "@typedcloud/huaweicloud-gaussdb/mocks";
import type { components as Swr } from "@typedcloud/huaweicloud-swr";
import { mocks as swr } from "@typedcloud/huaweicloud-swr/mocks";

/** How many jobs each service has here. */
export const JOBS = { elb: 4500, swr: 250, gaussdb: 120, alb: 230 };

const many = <T>(count: number, make: (number: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index + 1));
const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

const elbJobs = many(JOBS.elb, (number): Elb["schemas"]["MainJob"] => ({
  job_id: id(number),
  status: "COMPLETE",
  job_type: "UPGRADE",
}));
const swrJobs = many(JOBS.swr, (number): Swr["schemas"]["JobDetail"] => ({
  id: id(number),
  status: "Success",
  type: "CreateInstance",
}));
const gaussdbJobs = many(JOBS.gaussdb, (number): GaussDB["schemas"]["TaskDetailInfo"] => ({
  job_id: id(number),
  status: "Completed",
}));
const albJobs = many(
  JOBS.alb,
  (number): NonNullable<Alb["schemas"]["ListAsynJobsResponse"]["Jobs"]>[number] => ({
    Id: id(number),
    Status: "Succeeded",
  }),
);

/** An ELB job and an EIP job that are under way: each answer finds them further on. */
export const RUNNING_JOB = id(0);
const elbSteps = ["INIT", "RUNNING", "RUNNING", "COMPLETE"];
const eipSteps = ["INIT", "RUNNING", "SUCCESS"];
const step = (steps: string[]): string => (steps.length > 1 ? steps.shift() : steps[0]) ?? "";

export const handlers = [
  // Answers only for the running job; for every other request the next handler does.
  elb.listJobs((request) =>
    new URL(request.url).searchParams.get("job_id") === RUNNING_JOB
      ? { jobs: [{ job_id: RUNNING_JOB, status: step(elbSteps), job_type: "UPGRADE" }] }
      : undefined,
  ),
  elb.listJobs.paged(elbJobs),
  eip.showResourcesJobDetail(() => ({
    job_id: RUNNING_JOB,
    status: step(eipSteps),
    job_type: "createBatchPublicip",
  })),
  swr.listInstanceJobs.paged(swrJobs),
  gaussdb.listImmediateJobs.paged(gaussdbJobs),
  alb.listAsynJobs.paged(albJobs),
];
