/** F-W01 … F-W05, F-W18, F-W19 of the reliability catalogue: what a job ends as, and what is said of it. */

import { describe, expect, test } from "vitest";
import type { JobProgress } from "../../src/client.js";
import {
  JobBlockedError,
  JobCancelledError,
  JobFailedError,
  ResponseShapeError,
  type WaitTimeoutError,
} from "../../src/errors.js";
import { elbJob } from "../support/jobs.js";
import { type Answers, failure, json, memory, pauses, settle, virtualTime } from "../support/memory.js";
import { alb, eip, elb, gaussdb, swr } from "../support/services.js";

test("F-W01 pending five times, then success: the job, and pauses within bounds", async () => {
  virtualTime();
  const server = memory(elbJob("INIT", "RUNNING", "RUNNING", "RUNNING", "RUNNING", "COMPLETE"));
  const seen: string[] = [];
  const job = await settle(
    elb({ ...server, random: () => 1 }).listJobs.wait("j", { onProgress: ({ state }) => seen.push(state) }),
  );
  expect(job).toEqual({ job_id: "j", status: "COMPLETE" });
  expect(seen).toEqual([...Array(5).fill("pending"), "succeeded"]);
  expect(pauses(server)).toEqual([2000, 3000, 4500, 6750, 10125]); // the longest that jitter allows
  expect(server.asked.every(({ query }) => query.job_id === "j")).toBe(true);
});

describe("F-W02 failed", () => {
  test.each([
    [
      "ELB FAIL",
      () =>
        elb(memory(elbJob({ status: "FAIL", error_code: "ELB.1", error_msg: "broke" }))).listJobs.wait("j"),
      "elb.listJobs: job j ended as FAIL (ELB.1: broke)",
      "ELB.1",
    ],
    [
      "SWR Failed",
      () =>
        swr(
          memory(() => json({ jobs: [{ id: "j", status: "Failed", reason: "why" }], total: 1 })),
        ).listInstanceJobs.wait("j"),
      "swr.listInstanceJobs: job j ended as Failed (why)",
      undefined,
    ],
    [
      "EIP FAIL",
      () =>
        eip(
          memory(() => json({ job_id: "j", status: "FAIL", error_code: "VPC.1", fail_reason: null })),
        ).showResourcesJobDetail.wait("j"),
      "eip.showResourcesJobDetail: job j ended as FAIL (VPC.1)",
      "VPC.1",
    ],
    [
      "EIP FAILED",
      () => eip(memory(() => json({ job_id: "j", status: "FAILED" }))).showResourcesJobDetail.wait("j"),
      "eip.showResourcesJobDetail: job j ended as FAILED",
      undefined,
    ],
    [
      "GaussDB Failed",
      () =>
        gaussdb(
          memory(() =>
            json({ jobs: [{ job_id: "j", status: "Failed", fail_reason: "why" }], total_count: 1 }),
          ),
        ).listImmediateJobs.wait("j"),
      "gaussdb.listImmediateJobs: job j ended as Failed (why)",
      undefined,
    ],
    [
      "ALB Failed",
      () =>
        alb(
          memory(() => json({ Jobs: [{ Id: "j", Status: "Failed", ErrorCode: "506" }], TotalCount: 1 })),
        ).listAsynJobs.wait("j"),
      "alb.listAsynJobs: job j ended as Failed (506)",
      "506",
    ],
  ])("%s", async (_, wait, message, code) => {
    const error = (await failure(wait())) as JobFailedError;
    expect(error).toBeInstanceOf(JobFailedError);
    expect(error.message).toBe(message);
    expect(error.code).toBe(code);
    expect(error.job).toMatchObject({
      [message.startsWith("alb") ? "Id" : message.startsWith("swr") ? "id" : "job_id"]: "j",
    });
  });
  test("error fields decide nothing: only the status does", async () => {
    const server = memory(() =>
      json({
        Jobs: [{ Id: "j", Status: "Succeeded", ErrorCode: "506", ErrorMessage: "AllocateEipAddress Failed" }],
        TotalCount: 1,
      }),
    );
    expect(await alb(server).listAsynJobs.wait("j")).toMatchObject({ ErrorCode: "506" });
  });
});

test.each([
  ["ELB CANCEL", () => elb(memory(elbJob("CANCEL"))).listJobs.wait("j")],
  [
    "GaussDB Canceled",
    () =>
      gaussdb(
        memory(() => json({ jobs: [{ job_id: "j", status: "Canceled" }], total_count: 1 })),
      ).listImmediateJobs.wait("j"),
  ],
  [
    "GaussDB Cancelled",
    () =>
      gaussdb(
        memory(() => json({ jobs: [{ job_id: "j", status: "Cancelled" }], total_count: 1 })),
      ).listImmediateJobs.wait("j"),
  ],
])("F-W03 cancelled, which is no failure: %s", async (_, wait) => {
  const error = await failure(wait());
  expect(error).toBeInstanceOf(JobCancelledError);
  expect(error).not.toBeInstanceOf(JobFailedError);
});

describe("F-W04 a status that nobody documented", () => {
  test("is waited out, with pauses, and reported", async () => {
    virtualTime();
    const server = memory(elbJob("PAUSED", "PAUSED", "COMPLETE"));
    const seen: string[] = [];
    await settle(
      elb(server).listJobs.wait("j", { onProgress: ({ state, status }) => seen.push(`${status} ${state}`) }),
    );
    expect(seen).toEqual(["PAUSED unknown", "PAUSED unknown", "COMPLETE succeeded"]);
    expect(pauses(server)).toEqual([2000, 2000]);
  });
  test("is in the error when time is up, names of prototypes included", async () => {
    virtualTime();
    const server = memory(elbJob("constructor", "__proto__", "PAUSED"));
    const error = (await failure(
      settle(elb(server).listJobs.wait("j", { timeoutMs: 9000 })),
    )) as WaitTimeoutError;
    expect(Object.entries(error.statuses)).toEqual([
      ["constructor", 1],
      ["__proto__", 1],
      ["PAUSED", 3],
    ]);
  });
  test("a callback that throws ends the waiting", async () => {
    const mine = new Error("unknown status");
    const onProgress = ({ state }: JobProgress) => {
      if (state === "unknown") throw mine;
    };
    await expect(elb(memory(elbJob("PAUSED"))).listJobs.wait("j", { onProgress })).rejects.toBe(mine);
  });
});

describe("F-W05 a status that is none", () => {
  test.each([[undefined], [null], [""], [" "], [7], [{}]])("%j: ResponseShapeError", async (status) => {
    const error = await failure(
      elb(memory(() => json({ jobs: [{ job_id: "j", status }] }))).listJobs.wait("j"),
    );
    expect(error).toBeInstanceOf(ResponseShapeError);
    expect(error.message).toMatch(/^elb.listJobs: the status of job j is no status, but /);
  });
  test.each(["complete", "COMPLETE ", "Complete"])("%j is COMPLETE, in another spelling", async (status) => {
    expect(await elb(memory(elbJob(status))).listJobs.wait("j")).toMatchObject({ status });
  });
});

describe("F-W18 rollbacks", () => {
  test("ROLLBACKING, then ROLLBACK_FAIL: failed, and the status says how", async () => {
    virtualTime();
    const error = await failure(
      settle(elb(memory(elbJob("ROLLBACKING", "ROLLBACK_FAIL"))).listJobs.wait("j")),
    );
    expect(error).toBeInstanceOf(JobFailedError);
    expect(error).toMatchObject({ status: "ROLLBACK_FAIL", rollbackFailed: true });
  });
  test("ROLLBACKING, then COMPLETE: what was undone did not succeed", async () => {
    virtualTime();
    const error = await failure(settle(elb(memory(elbJob("ROLLBACKING", "COMPLETE"))).listJobs.wait("j")));
    expect(error).toBeInstanceOf(JobFailedError);
    expect(error.message).toBe("elb.listJobs: job j ended as COMPLETE, but was rolled back");
    expect(error).toMatchObject({ rollbackFailed: false });
  });
  test("FAIL, then ROLLBACKING: FAIL is the end, unless settleMs says to look again", async () => {
    virtualTime();
    const statuses = ["FAIL", "ROLLBACKING", "ROLLBACK_FAIL"];
    expect(await failure(settle(elb(memory(elbJob(...statuses))).listJobs.wait("j")))).toMatchObject({
      status: "FAIL",
    });
    const server = memory(elbJob(...statuses));
    expect(await failure(settle(elb(server).listJobs.wait("j", { settleMs: 5000 })))).toMatchObject({
      status: "ROLLBACK_FAIL",
    });
    expect(pauses(server)).toEqual([5000, 2000, 5000]);
  });
});

describe("F-W19 a sub-job failed, the job did not", () => {
  const job = {
    status: "COMPLETE",
    sub_jobs: [{ job_id: "s1", status: "SUCCESS" }, { job_id: "s2", status: "FAIL" }, {}],
  };
  test("the job succeeded, and progress tells of its sub-jobs", async () => {
    let progress: JobProgress | undefined;
    const found = await elb(memory(elbJob(job))).listJobs.wait("j", {
      onProgress: (each) => {
        progress = each;
      },
    });
    expect(found).toMatchObject(job);
    expect(progress?.children.map(({ status, state }) => `${status} ${state}`)).toEqual([
      "SUCCESS succeeded",
      "FAIL failed",
    ]);
  });
  test("strict: JobFailedError", async () => {
    const error = await failure(elb(memory(elbJob(job))).listJobs.wait("j", { strict: true }));
    expect(error).toBeInstanceOf(JobFailedError);
    expect(error.message).toBe(
      "elb.listJobs: job j ended as COMPLETE, but 1 of its sub-jobs did not succeed",
    );
  });
  test("EIP: sub-jobs of sub-jobs, as documented or as a plain list, however deep", async () => {
    const deep = `${'{"sub_jobs":[{"status":"SUCCESS","entities":'.repeat(20_000)}{}${"}]}".repeat(20_000)}`;
    const counts: number[] = [];
    for (const entities of [
      '{"sub_jobs":[{"status":"SUCCESS","entities":{"sub_jobs":[{"status":"FAIL"}]}}]}',
      '[{"status":"FAIL"}]',
      deep,
      "{}",
      "null",
    ]) {
      const server = memory(() => new Response(`{"job_id":"j","status":"SUCCESS","entities":${entities}}`));
      await eip(server).showResourcesJobDetail.wait("j", {
        onProgress: ({ children }) => counts.push(children.length),
      });
    }
    expect(counts).toEqual([2, 1, 100, 0, 0]);
  });
});

describe("a job that waits for a person", () => {
  const blocked: Answers = (_, n) => json({ job_id: "j", status: n < 3 ? "PENDING_PAYMENT" : "SUCCESS" });
  test("is an error", async () => {
    expect(await failure(eip(memory(blocked)).showResourcesJobDetail.wait("j"))).toBeInstanceOf(
      JobBlockedError,
    );
  });
  test("or is waited for", async () => {
    virtualTime();
    expect(
      await settle(eip(memory(blocked)).showResourcesJobDetail.wait("j", { whenBlocked: "wait" })),
    ).toMatchObject({ status: "SUCCESS" });
  });
});
