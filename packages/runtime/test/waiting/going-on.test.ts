/** `wait` and `waitAll` with `from`: what one process saw, another one goes on with. */

import { expect, test } from "vitest";
import type { JobProgress } from "../../src/client.js";
import { ConfigError } from "../../src/errors.js";
import { elbJob } from "../support/jobs.js";
import { failure, json, memory, settle, virtualTime } from "../support/memory.js";
import { elb } from "../support/services.js";

const seen = (id: string, elapsedMs: number): JobProgress => ({
  id,
  job: { job_id: id },
  status: "RUNNING",
  state: "pending",
  children: [],
  polls: 3,
  elapsedMs,
});

test("a job that another one was long waited for has its own time of grace", async () => {
  virtualTime();
  const server = memory((_, n) =>
    json({
      jobs: [
        { job_id: "old", status: n > 3 ? "COMPLETE" : "RUNNING" },
        ...(n > 2 ? [{ job_id: "new", status: n > 3 ? "COMPLETE" : "RUNNING" }] : []),
      ],
      page_info: {},
    }),
  );
  const told: JobProgress[] = [];
  const results = await settle(
    elb(server).listJobs.waitAll(["old", "new"], {
      from: [seen("old", 3_600_000)],
      onProgress: (progress) => told.push(progress),
    }),
  );
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
  expect(told.find(({ id }) => id === "old")?.elapsedMs).toBeGreaterThanOrEqual(3_600_000);
  expect(told.find(({ id }) => id === "new")?.elapsedMs).toBeLessThan(60_000);
});

test.each([undefined, Number.NaN, 2.5])("polls %j: refused, or polling would never pause", async (polls) => {
  const server = memory(() => json({ jobs: [{ job_id: "j", status: "RUNNING" }], page_info: {} }));
  const from = { ...seen("j", 0), polls } as JobProgress; // as JSON of another program might have it
  expect(await failure(elb(server).listJobs.wait("j", { from }))).toBeInstanceOf(ConfigError);
  expect(server.asked).toHaveLength(0);
});

test("whoever changes the list of ids while it is waited for changes nothing", async () => {
  virtualTime();
  const ids = ["a", "b"];
  const server = memory((_, n) => {
    ids.push("c");
    const status = n > 1 ? "COMPLETE" : "RUNNING";
    return json({ jobs: ["a", "b"].map((job_id) => ({ job_id, status })), page_info: {} });
  });
  expect(await settle(elb(server).listJobs.waitAll(ids))).toHaveLength(2);
});

test("what waitAll told of some jobs and not of others is where it goes on", async () => {
  virtualTime();
  const server = memory(elbJob("COMPLETE"));
  const from = [undefined, JSON.parse(JSON.stringify(seen("j", 1000)))];
  const [job] = await settle(elb(server).listJobs.waitAll(["j"], { from }));
  expect(job?.status).toBe("fulfilled");
});

test("a rollback that another process saw is no success here", async () => {
  virtualTime();
  const told: JobProgress[] = [];
  const first = elb(memory(elbJob("ROLLBACKING", "RUNNING")));
  const stop = () => {
    throw new Error("this process ends");
  };
  await settle(
    first.listJobs
      .wait("j", { onProgress: (progress) => (told.push(progress) > 1 ? stop() : undefined) })
      .catch(() => {}),
  );
  const from = JSON.parse(JSON.stringify(told.at(-1)));
  expect(from).toMatchObject({ status: "RUNNING", rolledBack: true });
  const error = await failure(settle(elb(memory(elbJob("COMPLETE"))).listJobs.wait("j", { from })));
  expect(error).toMatchObject({
    name: "JobFailedError",
    message: expect.stringContaining("was rolled back"),
  });
});
