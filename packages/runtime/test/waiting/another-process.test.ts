/** What a wait tells is enough for another process to go on. */

import { describe, expect, test } from "vitest";
import type { JobProgress } from "../../src/client.js";
import { JobDisappearedError, type JobError, JobFailedError } from "../../src/errors.js";
import { elbJob } from "../support/jobs.js";
import { failure, memory, pauses, settle, virtualTime } from "../support/memory.js";
import { elb } from "../support/services.js";

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
