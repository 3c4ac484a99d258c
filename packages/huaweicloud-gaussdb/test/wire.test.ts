/** What the GaussDB page says, on the wire. */

import { createGaussDBClient } from "@typedcloud/huaweicloud-gaussdb";
import { handlers, mocks } from "@typedcloud/huaweicloud-gaussdb/mocks";
import { expect, test } from "vitest";
import { wire } from "../../runtime/test/support/wire.js";

const { requests, use } = wire(...handlers);
const options = { projectId: "p1", credentials: { ak: "AK", sk: "SK" } };
const gaussdb = createGaussDBClient({ ...options, region: "cn-north-4" });
const search = () => requests.map(({ url }) => new URL(url).search);

test.each([
  ["cn-north-4", "gaussdb.cn-north-4.myhuaweicloud.com"],
  ["ap-southeast-1", "gaussdbformysql.ap-southeast-1.myhuaweicloud.com"],
  ["af-south-1", "gaussdb-mysql.af-south-1.myhuaweicloud.com"],
])("%s is served by %s", async (region, host) => {
  await createGaussDBClient({ ...options, region }).listImmediateJobs();
  expect(requests[0]?.url).toBe(`https://${host}/v3/p1/immediate-jobs`);
});

test("a region that nobody documents is refused, with the way out", () => {
  expect(() => createGaussDBClient({ ...options, region: "moon-1" })).toThrow(/moon-1.*endpoint/s);
});

test("the zone's plus sign arrives as one, and the language as a header", async () => {
  await gaussdb.listImmediateJobs({
    query: { start_time: "2024-01-01T00:00:00+0100", end_time: "2024-02-01T00:00:00+0100" },
    header: { "X-Language": "zh-cn" },
  });
  expect(search()).toEqual([
    "?start_time=2024-01-01T00%3A00%3A00%2B0100&end_time=2024-02-01T00%3A00%3A00%2B0100",
  ]);
  expect(requests[0]?.headers.get("x-language")).toBe("zh-cn");
});

test("an account with few jobs costs one request, with the documented start", async () => {
  // The service counts its first row as 1 here, so nothing is left over.
  use(mocks.listImmediateJobs.paged([{ job_id: "a", status: "Completed" }], { offsets: "rows from 1" }));
  for await (const _ of gaussdb.listImmediateJobs.items());
  expect(search()).toEqual(["?limit=50&offset=1"]);
});

test("the meaning of an offset is found out once, then remembered", async () => {
  const jobs = Array.from({ length: 120 }, (_, index) => ({ job_id: `job-${index}`, status: "Completed" }));
  use(mocks.listImmediateJobs.paged(jobs, { offsets: "pages" }));
  const client = createGaussDBClient({ ...options, region: "cn-north-4" });
  for await (const _ of client.listImmediateJobs.items());
  expect(search()).toEqual(["?limit=50&offset=1", "?limit=50&offset=2", "?limit=50&offset=3"]);
});

test.each([{ limit: "15" }, { offset: "1.0" }, { offset: "+1" }, { offset: "-1" }])(
  "%j is refused",
  async (query) => {
    // @ts-expect-error some of these do not compile, either
    await expect(gaussdb.listImmediateJobs({ query })).rejects.toMatchObject({ name: "ValidationError" });
    expect(requests).toEqual([]);
  },
);
