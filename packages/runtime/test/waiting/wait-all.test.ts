/** Waiting for many jobs. */

import { describe, expect, test } from "vitest";
import { PermissionError } from "../../src/errors.js";
import { refusal } from "../support/jobs.js";
import { failure, json, memory, settle, virtualTime } from "../support/memory.js";
import { alb, eip, elb, swr } from "../support/services.js";

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
