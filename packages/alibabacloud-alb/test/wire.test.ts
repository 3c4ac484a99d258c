/** What the ALB page says, on the wire. */

import { createAlbClient } from "@typedcloud/alibabacloud-alb";
import { handlers, mocks } from "@typedcloud/alibabacloud-alb/mocks";
import { expect, test } from "vitest";
import { wire } from "../../runtime/test/support/wire.js";

const { requests, use } = wire(...handlers);
const alb = createAlbClient({
  region: "cn-hangzhou",
  credentials: { accessKeyId: "AK", accessKeySecret: "SK" },
});

test("an RPC action: everything in the query, the action in a header, lists numbered from 1", async () => {
  await alb.listAsynJobs({
    query: { JobIds: ["a", "b"], ResourceType: "acl", BeginTime: 1_700_000_000_000, MaxResults: 5 },
  });
  const [request] = requests;
  expect(request?.url).toBe(
    "https://alb.cn-hangzhou.aliyuncs.com/?JobIds.1=a&JobIds.2=b&ResourceType=acl&BeginTime=1700000000000&MaxResults=5",
  );
  expect(request?.headers.get("x-acs-action")).toBe("ListAsynJobs");
  expect(request?.headers.get("x-acs-version")).toBe("2020-06-16");
});

test("requests are signed", async () => {
  await alb.listAsynJobs();
  const headers = requests[0]?.headers;
  expect(headers?.get("x-acs-date")).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(headers?.get("x-acs-signature-nonce")).toMatch(/.{16,}/);
  expect(headers?.get("authorization")).toMatch(
    /^ACS3-HMAC-SHA256 Credential=AK,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=[0-9a-f]{64}$/,
  );
});

test("throttling is status 400 here, and is retried", async () => {
  let refusals = 1;
  use(
    mocks.listAsynJobs.error(
      400,
      { Code: "Throttling.User", Message: "slow down" },
      { "x-acs-retry-after": "1" },
    ),
  );
  const client = createAlbClient({
    region: "cn-hangzhou",
    credentials: { accessKeyId: "AK", accessKeySecret: "SK" },
    random: () => 0,
    logger: ({ status }) => {
      if (status === 400 && refusals-- > 0) use(...handlers); // the next attempt is let through
    },
  });
  const { Jobs } = await client.listAsynJobs();
  expect(Jobs?.length).toBe(1);
  expect(requests.length).toBe(2);
});

test("seconds are not milliseconds", async () => {
  await expect(alb.listAsynJobs({ query: { BeginTime: 1_700_000_000 } })).rejects.toThrow(
    "query.BeginTime is a time in milliseconds",
  );
  expect(requests).toEqual([]);
});

test("an empty list may be left out only where it is counted as empty", async () => {
  use(mocks.listAsynJobs({ TotalCount: 0, RequestId: "r" }));
  const jobs: unknown[] = [];
  for await (const job of alb.listAsynJobs.items()) jobs.push(job);
  expect(jobs).toEqual([]);

  use(mocks.listAsynJobs({ TotalCount: 3, RequestId: "r" }));
  await expect(alb.listAsynJobs()).rejects.toMatchObject({ name: "ResponseShapeError", status: 200 });
});
