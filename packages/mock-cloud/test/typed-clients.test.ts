/** The five typed clients against the server, over real sockets. */

import { createAlbClient } from "@typedcloud/alibabacloud-alb";
import { createEipClient } from "@typedcloud/huaweicloud-eip";
import { createElbClient } from "@typedcloud/huaweicloud-elb";
import { createGaussDBClient } from "@typedcloud/huaweicloud-gaussdb";
import { createSwrClient } from "@typedcloud/huaweicloud-swr";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { type MockCloud, startMockCloud } from "../src/index.js";
import { OFFSET_BEHAVIOURS } from "../src/settings.js";
import { alibaba, huawei } from "./support/options.js";

let cloud: MockCloud;
beforeAll(async () => {
  cloud = await startMockCloud({ jobs: 10_000 });
  return () => cloud.close();
});
afterEach(() => void cloud.set({ offsets: "rows from 0", speed: 60 }));

/** A service: the field of its jobs' ids, all of its jobs, and waiting for one. */
interface Subject {
  readonly service: string;
  readonly id: string;
  readonly items?: () => AsyncIterable<object>;
  readonly wait: (id: string, options: Pauses) => Promise<object>;
}
type Pauses = { minDelayMs: number; maxDelayMs: number; onProgress: (progress: { status: string }) => void };

const subjects: Subject[] = [
  {
    service: "elb",
    id: "job_id",
    items: () => createElbClient(huawei(cloud, "elb")).listJobs.items(),
    wait: (id, options) => createElbClient(huawei(cloud, "elb")).listJobs.wait(id, options),
  },
  {
    service: "swr",
    id: "id",
    items: () => createSwrClient(huawei(cloud, "swr")).listInstanceJobs.items(),
    wait: (id, options) => createSwrClient(huawei(cloud, "swr")).listInstanceJobs.wait(id, options),
  },
  {
    service: "gaussdb",
    id: "job_id",
    items: () => createGaussDBClient(huawei(cloud, "gaussdb")).listImmediateJobs.items(),
    wait: (id, options) => createGaussDBClient(huawei(cloud, "gaussdb")).listImmediateJobs.wait(id, options),
  },
  {
    service: "alb",
    id: "Id",
    items: () => createAlbClient(alibaba(cloud, "alb")).listAsynJobs.items(),
    wait: (id, options) => createAlbClient(alibaba(cloud, "alb")).listAsynJobs.wait(id, options),
  },
  {
    service: "eip",
    id: "job_id",
    wait: (id, options) => createEipClient(huawei(cloud, "eip")).showResourcesJobDetail.wait(id, options),
  },
];

const field = (value: object, name: string): unknown => Reflect.get(value, name);

/** Reads a whole list, and compares it with the server's. */
async function expectAll({ service, id, items }: Subject): Promise<void> {
  if (!items) throw new Error(`${service} has no list`);
  const expected = cloud.jobs.list(service).map((job) => job.id);
  const ids: unknown[] = [];
  for await (const job of items()) ids.push(field(job, id));
  expect(ids.sort()).toEqual(expected.sort());
}

describe("10,000 jobs", { timeout: 30_000 }, () => {
  test.each(subjects.filter(({ items }) => items))("$service: every job comes once", async (subject) => {
    expect(cloud.jobs.list(subject.service)).toHaveLength(10_000);
    await expectAll(subject);
  });
});

describe("offsets whose documentation contradicts itself", () => {
  test.each(OFFSET_BEHAVIOURS)("%s", async (offsets) => {
    cloud.set({ offsets });
    cloud.jobs.fill("gaussdb", 123);
    const gaussdb = subjects.find(({ service }) => service === "gaussdb");
    if (!gaussdb) throw new Error("no such service");
    await expectAll(gaussdb);
  });
});

describe("a job that is under way", () => {
  const watch = async ({ service, wait }: Subject, outcome: "succeeded" | "failed") => {
    cloud.jobs.fill(service, 20);
    cloud.set({ speed: 1 });
    const { id } = cloud.jobs.add(service, { outcome, durationMs: 400 });
    const seen: string[] = [];
    const onProgress = ({ status }: { status: string }) => {
      if (seen.at(-1) !== status) seen.push(status);
    };
    const ended = await wait(id, { minDelayMs: 50, maxDelayMs: 50, onProgress }).catch(
      (error: unknown) => error,
    );
    return { id, seen, ended };
  };

  test.each(subjects)("$service: is seen going on, until it has succeeded", async (subject) => {
    const { id, seen, ended } = await watch(subject, "succeeded");
    expect(field(Object(ended), subject.id)).toBe(id);
    expect(seen.length).toBeGreaterThan(1);
  });

  test.each(subjects)("$service: is seen going on, until it has failed", async (subject) => {
    const { id, ended } = await watch(subject, "failed");
    expect(ended).toMatchObject({ name: "JobFailedError", job: { [subject.id]: id } });
  });

  test("sub-jobs follow one another", async () => {
    cloud.set({ speed: 1 });
    const { id } = cloud.jobs.add("elb", { durationMs: 600 });
    const counts = new Set<number>();
    const job = await createElbClient(huawei(cloud, "elb")).listJobs.wait(id, {
      minDelayMs: 50,
      maxDelayMs: 50,
      onProgress: ({ job: now }) => void counts.add(now.sub_jobs?.length ?? 0),
    });
    expect([...counts]).toEqual([1, 2, 3]);
    expect(job.sub_jobs?.map(({ status }) => status)).toEqual(["SUCCESS", "SUCCESS", "SUCCESS"]);
    expect(job.sub_jobs?.at(-1)?.end_time).toBe(job.end_time);
  });
});
