/** Services that do not come with the package: what a specification may hold that no shipped one does. */

import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { type MockCloud, startMockCloud } from "../src/index.js";
import { send, signAlibaba, signHuawei } from "./support/sign.js";

const JOBS = 45;
let cloud: MockCloud;
beforeAll(async () => {
  const specs = ["huaweicloud/things.yaml", "alibabacloud/racks.yaml"].map((name) =>
    fileURLToPath(new URL(`specs/${name}`, import.meta.url)),
  );
  cloud = await startMockCloud({ specs, jobs: JOBS });
  return () => cloud.close();
});
afterEach(() => cloud.reset());

const ask = (target: string, method = "GET", body = "") => {
  const { ak, sk } = cloud.accounts.huaweicloud;
  const headers = { ...(body && { "content-type": "application/json" }) };
  const url = `${cloud.endpoint("things")}${target}`;
  // A colon is signed encoded, and travels as it is.
  const canonical = url.replace(/:(?=\w+$)/, "%3A");
  return send({ ...signHuawei({ url: canonical, method, body, headers }, ak, sk), url });
};

test("they stand beside those that come with the package", async () => {
  const { ak, sk } = cloud.accounts.huaweicloud;
  const url = `${cloud.url}/elb/v3/7b7705dce1e847b08b3b16dda67fec24/elb/jobs`;
  expect((await send(signHuawei({ url }, ak, sk))).status).toBe(200);
  expect(() => cloud.endpoint("nothing")).toThrow(/no service is called nothing. Known: .*things/);
});

test("specifications that are not as they should be are refused", async () => {
  await expect(startMockCloud({ specs: ["/nowhere/x/y.yaml"] })).rejects.toThrow(/No specifications here/);
});

describe("a list of jobs", () => {
  test("pages, and wants what is required", async () => {
    expect(await ask("/v1/things?kind=a&page=2&size=20")).toMatchObject({
      status: 200,
      body: { count: JOBS, things: { length: 20 } },
    });
    expect(await ask("/v1/things?page=1&size=20")).toMatchObject({
      status: 400,
      body: { error_msg: "kind is required" },
    });
  });

  test("has ids of their own, however short the example's is", () => {
    const ids = cloud.jobs.list("things").map(({ id }) => id);
    expect(new Set(ids).size).toBe(JOBS);
    for (let index = 0; index < 300; index++) cloud.jobs.add("things");
  });

  test("writes times as the example does", () => {
    for (const { job } of cloud.jobs.list("things"))
      expect(job).toMatchObject({
        since: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{9} \+0000 UTC$/),
        at: expect.stringMatching(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d$/),
      });
  });

  test("tells of a failure where the example has none", async () => {
    const { id } = cloud.jobs.add("things", { outcome: "failed", durationMs: 0 });
    const { body } = await ask("/v1/things?kind=a");
    expect(body.things).toContainEqual(
      expect.objectContaining({ id, state: "broken", error: { code: "MOCK.0001" } }),
    );
  });
});

test("a list without jobs is paged, to its end", async () => {
  const first = await ask("/v1/boxes?limit=2");
  expect(first.body).toEqual({ boxes: [{ id: "b-1" }, { id: "b-2" }], next: "b-2" });
  expect((await ask("/v1/boxes?limit=2&marker=b-2")).body).toEqual({ boxes: [{ id: "b-3" }] });
});

test("what is refused without being documented has the cloud's envelope", async () => {
  expect(await ask("/v1/boxes?colour=red")).toMatchObject({
    status: 400,
    body: { error_msg: "colour is not a parameter" },
  });
});

test("a job may be asked for by query", async () => {
  const { id } = cloud.jobs.add("things");
  expect((await ask(`/v1/thing?thing_id=${id}`)).body).toMatchObject({ id });
  expect(await ask("/v1/thing?thing_id=unknown")).toMatchObject({
    status: 404,
    body: { error_msg: "The job does not exist." },
  });
});

test("the most literal path wins", async () => {
  expect((await ask("/v1/boxes/summary")).body).toEqual({ total: 3 });
  expect((await ask("/v1/boxes/b-1")).body).toEqual({ id: "b-1" });
  expect((await ask("/v1/boxes/b-1:open", "POST")).status).toBe(202);
  expect((await ask("/v1/boxes/b-1", "POST")).status).toBe(404);
});

describe("success", () => {
  test("without a body", async () => {
    const { status, body } = await ask("/v1/boxes/b-1", "DELETE");
    expect([status, body]).toEqual([204, {}]);
    expect((await ask("/v1/boxes/b-1:open", "POST")).status).toBe(202);
  });
  test("of another status than 200, checked as it is", async () => {
    expect(await ask("/v1/boxes", "POST", '{"name":"b"}')).toMatchObject({
      status: 201,
      body: { id: "b-4" },
    });
    expect(cloud.requests.filter(({ mistake }) => mistake)).toEqual([]);
  });
});

describe("a body", () => {
  test.each([
    ["may be left out where it is optional", "/v1/boxes/b-1:open", "", 202, undefined],
    [
      "is checked where it is optional",
      "/v1/boxes/b-1:open",
      "{}",
      400,
      "must have required property 'maker'",
    ],
    ["must be there where it is required", "/v1/boxes", "", 400, "the body is required"],
    ["must be JSON", "/v1/boxes", "{", 400, "the body is not JSON"],
  ])("%s", async (_, target, body, status, error_msg) => {
    const answer = await ask(target, "POST", body);
    expect([answer.status, answer.body.error_msg]).toEqual([status, error_msg]);
  });
});

describe("lists of objects in an RPC query", () => {
  const tag = (query: string) => {
    const { accessKeyId, accessKeySecret } = cloud.accounts.alibabacloud;
    const headers = { "x-acs-action": "TagRacks", "x-acs-version": "2030-01-01" };
    const url = `${cloud.endpoint("racks")}/?${query}`;
    return send(signAlibaba({ url, method: "POST", headers }, accessKeyId, accessKeySecret));
  };

  test("travel", async () => {
    expect((await tag("Tag.1.Key=k&Tag.1.Value=v")).status).toBe(200);
    expect((await tag("Tag.1.Hosts.1.Shown=true&Tag.1.Key=1&Tag.1.Order=1")).status).toBe(200);
    expect((await tag("Other=1")).body.Message).toBe("Tag is required");
  });

  test.each([
    ["Tag.1.Order=0", "Tag.1.Order must be >= 1"],
    ["Tag.1.Order=1&Tag.2.Order=x", "Tag.2.Order must be integer"],
    ["Tag.1.Hosts.1.Shown=yes", "Tag.1.Hosts.1.Shown must be boolean"],
    ["Tag.1=text", "Tag.1 must be object"],
  ])("are checked, member by member: %s", async (query, message) => {
    expect(await tag(query)).toMatchObject({ status: 400, body: { Message: message } });
  });
});
