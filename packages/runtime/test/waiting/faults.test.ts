/** F-W06 … F-W17, F-W20 of the reliability catalogue: what goes wrong while a job is waited for, and what then happens. */

import { getEventListeners } from "node:events";
import { describe, expect, test, vi } from "vitest";
import {
  AbortError,
  ApiNotFoundError,
  AuthenticationError,
  ConfigError,
  JobDisappearedError,
  type JobError,
  JobNotFoundError,
  PermissionError,
  ResponseShapeError,
  type WaitTimeoutError,
} from "../../src/errors.js";
import { elbJob, refusal } from "../support/jobs.js";
import {
  broken,
  failure,
  json,
  memory,
  pauses,
  settle,
  virtualTime,
  watchedSignal,
} from "../support/memory.js";
import { eip, elb, gaussdb } from "../support/services.js";

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
    expect(last - started).toBeGreaterThanOrEqual(19_000); // it looked until shortly before the end
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
