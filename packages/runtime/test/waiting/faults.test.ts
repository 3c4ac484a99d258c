/** F-W01 … F-W20 of the reliability catalogue: what goes wrong while a job is waited for, and what then happens. */

import { getEventListeners } from "node:events";
import { describe, expect, test, vi } from "vitest";
import type { JobProgress } from "../../src/client.js";
import {
  AbortError,
  ApiNotFoundError,
  AuthenticationError,
  ConfigError,
  JobBlockedError,
  JobCancelledError,
  JobDisappearedError,
  type JobError,
  JobFailedError,
  JobNotFoundError,
  PermissionError,
  ResponseShapeError,
  type WaitTimeoutError,
} from "../../src/errors.js";
import {
  type Answers,
  broken,
  failure,
  json,
  memory,
  pauses,
  settle,
  virtualTime,
  watchedSignal,
} from "../support/memory.js";
import { alb, eip, elb, gaussdb, swr } from "../support/services.js";

/** ELB shows a job in these statuses, one a poll; the last one stays. Undefined: it is not there. */
const elbJob =
  (...statuses: (string | undefined | object)[]): Answers =>
  (_, n) => {
    const status = statuses[Math.min(n, statuses.length) - 1];
    const job = typeof status === "string" ? { status } : status;
    return json({ jobs: job ? [{ job_id: "j", ...job }] : [], page_info: {} });
  };

const refusal = (status: number, code: string) =>
  json({ error_code: code, error_msg: "no", request_id: "r-1" }, status);

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
      ["PAUSED", 2],
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

describe("F-W06 a new job is not visible at first", () => {
  test.each([
    ["an empty list", () => json({ jobs: [], page_info: {} })],
    ["status 404", () => refusal(404, "VPC.0003")],
  ])("%s, then it is", async (_, absent) => {
    virtualTime();
    const server = memory((asked, n) => (n < 4 ? absent() : elbJob("COMPLETE")(asked, n)));
    expect(await settle(elb(server).listJobs.wait("j"))).toMatchObject({ status: "COMPLETE" });
    expect(server.asked).toHaveLength(4);
  });
  test("nor later: JobNotFoundError, after the time of grace", async () => {
    virtualTime();
    const server = memory(elbJob(undefined));
    const error = await failure(settle(elb(server).listJobs.wait("j", { graceMs: 10_000 })));
    expect(error).toBeInstanceOf(JobNotFoundError);
    expect(error.message).toBe(
      "elb.listJobs: there is no job j, 10 s after it was first asked for. Check the region and the project",
    );
    expect(server.asked).toHaveLength(6);
  });
  test("GaussDB: a job that the documented offset would skip is found", async () => {
    const rows = [{ job_id: "j", status: "Completed" }];
    const server = memory(({ query }) => json({ jobs: rows.slice(Number(query.offset)), total_count: 1 }));
    const client = gaussdb(server);
    expect(await client.listImmediateJobs.wait("j", { graceMs: 0 })).toEqual(rows[0]);
    expect(await client.listImmediateJobs.wait("j", { graceMs: 0 })).toEqual(rows[0]);
    expect(server.asked.map(({ query }) => query.offset)).toEqual(["1", "2", "0", "0"]); // found out once
  });
});

test("F-W07 the job was there and is not any more: JobDisappearedError, with the job as last seen", async () => {
  virtualTime();
  const server = memory(elbJob("RUNNING", undefined));
  const error = (await failure(settle(elb(server).listJobs.wait("j", { graceMs: 0 })))) as JobError;
  expect(error).toBeInstanceOf(JobDisappearedError);
  expect(error).toMatchObject({ job: { job_id: "j", status: "RUNNING" }, status: "RUNNING" });
  // While it is new, one replica of the service may know it and another not.
  const flapping = memory(elbJob("RUNNING", undefined, "COMPLETE"));
  expect(await settle(elb(flapping).listJobs.wait("j"))).toMatchObject({ status: "COMPLETE" });
});

describe("F-W08 asked for one job", () => {
  test.each([
    ["another comes", [{ job_id: "x", status: "COMPLETE" }], "another"],
    [
      "two come",
      [
        { job_id: "j", status: "RUNNING" },
        { job_id: "x", status: "COMPLETE" },
      ],
      "another",
    ],
    [
      "it comes twice",
      [
        { job_id: "j", status: "RUNNING" },
        { job_id: "j", status: "COMPLETE" },
      ],
      "it twice",
    ],
  ])("%s: ResponseShapeError", async (_, jobs, got) => {
    const error = await failure(elb(memory(() => json({ jobs }))).listJobs.wait("j"));
    expect(error).toBeInstanceOf(ResponseShapeError);
    expect(error.message).toBe(`elb.listJobs: asked for job j, got ${got}`);
  });
  test("by path, another comes", async () => {
    const error = await failure(
      eip(memory(() => json({ job_id: "x", status: "SUCCESS" }))).showResourcesJobDetail.wait("j"),
    );
    expect(error).toBeInstanceOf(ResponseShapeError);
  });
  test("by walking through pages, another comes", async () => {
    const server = memory(() => json({ jobs: [{ job_id: "x", status: "Completed" }], total_count: 1 }));
    expect(await failure(gaussdb(server).listImmediateJobs.wait("j"))).toBeInstanceOf(ResponseShapeError);
  });
});

test("F-W09 404 of the gateway: there is no such API, at once", async () => {
  const server = memory(() => refusal(404, "APIG.0101"));
  expect(await failure(elb(server).listJobs.wait("j"))).toBeInstanceOf(ApiNotFoundError);
  expect(server.asked).toHaveLength(1);
});

test.each([
  [401, AuthenticationError],
  [403, PermissionError],
])("F-W10 status %i while polling: at once", async (status, type) => {
  virtualTime();
  const server = memory((asked, n) => (n === 1 ? elbJob("RUNNING")(asked, n) : refusal(status, "ELB.1")));
  expect(await failure(settle(elb(server).listJobs.wait("j")))).toBeInstanceOf(type);
  expect(server.asked).toHaveLength(2);
});

describe("F-W11 an outage in the middle", () => {
  test("of thirty seconds is survived", async () => {
    virtualTime();
    const started = performance.now();
    const server = memory((asked, n) => {
      const ms = performance.now() - started;
      if (ms < 1000 || ms > 31_000)
        return ms > 31_000
          ? json({ jobs: [{ job_id: "j", status: "COMPLETE" }] })
          : elbJob("RUNNING")(asked, n);
      return [
        broken(),
        refusal(500, "X"),
        refusal(503, "X"),
        new Response("<html>", { status: 502 }),
        new Response('{"jobs":['),
      ][n % 5];
    });
    expect(await settle(elb({ ...server, random: () => 0.5 }).listJobs.wait("j"))).toMatchObject({
      status: "COMPLETE",
    });
  });
  test("that does not end: the eleventh failed poll in a row is an error", async () => {
    virtualTime();
    const server = memory(() => refusal(503, "X"));
    expect(await failure(settle(elb({ ...server, maxAttempts: 1 }).listJobs.wait("j")))).toMatchObject({
      name: "ServerError",
      status: 503,
    });
    expect(server.asked).toHaveLength(11);
  });
  test("a server that asks for two minutes gets them", async () => {
    virtualTime();
    const server = memory((asked, n) =>
      n === 1
        ? json({ error_code: "X", error_msg: "y" }, 429, { "retry-after": "120" })
        : elbJob("COMPLETE")(asked, n),
    );
    await settle(elb(server).listJobs.wait("j"));
    expect(pauses(server)).toEqual([120_000]);
  });
});

describe("F-W12 time is up", () => {
  test("WaitTimeoutError, with what was seen, and never later than agreed", async () => {
    virtualTime();
    const started = performance.now();
    const server = memory(elbJob("INIT", "RUNNING"));
    const error = (await failure(
      settle(elb({ ...server, random: () => 0.9 }).listJobs.wait("j", { timeoutMs: 20_000 })),
    )) as WaitTimeoutError;
    expect(error.name).toBe("WaitTimeoutError");
    expect(error).toMatchObject({
      job: { status: "RUNNING" },
      status: "RUNNING",
      statuses: { INIT: 1, RUNNING: server.asked.length - 1 },
    });
    expect(error.progress).toMatchObject({ polls: server.asked.length });
    expect(performance.now() - started).toBeLessThanOrEqual(20_000);
    const last = server.asked.at(-1)?.at ?? 0;
    expect(last - started).toBeGreaterThanOrEqual(14_000); // it looked until shortly before the end
  });
  test("while a poll hangs", async () => {
    virtualTime();
    const started = performance.now();
    const server = memory((asked, n) => (n === 1 ? elbJob("RUNNING")(asked, n) : undefined));
    const error = await failure(settle(elb(server).listJobs.wait("j", { timeoutMs: 10_000 })));
    expect(error).toMatchObject({ name: "WaitTimeoutError", status: "RUNNING" });
    expect(performance.now() - started).toBe(10_000);
  });
  test("never seen", async () => {
    virtualTime();
    const error = await failure(
      settle(elb(memory(elbJob(undefined))).listJobs.wait("j", { timeoutMs: 10_000 })),
    );
    expect(error.message).toMatch(/^elb.listJobs: job j is not seen after \d+ s and \d polls/);
  });
});

test("F-W13 abort during a pause: within 5 ms, nothing more sent, no timer left", { retry: 2 }, async () => {
  const server = memory(elbJob("RUNNING"));
  const controller = watchedSignal();
  const timers = vi.spyOn(globalThis, "setTimeout").mockClear(); // of an attempt at this test that was too slow
  const cleared = vi.spyOn(globalThis, "clearTimeout").mockClear();
  let polled = () => {};
  const firstPoll = new Promise<void>((resolve) => {
    polled = resolve;
  });
  const waiting = failure(elb(server).listJobs.wait("j", { signal: controller.signal, onProgress: polled }));
  await firstPoll;
  await new Promise(setImmediate);
  const aborted = performance.now();
  controller.abort("enough");
  const error = await waiting;
  expect(performance.now() - aborted).toBeLessThan(5);
  expect(error).toBeInstanceOf(AbortError);
  expect(error).toMatchObject({ cause: "enough", operation: "elb.listJobs" });
  expect(server.asked).toHaveLength(1);
  const made = timers.mock.results
    .filter((_, index) => Number(timers.mock.calls[index]?.[1]) >= 2000)
    .map(({ value }) => value);
  expect(made).toHaveLength(3); // the attempt's, the deadline, the pause
  for (const timer of made) expect(cleared.mock.calls.some(([each]) => each === timer)).toBe(true);
});

test("F-W14 aborted before the start: no request", async () => {
  const server = memory(elbJob("RUNNING"));
  const error = await failure(elb(server).listJobs.wait("j", { signal: AbortSignal.abort("early") }));
  expect(error).toMatchObject({ name: "AbortError", cause: "early", operation: "elb.listJobs" });
  expect(server.asked).toHaveLength(0);
});

test("F-W15 abort during a request: it ends, with the reason, and is not sent again", async () => {
  const controller = watchedSignal();
  const reason = new Error("enough");
  let ended = false;
  const fetch: typeof globalThis.fetch = (_, init) =>
    new Promise((_, reject) => {
      init?.signal?.addEventListener("abort", () => {
        ended = true;
        reject(init.signal?.reason);
      });
      setImmediate(() => controller.abort(reason));
    });
  const error = await failure(elb({ fetch }).listJobs.wait("j", { signal: controller.signal }));
  expect(error).toBeInstanceOf(AbortError);
  expect(error.cause).toBe(reason);
  expect(ended).toBe(true);
});

describe.each(["minDelayMs", "maxDelayMs", "timeoutMs", "graceMs", "settleMs"])("F-W16 %s", (option) => {
  test.each([[Number.NaN], [Number.POSITIVE_INFINITY], [-1], [2 ** 31], [0.5], ["2"], [null], [{}]])(
    "%j: ConfigError, and no request",
    async (value) => {
      const server = memory(elbJob("RUNNING"));
      const error = await failure(elb(server).listJobs.wait("j", { [option]: value }));
      expect(error).toBeInstanceOf(ConfigError);
      expect(error.message).toContain(`${option} must be an integer from`);
      expect(server.asked).toHaveLength(0);
    },
  );
});

test("F-W17 500 waiters on one signal: no warning, and they do not poll in step", async () => {
  const warnings: unknown[] = [];
  const warn = (warning: Error) => warnings.push(warning);
  process.on("warning", warn);
  virtualTime();
  const controller = watchedSignal();
  const server = memory(elbJob("RUNNING"));
  let seed = 1;
  const random = () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  const client = elb({ ...server, random });
  const waiters = Array.from({ length: 500 }, () =>
    client.listJobs.wait("j", { signal: controller.signal, minDelayMs: 1000 }).catch(() => {}),
  );
  for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
  await vi.advanceTimersByTimeAsync(1000);
  for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
  expect(getEventListeners(controller.signal, "abort").length).toBe(1);
  // Third polls: 1000 to 1500 ms after the second. Ten equal bins, 50 each expected; 27.9 is chi-squared for p = 0.001.
  const from = performance.now();
  await vi.advanceTimersByTimeAsync(1600);
  const bins = new Array<number>(10).fill(0);
  for (const { at } of server.asked.slice(1000)) {
    const bin = Math.min(9, Math.floor((at - from - 1000) / 50));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  const chi = bins.reduce((sum, count) => sum + (count - 50) ** 2 / 50, 0);
  expect(chi).toBeLessThan(27.9);
  controller.abort();
  await settle(Promise.all(waiters));
  process.off("warning", warn);
  expect(warnings).toEqual([]);
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

test("F-W20 the system's clock jumps by an hour, twice: nothing changes", async () => {
  virtualTime();
  const server = memory((asked, n) => {
    vi.setSystemTime(Date.now() + (n % 2 ? 3_600_000 : -7_200_000));
    return elbJob("RUNNING", "RUNNING", "RUNNING", "COMPLETE")(asked, n);
  });
  const progress: number[] = [];
  await settle(
    elb(server).listJobs.wait("j", {
      timeoutMs: 60_000,
      onProgress: ({ elapsedMs }) => progress.push(elapsedMs),
    }),
  );
  expect(progress).toEqual([0, 2000, 4000, 6000]);
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

describe("another process goes on", () => {
  test("from what was told last: no time of grace, the same pauses", async () => {
    virtualTime();
    const told: string[] = [];
    const options = {
      timeoutMs: 12_000,
      onProgress: (progress: JobProgress) => told.push(JSON.stringify(progress)),
    };
    const error = (await failure(
      settle(elb({ ...memory(elbJob("RUNNING")), random: () => 1 }).listJobs.wait("j", options)),
    )) as JobError;
    expect(JSON.parse(told.at(-1) ?? "")).toEqual(error.progress);
    const from = JSON.parse(told.at(-1) ?? "") as JobProgress;
    const server = memory(elbJob("RUNNING", undefined));
    const later = await failure(
      settle(elb({ ...server, random: () => 1 }).listJobs.wait("j", { from, graceMs: 8000 })),
    );
    expect(later).toBeInstanceOf(JobDisappearedError);
    expect(pauses(server)[0]).toBeGreaterThan(6000);
  });
  test("that it was rolled back is not forgotten", async () => {
    virtualTime();
    const told: JobProgress[] = [];
    await failure(
      settle(
        elb(memory(elbJob("ROLLBACKING"))).listJobs.wait("j", {
          timeoutMs: 2000,
          onProgress: (each) => told.push(each),
        }),
      ),
    );
    const error = await failure(elb(memory(elbJob("COMPLETE"))).listJobs.wait("j", { from: told }));
    expect(error).toBeInstanceOf(JobFailedError);
  });
});

describe("waitAll", () => {
  const outcome = (result: PromiseSettledResult<unknown>) =>
    result.status === "fulfilled" ? "ok" : (result.reason as Error).name;

  test("one walk through the list a round, however many jobs", async () => {
    virtualTime();
    const ids = Array.from({ length: 250 }, (_, index) => `j${index}`);
    const server = memory((_, n) =>
      json({
        jobs: ids.map((job_id, index) => ({ job_id, status: index < n * 100 ? "COMPLETE" : "RUNNING" })),
        page_info: {},
      }),
    );
    const results = await settle(elb(server).listJobs.waitAll(ids));
    expect(results.map(outcome)).toEqual(ids.map(() => "ok"));
    expect(results.map((result) => result.status === "fulfilled" && result.value.job_id)).toEqual(ids);
    expect(server.asked).toHaveLength(3);
  });
  test("a list that takes ids: a hundred at once", async () => {
    const ids = Array.from({ length: 250 }, (_, index) => `j${index}`);
    const server = memory(({ query }) => {
      const asked = Object.entries(query).filter(([name]) => name.startsWith("JobIds."));
      return json({ Jobs: asked.map(([, Id]) => ({ Id, Status: "Succeeded" })), TotalCount: asked.length });
    });
    expect((await alb(server).listAsynJobs.waitAll(ids)).map(outcome)).toEqual(ids.map(() => "ok"));
    expect(server.asked).toHaveLength(3);
    expect(server.asked.every(({ query }) => query.MaxResults === "100")).toBe(true);
  });
  test("where only one can be asked for: each on its own", async () => {
    const server = memory(({ url }) =>
      json({
        job_id: url.pathname.split("/").at(-1),
        status: url.pathname.endsWith("b") ? "FAIL" : "SUCCESS",
      }),
    );
    const results = await eip(server).showResourcesJobDetail.waitAll(["a", "b", "c"]);
    expect(results.map(outcome)).toEqual(["ok", "JobFailedError", "ok"]);
  });
  test("each ends its own way", async () => {
    virtualTime();
    const list = [
      ["a", "Success"],
      ["b", "Failed"],
      ["c", "Running"],
    ].map(([id, status]) => ({ id, status }));
    const server = memory(() => json({ jobs: list, total: 3 }));
    const results = await settle(
      swr(server).listInstanceJobs.waitAll(["d", "c", "b", "a", "a"], { timeoutMs: 60_000 }),
    );
    expect(results.map(outcome)).toEqual([
      "JobNotFoundError",
      "WaitTimeoutError",
      "JobFailedError",
      "ok",
      "ok",
    ]);
  });
  test("what ends it for all is thrown", async () => {
    expect(await failure(elb(memory(() => refusal(403, "X"))).listJobs.waitAll(["a", "b"]))).toBeInstanceOf(
      PermissionError,
    );
    expect(await failure(elb(memory(() => refusal(403, "X"))).listJobs.waitAll(["a", " "]))).toMatchObject({
      parameter: "id",
    });
  });
  test("one without a status: the others go on", async () => {
    const server = memory(() => json({ jobs: [{ job_id: "a" }, { job_id: "b", status: "COMPLETE" }] }));
    expect((await elb(server).listJobs.waitAll(["a", "b"])).map(outcome)).toEqual([
      "ResponseShapeError",
      "ok",
    ]);
  });
  test("no ids: no jobs, and no request", async () => {
    const server = memory(() => refusal(500, "X"));
    expect(await elb(server).listJobs.waitAll([])).toEqual([]);
    expect(server.asked).toHaveLength(0);
  });
});
