/** Arguments that are no objects, or that are changed after the call: beyond the catalogue of bad inputs. */

import { expect, test, vi } from "vitest";
import { all, failure, json, memory } from "../support/memory.js";
import { alb, elb, gaussdb } from "../support/services.js";
import { type Calls, willing } from "../support/willing.js";

/** As JavaScript callers may: the types refuse all of these. */
const given = (args: unknown) => args as never;

test.each<[string, (args: unknown) => Calls, parameter: string, unknown]>([
  ["null", (args) => (server) => elb(server).listJobs(given(args)), "the argument", null],
  [
    "a signal",
    (args) => (server) => elb(server).listJobs(given(args)),
    "the argument",
    new AbortController().signal,
  ],
  ["an array", (args) => (server) => all(elb(server).listJobs.items(given(args))), "the argument", []],
  [
    "null, of pages",
    (args) => (server) => all(elb(server).listJobs.pages(given(args))),
    "the argument",
    null,
  ],
  ["null, of wait", (args) => (server) => elb(server).listJobs.wait("j", given(args)), "the argument", null],
  [
    "URLSearchParams",
    (query) => (server) => elb(server).listJobs({ query: given(query) }),
    "query",
    new URLSearchParams("limit=5"),
  ],
  [
    "a Map",
    (query) => (server) => all(elb(server).listJobs.items({ query: given(query) })),
    "query",
    new Map(),
  ],
  [
    "Headers",
    (headers) => (server) => gaussdb(server).listImmediateJobs({ header: given(headers) }),
    "header",
    new Headers({ "x-language": "zh-cn" }),
  ],
  [
    "an AbortController",
    (signal) => (server) => elb(server).listJobs({ signal: given(signal) }),
    "signal",
    new AbortController(),
  ],
  [
    "a text",
    (signal) => (server) => elb(server).listJobs.wait("j", { signal: given(signal) }),
    "signal",
    "s",
  ],
  ["no array of ids", (ids) => (server) => elb(server).listJobs.waitAll(given(ids)), "ids", "abc"],
  ["null, of ids", (ids) => (server) => elb(server).listJobs.waitAll(given(ids)), "ids", null],
  [
    "no function",
    (f) => (server) => elb(server).listJobs.wait("j", { onProgress: given(f) }),
    "onProgress",
    5,
  ],
  [
    "a word",
    (w) => (server) => elb(server).listJobs.wait("j", { whenBlocked: given(w) }),
    "whenBlocked",
    "Wait",
  ],
  [
    "progress without its time",
    (from) => (server) => elb(server).listJobs.wait("j", { from: given(from) }),
    "from",
    { id: "j", status: "RUNNING", polls: 1, elapsedMs: "abc" },
  ],
  [
    "no progress",
    (from) => (server) => elb(server).listJobs.wait("j", { from: given(from) }),
    "from",
    { id: 1 },
  ],
  [
    "what wait asks by",
    (job_id) => (server) => elb(server).listJobs.wait("j", { query: given({ job_id }) }),
    "query.job_id",
    "other",
  ],
  [
    "an empty array",
    (v) => (server) => alb(server).listAsynJobs({ query: { JobIds: given(v) } }),
    "query.JobIds",
    [],
  ],
  [
    "an array with a hole",
    (v) => (server) => alb(server).listAsynJobs({ query: { JobIds: given(v) } }),
    "query.JobIds",
    Array(2),
  ],
  ...[new Date(0), {}, [], new Map([["a", "b"]])].map(
    (leaf): [string, (args: unknown) => Calls, string, unknown] => [
      "what would vanish from an array",
      (v) => (server) => alb(server).listAsynJobs({ query: { JobIds: given(v) } }),
      "query.JobIds.1",
      [leaf],
    ],
  ),
  [
    "an array with NaN",
    (v) => (server) => alb(server).listAsynJobs({ query: { JobIds: given(v) } }),
    "query.JobIds.1",
    [Number.NaN],
  ],
])("%s is refused by its name, every time", async (_, calls, parameter, value) => {
  for (let time = 1; time <= 2; time++) {
    const server = willing();
    const error = await failure((async () => calls(value)(server))());
    expect(error).toMatchObject({ name: "ValidationError", parameter });
    expect(error.message).toContain(parameter);
    expect(server.asked).toHaveLength(0);
  }
});

test("credentials: null is a mistake, and no wish for those of the environment", () => {
  vi.stubEnv("ALIBABA_CLOUD_ACCESS_KEY_ID", "ambient");
  vi.stubEnv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ambient-secret");
  expect(() => alb({ ...willing(), credentials: given(null) })).toThrow(/credentials must be an object/);
});

test("what is changed after a call began changes no page, and no poll", async () => {
  const JobIds = ["a", "b"];
  const path = { project_id: "mine" };
  const pages = memory(({ query }) =>
    json({ Jobs: [{ Id: query.NextToken ?? "a" }], ...(query.NextToken ? {} : { NextToken: "b" }) }),
  );
  for await (const _ of alb(pages).listAsynJobs.pages({ query: { JobIds } })) JobIds.length = 0;
  expect(pages.asked.map(({ query }) => query["JobIds.2"])).toEqual(["b", "b"]);
  const paths = memory(({ query }) =>
    json({ jobs: [{ job_id: query.marker ?? "a" }], page_info: query.marker ? {} : { next_marker: "b" } }),
  );
  for await (const _ of elb(paths).listJobs.pages({ path })) path.project_id = "other";
  expect(paths.asked.map(({ url }) => url.pathname)).toEqual(["/v3/mine/elb/jobs", "/v3/mine/elb/jobs"]);
});

test("what is changed right after a call changes nothing of it", async () => {
  const ids = ["j"];
  const query = { status: "RUNNING" };
  const jobs = memory(() => json({ jobs: [{ job_id: "j", status: "COMPLETE" }], page_info: {} }));
  const waiting = elb(jobs).listJobs.waitAll(ids, { query });
  const items = elb(jobs).listJobs.items({ query });
  ids.length = 0;
  query.status = "FAIL";
  expect(await waiting).toHaveLength(1);
  await all(items);
  expect(jobs.asked.map((asked) => asked.query.status)).toEqual(["RUNNING", "RUNNING"]);
});

test("an array that holds itself is refused", async () => {
  const endless: unknown[] = [];
  endless.push(endless);
  const error = await failure(alb(willing()).listAsynJobs({ query: { JobIds: given(endless) } }));
  expect(error).toMatchObject({ name: "ValidationError" });
});
