/** State, filters, faults, the control endpoints, hosts. */

import { get, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { createAlbClient } from "@typedcloud/alibabacloud-alb";
import { createElbClient, isApiError } from "@typedcloud/huaweicloud-elb";
import { mocks as elbMocks } from "@typedcloud/huaweicloud-elb/mocks";
import { createGaussDBClient } from "@typedcloud/huaweicloud-gaussdb";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { type MockCloud, startMockCloud } from "../src/index.js";
import { alibaba, huawei } from "./support/options.js";
import { send, signAlibaba, signHuawei } from "./support/sign.js";

let cloud: MockCloud;
beforeAll(async () => {
  cloud = await startMockCloud({ jobs: 200 });
  return () => cloud.close();
});
afterEach(() => cloud.reset());

const once = { maxAttempts: 1 };
const elb = (options = {}) => createElbClient({ ...huawei(cloud, "elb"), ...options });
const alb = (options = {}) => createAlbClient({ ...alibaba(cloud, "alb"), ...options });
const gaussdb = () => createGaussDBClient(huawei(cloud, "gaussdb"));

describe("seed", () => {
  test("decides on everything but the jobs that are under way", async () => {
    const ended = (each: MockCloud) =>
      each.jobs
        .list()
        .filter(({ endsAt }) => endsAt < "2026-01-02")
        .map(({ job }) => job);
    await using again = await startMockCloud({ jobs: 200 });
    await using other = await startMockCloud({ jobs: 200, seed: 2 });
    expect(ended(cloud).length).toBeGreaterThan(800);
    expect(ended(again)).toEqual(ended(cloud));
    expect(ended(other)).not.toEqual(ended(cloud));
  });

  test("has jobs in many a documented status", () => {
    for (const service of ["elb", "gaussdb"]) {
      const outcomes = new Set(cloud.jobs.list(service).map(({ outcome }) => outcome));
      expect(outcomes.size, service).toBeGreaterThanOrEqual(3);
    }
  });
});

describe("filters", () => {
  const jobs = (service: string, keep: (job: Readonly<Record<string, unknown>>) => boolean) =>
    cloud.jobs
      .list(service)
      .map(({ job }) => job)
      .filter(keep);
  // Ids: some jobs go on between one look and the next.
  const elbIds = (keep: Parameters<typeof jobs>[1]) => jobs("elb", keep).map(({ job_id }) => job_id);
  const found = async (query: object) => (await elb().listJobs({ query })).jobs?.map(({ job_id }) => job_id);

  test.each(["COMPLETE", "ROLLBACK_FAIL", "FAIL"])("status=%s", async (status) => {
    const wanted = elbIds((job) => job.status === status);
    expect(wanted.length).toBeGreaterThan(0);
    expect(await found({ status })).toEqual(wanted);
  });

  test("resource_id, error_code, job_id", async () => {
    const [first] = jobs("elb", () => true);
    const resource_id = first?.resource_id;
    expect(await found({ resource_id })).toEqual(elbIds((job) => job.resource_id === resource_id));
    const failed = elbIds((job) => job.error_code === "MOCK.0001");
    expect(failed.length).toBeGreaterThan(0);
    expect(await found({ error_code: "MOCK.0001" })).toEqual(failed);
    expect(await found({ job_id: first?.job_id })).toEqual([first?.job_id]);
    expect(await found({ job_id: "unknown" })).toEqual([]);
  });

  test("begin_time: without a zone, in UTC", async () => {
    const begin_time = "2025-12-30T12:00:00";
    const wanted = elbIds((job) => String(job.begin_time) >= `${begin_time}Z`);
    expect(wanted.length).toBeGreaterThan(10);
    expect(wanted.length).toBeLessThan(190);
    expect(await found({ begin_time })).toEqual(wanted);
  });

  test("start_time and end_time: with a zone", async () => {
    const { total_count } = await gaussdb().listImmediateJobs({
      query: { start_time: "2025-12-30T13:00:00+0100", end_time: "2025-12-31T01:00:00+0100", limit: "50" },
    });
    const wanted = jobs("gaussdb", (job) => {
      const time = String(job.created_time);
      return time >= "2025-12-30T12:00:00+0000" && time <= "2025-12-31T00:00:00+0000";
    });
    expect(wanted.length).toBeGreaterThan(5);
    expect(total_count).toBe(wanted.length);
  });

  test("BeginTime and EndTime in milliseconds, ResourceType, ResourceIds", async () => {
    const [BeginTime, EndTime] = [Date.UTC(2025, 11, 30), Date.UTC(2025, 11, 31)];
    const [first] = jobs("alb", () => true);
    const count = async (query: object) =>
      (await alb().listAsynJobs({ query: { MaxResults: 100, ...query } })).TotalCount;
    expect(await count({ BeginTime, EndTime })).toBe(
      jobs("alb", ({ CreateTime }) => Number(CreateTime) >= BeginTime && Number(CreateTime) <= EndTime)
        .length,
    );
    expect(await count({ ResourceType: "acl" })).toBe(
      jobs("alb", ({ ResourceType }) => ResourceType === "acl").length,
    );
    expect(await count({ ResourceIds: [first?.ResourceId] })).toBe(
      jobs("alb", ({ ResourceId }) => ResourceId === first?.ResourceId).length,
    );
  });
});

describe("answers", () => {
  test("that are not as the specification says are refused, and in the journal", async () => {
    cloud.jobs.add("elb", { id: "odd", fields: { status: 42 } });
    const error = await elb(once)
      .listJobs({ query: { job_id: "odd" } })
      .catch((thrown: unknown) => thrown);
    expect(isApiError(error) && error.code).toBe("MockCloud.Mistake");
    expect(cloud.requests.at(-1)).toMatchObject({ mistake: "jobs.0.status must be string" });
  });

  test("of every service are as their specifications say", () => {
    expect(cloud.requests.filter(({ mistake }) => mistake)).toEqual([]);
  });

  test("can be replaced by handlers, after authentication", async () => {
    cloud.use(elbMocks.listJobs.error(403, { error_code: "ELB.1003", error_msg: "not allowed" }));
    await expect(elb().listJobs()).rejects.toMatchObject({ status: 403, code: "ELB.1003" });
    const refused = await fetch(`${cloud.endpoints.elb}/v3/7b7705dce1e847b08b3b16dda67fec24/elb/jobs`);
    expect(refused.status).toBe(401);
    cloud.reset();
    expect((await elb().listJobs()).jobs).toHaveLength(200);
  });
});

describe("faults", () => {
  test("latency", async () => {
    cloud.set({ latencyMs: [120, 140] });
    const began = performance.now();
    await elb().listJobs({ query: { limit: 1 } });
    expect(performance.now() - began).toBeGreaterThan(110);
  });

  test("throttling, as each vendor does it", async () => {
    cloud.set({ throttleRate: 1 });
    await expect(elb(once).listJobs()).rejects.toMatchObject({ status: 429, code: "APIGW.0308" });
    await expect(alb(once).listAsynJobs()).rejects.toMatchObject({
      status: 400,
      code: expect.stringMatching(/^Throttling\.(User|Api)$/),
    });
    const { accessKeyId, accessKeySecret } = cloud.accounts.alibabacloud;
    const { headers } = await send(
      signAlibaba({ url: `${cloud.endpoints.alb}/` }, accessKeyId, accessKeySecret),
    );
    expect(Number(headers.get("x-acs-retry-after"))).toBeGreaterThanOrEqual(100);
  });

  test.each([
    [500, "APIGW.0602", "InternalError"],
    [503, "APIGW.0202", "ServiceUnavailable"],
    [504, "APIGW.0203", "ServiceUnavailable"],
  ])("status %i", async (status, huaweiCode, alibabaCode) => {
    cloud.set({ failureRate: 1, failureStatuses: [status] });
    await expect(elb(once).listJobs()).rejects.toMatchObject({ status, code: huaweiCode });
    await expect(alb(once).listAsynJobs()).rejects.toMatchObject({
      status,
      code: alibabaCode,
    });
  });

  test("resets", async () => {
    cloud.set({ resetRate: 1 });
    await expect(elb(once).listJobs()).rejects.toMatchObject({ name: "ConnectionError" });
    expect(cloud.requests.at(-1)?.status).toBe(0);
  });

  test("a share of requests", async () => {
    cloud.set({ failureRate: 0.3, failureStatuses: [503] });
    for (let index = 0; index < 100; index++)
      await elb(once)
        .listJobs({ query: { limit: 1 } })
        .catch(() => {});
    const failed = cloud.requests.filter(({ status }) => status === 503).length;
    expect(failed).toBeGreaterThan(15);
    expect(failed).toBeLessThan(45);
  });

  test("a clock that is wrong: clients set theirs by it", async () => {
    cloud.set({ clockSkewMs: 60 * 60_000 });
    expect((await elb().listJobs({ query: { limit: 1 } })).jobs).toHaveLength(1);
    expect((await alb().listAsynJobs({ query: { MaxResults: 1 } })).Jobs).toHaveLength(1);
    expect(cloud.requests.map(({ status }) => status)).toEqual([401, 200, 400, 200]);
  });

  test("a client survives all of them", async () => {
    cloud.set({ throttleRate: 0.05, failureRate: 0.05, resetRate: 0.05, latencyMs: [0, 5] });
    const ids = new Set<unknown>();
    for await (const job of elb({ random: () => 0 }).listJobs.items({ query: { limit: 10 } }))
      ids.add(job.job_id);
    expect(ids.size).toBe(200);
  });
});

describe("/_control", () => {
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${cloud.url}/_control${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answered = await response.text();
    return { status: response.status, body: answered ? JSON.parse(answered) : undefined };
  };

  test("tells addresses and keys", async () => {
    const { body } = await ask("GET", "");
    expect(Object.keys(body.endpoints).sort()).toEqual(["alb", "eip", "elb", "gaussdb", "iam", "sts", "swr"]);
    expect(body.accounts).toEqual(cloud.accounts);
  });

  test("starts, shows, ends and deletes jobs", async () => {
    await ask("PATCH", "/settings", { speed: 1 });
    const added = await ask("POST", "/jobs", {
      service: "elb",
      outcome: "succeeded",
      durationMs: 60_000,
      type: "UPGRADE",
    });
    expect(added).toMatchObject({
      status: 201,
      body: { service: "elb", job: { status: "INIT", job_type: "UPGRADE" } },
    });
    const { id } = added.body;
    expect((await ask("GET", `/jobs/elb/${id}`)).body.job.status).toBe("INIT");
    expect((await ask("GET", "/jobs/elb")).body).toHaveLength(201);
    expect((await ask("PATCH", `/jobs/elb/${id}`, { outcome: "failed" })).body.outcome).toBe("failed");
    expect(["FAIL", "ROLLBACK_FAIL"]).toContain(
      (await elb().listJobs({ query: { job_id: id } })).jobs?.[0]?.status,
    );
    expect((await ask("DELETE", `/jobs/elb/${id}`)).status).toBe(204);
    expect((await ask("GET", `/jobs/elb/${id}`)).status).toBe(404);
  });

  test("jobs that wait for a person wait until they are ended", async () => {
    const { id } = cloud.jobs.add("gaussdb", { outcome: "blocked", durationMs: 0 });
    const status = async () =>
      (await gaussdb().listImmediateJobs({ query: { job_id: id, offset: "0" } })).jobs?.[0]?.status;
    await expect.poll(status, { timeout: 3000 }).toBe("Unauthorized");
    cloud.jobs.end("gaussdb", id);
    expect(await status()).toBe("Completed");
  });

  test("keeps a journal without credentials", async () => {
    await elb().listJobs({ query: { limit: 7 } });
    const { body } = await ask("GET", "/requests");
    expect(body).toMatchObject({
      received: 1,
      requests: [
        {
          method: "GET",
          service: "elb",
          operation: "listJobs",
          caller: cloud.accounts.huaweicloud.ak,
          status: 200,
          headers: { authorization: "…" },
        },
      ],
    });
    expect(body.requests[0].target).toBe("/elb/v3/7b7705dce1e847b08b3b16dda67fec24/elb/jobs?limit=7");
    await ask("DELETE", "/requests");
    expect(cloud.received).toBe(0);
  });

  test.each([
    ["POST", "/jobs", { service: "nothing" }, 400],
    ["POST", "/jobs", { service: "elb", outcome: "blocked" }, 400],
    ["POST", "/jobs", [], 400],
    ["PATCH", "/settings", { speed: 0 }, 400],
    ["PATCH", "/settings", { offsets: "sideways" }, 400],
    ["PATCH", "/settings", { latency: 1 }, 400],
    ["PATCH", "/jobs/elb/unknown", {}, 404],
    ["GET", "/nothing", undefined, 404],
    ["GET", "/jobs/%zz", undefined, 400],
  ])("refuses %s %s %j", async (method, path, body, status) => {
    expect((await ask(method, path, body)).status).toBe(status);
  });
});

describe("a service is found", () => {
  const { ak, sk } = { ak: "MOCKHUAWEIAK00000001", sk: "mock-huawei-secret-key-for-tests-only-01" };
  const path = "/v3/7b7705dce1e847b08b3b16dda67fec24/elb/jobs";

  /** `fetch` cannot set the host. */
  const ask = (target: string, headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) =>
      get(
        { host: "127.0.0.1", port: cloud.port, path: target, headers },
        async (message: IncomingMessage) => {
          await text(message);
          resolve(message.statusCode ?? 0);
        },
      ).on("error", reject),
    );

  test.each(["elb.cn-north-4.myhuaweicloud.com", "elb.ap-southeast-1.myhuaweicloud.com:8080"])(
    "by the host %s",
    async (host) => {
      const { headers } = signHuawei({ url: `http://${host}${path}` }, ak, sk);
      expect(await ask(path, headers)).toBe(200);
    },
  );
  test("but not at another service's host", async () => {
    const { headers } = signHuawei({ url: `http://vpc.cn-north-4.myhuaweicloud.com${path}` }, ak, sk);
    expect(await ask(path, headers)).toBe(404);
  });
  test.each(["", "/elb", "/huaweicloud-elb"])('by the prefix "%s"', async (prefix) => {
    expect((await send(signHuawei({ url: `${cloud.url}${prefix}${path}` }, ak, sk))).status).toBe(200);
  });
  test("and nothing below other paths", async () => {
    expect((await send(signHuawei({ url: `${cloud.url}/elb/extra${path}` }, ak, sk))).status).toBe(404);
  });
});
