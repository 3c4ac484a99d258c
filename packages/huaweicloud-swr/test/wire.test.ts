/** What the SWR page says, on the wire. */

import { createSwrClient } from "@typedcloud/huaweicloud-swr";
import { handlers, mocks } from "@typedcloud/huaweicloud-swr/mocks";
import { expect, test } from "vitest";
import { wire } from "../../runtime/test/support/wire.js";

const { requests, use } = wire(...handlers);
const credentials = { ak: "AK", sk: "SK", securityToken: "STS" };
const swr = createSwrClient({ region: "cn-north-4", projectId: "p1", credentials });

test("the host is swr-api, the path v2", async () => {
  await swr.listInstanceJobs({ query: { status: "Running" } });
  expect(requests[0]?.url).toBe("https://swr-api.cn-north-4.myhuaweicloud.com/v2/p1/jobs?status=Running");
});

test("eu-west-101 has a host of its own", async () => {
  await createSwrClient({ region: "eu-west-101", projectId: "p1", credentials }).listInstanceJobs();
  expect(requests[0]?.url).toBe("https://swr-api.eu-west-101.myhuaweicloud.eu/v2/p1/jobs");
});

test("a security token travels, and is signed", async () => {
  await swr.listInstanceJobs();
  expect(requests[0]?.headers.get("x-security-token")).toBe("STS");
  expect(requests[0]?.headers.get("authorization")).toMatch(/SignedHeaders=[a-z0-9;-]*x-security-token/);
});

test.each([
  [{ offset: 5 }, "?offset=5&limit=100"],
  [{ limit: 5 }, "?limit=5&offset=0"],
])("offset and limit never go alone: %j", async (query, search) => {
  await swr.listInstanceJobs({ query });
  expect(new URL(requests[0]?.url ?? "").search).toBe(search);
});

test("a denial carries the message to decode", async () => {
  use(
    mocks.listInstanceJobs.error(403, {
      error_code: "SWR.403",
      error_msg: "no",
      encoded_authorization_message: "abc",
    }),
  );
  await expect(swr.listInstanceJobs()).rejects.toMatchObject({
    name: "PermissionError",
    status: 403,
    code: "SWR.403",
    encodedAuthorizationMessage: "abc",
  });
});

test("limit is at most 100", async () => {
  await expect(swr.listInstanceJobs({ query: { limit: 101 } })).rejects.toThrow(
    "query.limit must be 1 to 100, not 101",
  );
  expect(requests).toEqual([]);
});
