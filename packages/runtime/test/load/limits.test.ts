/** What many calls share: a gate, a budget of retries, one signal. The figures are printed by `pnpm bench:load`. */

import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { onAbort } from "../../src/abort.js";
import { AbortError, ServerError } from "../../src/errors.js";
import { createGate } from "../../src/gate.js";
import type { LogEvent } from "../../src/options.js";
import { failure, json, memory, SECRETS, settle, virtualTime, watchedSignal } from "../support/memory.js";
import { elb } from "../support/services.js";

const GOOD = { jobs: [], page_info: {} };

test("L3 no more requests at once than maxConcurrency, in order, and all of them in the end", async () => {
  let running = 0;
  let most = 0;
  const order: number[] = [];
  const server = memory(async ({ query }) => {
    order.push(Number(query.job_id));
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, Number(query.job_id) % 3));
    running--;
    return json(GOOD);
  });
  const { listJobs } = elb({ ...server, maxConcurrency: 7 });
  await Promise.all(
    Array.from({ length: 100 }, (_, index) => listJobs({ query: { job_id: String(index) } })),
  );
  expect(most).toBe(7);
  expect(order).toEqual(Array.from({ length: 100 }, (_, index) => index));
});

test("whoever gives up while he waits his turn leaves no gap", async () => {
  const gate = createGate(1);
  const ran: string[] = [];
  const task = (name: string) => async () => {
    ran.push(name);
    await new Promise(setImmediate);
  };
  const [one, two] = [watchedSignal(), watchedSignal()];
  const first = gate(task("first"));
  const waiting = gate(task("aborted while waiting"), one.signal);
  const late = gate(task("aborted as its turn comes"), two.signal);
  const last = gate(task("last"));
  one.abort();
  expect(await failure(waiting)).toBeInstanceOf(AbortError);
  await first;
  two.abort();
  expect(await failure(late)).toBeInstanceOf(AbortError);
  await last;
  await gate(task("after"));
  expect(ran).toEqual(["first", "last", "after"]);
});

test("a call that fails gives its place back", async () => {
  const server = memory((_, n) => (n < 5 ? json({}, 400) : json(GOOD)));
  const { listJobs } = elb({ ...server, maxConcurrency: 1 });
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => listJobs()));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(6);
});

test("L5 nothing but 503: all callers together try again a hundred times, and not once more; then all is well", async () => {
  virtualTime();
  let down = true;
  const server = memory(() => (down ? json({}, 503) : json(GOOD)));
  const { listJobs } = elb({ ...server, random: () => 0.5 });
  const errors = await settle(Promise.all(Array.from({ length: 200 }, () => failure(listJobs()))));
  expect(errors.every((error) => error instanceof ServerError)).toBe(true);
  expect(server.asked).toHaveLength(300);
  // Nothing is left; each call that needs no retry gives one token back, and five buy a retry.
  await settle(failure(listJobs()));
  expect(server.asked).toHaveLength(301);
  down = false;
  for (let call = 0; call < 5; call++) await settle(listJobs());
  down = true;
  await settle(failure(listJobs()));
  expect(server.asked).toHaveLength(301 + 5 + 2);
});

test("L7 a thousand calls on one signal: no warning, and nobody listens to it afterwards", async () => {
  const warnings: unknown[] = [];
  const warn = (warning: Error) => warnings.push(warning);
  process.on("warning", warn);
  const { signal } = watchedSignal();
  const { listJobs } = elb(memory(() => json(GOOD)));
  for (let call = 0; call < 500; call++) await listJobs({ signal });
  await Promise.all(Array.from({ length: 500 }, () => listJobs({ signal })));
  // Node keeps a signal that somebody listens to, and with it whatever it was made of.
  expect(getEventListeners(signal, "abort")).toEqual([]);
  process.off("warning", warn);
  expect(warnings).toEqual([]);
});

test("what is over is not told of an abort, and not kept for it", () => {
  const controller = watchedSignal();
  const told: string[] = [];
  const forget = onAbort(controller.signal, () => told.push("over"));
  onAbort(controller.signal, () => told.push("under way"));
  forget();
  controller.abort();
  expect(told).toEqual(["under way"]);
});

test("retries that succeed give back what they took: a service that fails now and then is not given up", async () => {
  virtualTime();
  const server = memory((_, n) => (n % 2 ? json({}, 503) : json(GOOD)));
  const { listJobs } = elb({ ...server, random: () => 0.5 });
  for (let call = 0; call < 300; call++) expect(await settle(listJobs())).toEqual(GOOD);
  expect(server.asked).toHaveLength(600);
});

test("where the budget is why there is no retry, the error says so", async () => {
  virtualTime();
  const { listJobs } = elb({ ...memory(() => json({}, 503)), random: () => 0.5 });
  await settle(Promise.all(Array.from({ length: 100 }, () => failure(listJobs()))));
  const error = await settle(failure(listJobs()));
  expect(error).toMatchObject({ attempts: 1, status: 503 });
  expect(error.message).toMatch(/Not tried again: too many calls of this client failed lately$/);
});

test.each<[string, () => unknown]>([
  [
    "throws",
    () => {
      throw new Error("disk full");
    },
  ],
  ["rejects", () => Promise.reject(new Error("disk full"))],
])("a logger that %s fails no call", async (_, logger) => {
  expect(await elb({ ...memory(() => json(GOOD)), logger }).listJobs()).toEqual(GOOD);
});

test("a logger is told the server's id of each request, and no secret", async () => {
  const events: LogEvent[] = [];
  const headers = { "x-request-id": "r-1" };
  const server = memory((_, n) =>
    n === 1 ? json({}, 503, { "x-request-id": SECRETS.token }) : json(GOOD, 200, headers),
  );
  await elb({ ...server, logger: (event) => events.push(event) }).listJobs();
  expect(events).toMatchObject([
    {
      operation: "elb.listJobs",
      method: "GET",
      attempt: 1,
      status: 503,
      error: "ServerError",
      requestId: "[redacted]",
    },
    { operation: "elb.listJobs", attempt: 2, status: 200, requestId: "r-1" },
  ]);
  expect(events[1]).not.toHaveProperty("error");
});
