/** What services are called: their own names, and full ones where two clouds have a service of one name. */

import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { type MockCloud, startMockCloud } from "../src/index.js";
import { send, signAlibaba, signHuawei } from "./support/sign.js";

let cloud: MockCloud;
beforeAll(async () => {
  const specs = ["huaweicloud", "alibabacloud"].map((name) =>
    fileURLToPath(new URL(`specs/${name}/twins.yaml`, import.meta.url)),
  );
  cloud = await startMockCloud({ specs, jobs: 1 });
  return () => cloud.close();
});

const askHuawei = (base: string) => {
  const { ak, sk } = cloud.accounts.huaweicloud;
  const [job] = cloud.jobs.list("huaweicloud-twins");
  return send(signHuawei({ url: `${base}/v1/twins/${job?.id}` }, ak, sk));
};
const askAlibaba = (base: string) => {
  const { accessKeyId, accessKeySecret } = cloud.accounts.alibabacloud;
  const headers = { "x-acs-action": "CountTwins", "x-acs-version": "2030-01-01" };
  return send(signAlibaba({ url: `${base}/`, method: "POST", headers }, accessKeyId, accessKeySecret));
};

test("a full name is good wherever a name is", async () => {
  expect(cloud.endpoint("huaweicloud-elb")).toBe(`${cloud.url}/huaweicloud-elb`);
  expect(cloud.endpoint("huaweicloud-iam")).toBe(`${cloud.url}/huaweicloud-iam`);
  const { id, service } = cloud.jobs.add("huaweicloud-elb");
  expect(service).toBe("elb");
  expect(cloud.jobs.get("elb", id)).toMatchObject({ id });
  expect(await (await fetch(`${cloud.url}/_control/jobs/huaweicloud-elb/${id}`)).json()).toMatchObject({
    id,
  });
});

test("an unknown name is told all full ones", () => {
  const all = /no service is called nothing. Known: .*alibabacloud-alb, .*huaweicloud-elb, .*huaweicloud-iam/;
  expect(() => cloud.endpoint("nothing")).toThrow(all);
  expect(() => cloud.jobs.add("nothing")).toThrow(all);
  expect(() => cloud.jobs.add("iam")).toThrow("iam has no jobs");
});

describe("a name that two clouds have", () => {
  const several = "several services are called twins. Say which: huaweicloud-twins, alibabacloud-twins";

  test("is refused, in full it is not", async () => {
    expect(() => cloud.endpoint("twins")).toThrow(several);
    expect(() => cloud.jobs.add("twins")).toThrow(several);
    expect(cloud.jobs.add("huaweicloud-twins")).toMatchObject({ service: "huaweicloud-twins" });
  });

  test("is in full among the endpoints, which lead to one service each", async () => {
    const { endpoints } = cloud;
    expect(Object.keys(endpoints)).not.toContain("twins");
    expect(endpoints).toMatchObject({ elb: `${cloud.url}/elb`, iam: `${cloud.url}/iam` });
    expect((await askHuawei(String(endpoints["huaweicloud-twins"]))).status).toBe(200);
    expect((await askAlibaba(String(endpoints["alibabacloud-twins"]))).body).toMatchObject({ Total: 2 });
    const latest = cloud.requests.slice(-2).map(({ service }) => service);
    expect(latest).toEqual(["huaweicloud-twins", "alibabacloud-twins"]);
  });

  test("leads, in a path, to the cloud that a request is signed for", async () => {
    expect((await askHuawei(`${cloud.url}/twins`)).status).toBe(200);
    expect((await askAlibaba(`${cloud.url}/twins`)).body).toMatchObject({ Total: 2 });
  });
});
