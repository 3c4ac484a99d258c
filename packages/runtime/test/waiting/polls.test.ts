/** Polls that see nothing, and are not the last word. */

import { expect, test } from "vitest";
import { sleep } from "../../src/abort.js";
import { JobNotFoundError, ServerError, WaitTimeoutError } from "../../src/errors.js";
import { elbJob } from "../support/jobs.js";
import { failure, json, memory, pauses, settle, virtualTime, watchedSignal } from "../support/memory.js";
import { alb, elb } from "../support/services.js";

test("a first page that is empty and names another: the job may be there", async () => {
  const server = memory(({ query }) =>
    json(
      query.NextToken
        ? { Jobs: [{ Id: "j", Status: "Succeeded" }], TotalCount: 1 }
        : { Jobs: [], NextToken: "t", TotalCount: 1 },
    ),
  );
  expect(await alb(server).listAsynJobs.wait("j")).toMatchObject({ Id: "j" });
  expect(server.asked.every(({ query }) => query["JobIds.1"] === "j")).toBe(true);
});

test("an empty page that names no other: one request a poll", async () => {
  virtualTime();
  const server = memory(() => json({ Jobs: [], NextToken: "", TotalCount: 0 }));
  const error = await failure(settle(alb(server).listAsynJobs.wait("j", { graceMs: 0 })));
  expect(error).toBeInstanceOf(JobNotFoundError);
  expect(server.asked).toHaveLength(1);
});

test("time is up while polls fail: the error says so, and why", async () => {
  virtualTime();
  const server = memory((_, n) =>
    n === 1
      ? json({ jobs: [{ job_id: "j", status: "RUNNING" }], page_info: {} })
      : json({ error_code: "X", error_msg: "down" }, 503),
  );
  const error = await failure(settle(elb(server).listJobs.wait("j", { timeoutMs: 20_000 })));
  expect(error).toBeInstanceOf(WaitTimeoutError);
  expect(error.message).toContain("The last poll failed");
  expect(error.cause).toBeInstanceOf(ServerError);
  // One that failed in between is forgotten.
  const flaky = memory((_, n) =>
    n <= 4 ? json({}, 503) : json({ jobs: [{ job_id: "j", status: "RUNNING" }], page_info: {} }),
  );
  const late = await failure(settle(elb(flaky).listJobs.wait("j", { timeoutMs: 20_000 })));
  expect(late.message).toContain("It may go on: wait longer");
  expect(late.cause).toBeUndefined();
});

test("time is up while a poll hangs: the end of the wait is not told as its cause", async () => {
  virtualTime();
  const error = await failure(settle(elb(memory(() => undefined)).listJobs.wait("j", { timeoutMs: 20_000 })));
  expect(error).toBeInstanceOf(WaitTimeoutError);
  expect(error.cause).toBeUndefined();
});

test.each([
  ["ROLLBACK_FAIL", /ended as ROLLBACK_FAIL$/],
  ["COMPLETE", /ended as COMPLETE, but was rolled back$/],
])("seen rolling back, then %s: the message says what is true", async (status, message) => {
  virtualTime();
  const server = memory((_, n) =>
    json({ jobs: [{ job_id: "j", status: n === 1 ? "ROLLBACKING" : status }], page_info: {} }),
  );
  expect((await failure(settle(elb(server).listJobs.wait("j")))).message).toMatch(message);
});

test("a callback that takes its time is waited for; one that rejects ends the waiting", async () => {
  virtualTime();
  const server = memory(elbJob("RUNNING", "COMPLETE"));
  const done: string[] = [];
  const slow = async ({ status }: { status: string }) => {
    await sleep(100);
    done.push(status);
  };
  await settle(elb(server).listJobs.wait("j", { onProgress: slow }));
  expect(done).toEqual(["RUNNING", "COMPLETE"]);
  const mine = new Error("enough");
  const rejecting = settle(elb(server).listJobs.wait("j", { onProgress: () => Promise.reject(mine) }));
  await expect(rejecting).rejects.toBe(mine);
  const never = settle(
    elb(server).listJobs.wait("j", { timeoutMs: 5000, onProgress: () => new Promise(() => {}) }),
  );
  expect(await never).toMatchObject({ status: "COMPLETE" }); // that was seen: only the callback is not waited for
  const running = elb(memory(elbJob("RUNNING"))).listJobs;
  const late = settle(running.wait("j", { timeoutMs: 5000, onProgress: () => new Promise(() => {}) }));
  expect(await failure(late)).toMatchObject({ name: "WaitTimeoutError" });
});

test("no time is given away at the end, and a short one is used", async () => {
  virtualTime();
  const server = memory((asked, n) => elbJob(n > 1 ? "COMPLETE" : "RUNNING")(asked, n));
  expect(await settle(elb(server).listJobs.wait("j", { timeoutMs: 3900 }))).toMatchObject({
    status: "COMPLETE",
  });
  expect(pauses(server)).toEqual([2900]);
  const hanging = memory((asked, n) => (n > 1 ? undefined : elbJob("RUNNING")(asked, n)));
  const error = await failure(settle(elb(hanging).listJobs.wait("j", { timeoutMs: 3900 })));
  expect(error.message).toMatch(/is still RUNNING after 3.9 s and 2 polls. The last poll was not answered$/);
});

test("one job that settles does not hold back the polls of the others", async () => {
  virtualTime();
  const server = memory(({ query }, n) => {
    const jobs = [
      { job_id: "a", status: "FAIL" },
      { job_id: "b", status: n > 3 ? "COMPLETE" : "RUNNING" },
    ];
    const asked = jobs.filter(({ job_id }) => (query.job_id ?? job_id) === job_id);
    return json({ jobs: asked, page_info: {} });
  });
  const options = { minDelayMs: 100, maxDelayMs: 200, settleMs: 1500, timeoutMs: 10_000 };
  const results = await settle(elb(server).listJobs.waitAll(["a", "b"], options));
  expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  expect(pauses(server).slice(0, 3)).toEqual([100, 100, 100]);
  expect((server.asked.at(-1)?.at ?? 0) - (server.asked[0]?.at ?? 0)).toBeGreaterThanOrEqual(1500);
});

test("all ends that an answer tells count, however long the callbacks take", async () => {
  virtualTime();
  const ids = ["a", "b", "c", "d"];
  const server = memory(() =>
    json({ jobs: ids.map((job_id) => ({ job_id, status: "COMPLETE" })), page_info: {} }),
  );
  const results = await settle(
    elb(server).listJobs.waitAll(ids, {
      minDelayMs: 100,
      timeoutMs: 500,
      onProgress: () => new Promise(() => {}),
    }),
  );
  expect(results.map(({ status }) => status)).toEqual(ids.map(() => "fulfilled"));
});

test("a wait that is refused leaves nobody listening", async () => {
  const { signal } = watchedSignal();
  const { listJobs } = elb(memory(() => json({})));
  await failure(listJobs.wait("j", { signal, query: { job_id: "other" } as object }));
});
