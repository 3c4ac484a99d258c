/** What the ELB page says, on the wire. */

import { createElbClient } from "@typedcloud/huaweicloud-elb";
import { handlers, mocks } from "@typedcloud/huaweicloud-elb/mocks";
import { expect, test } from "vitest";
import { wire } from "../../runtime/test/support/wire.js";
import { operations } from "../src/operations.js";

const { requests, use } = wire(...handlers);
const elb = createElbClient({
  region: "cn-north-4",
  projectId: "p1",
  credentials: { ak: "AK", sk: "SK" },
});

test("the path's project is the client's, the query's is the caller's", async () => {
  await elb.listJobs({ query: { project_id: "p2" } });
  expect(requests[0]?.method).toBe("GET");
  expect(requests[0]?.url).toBe("https://elb.cn-north-4.myhuaweicloud.com/v3/p1/elb/jobs?project_id=p2");
});

test("another project's path, for one call", async () => {
  await elb.listJobs({ path: { project_id: "p3" } });
  expect(requests[0]?.url).toBe("https://elb.cn-north-4.myhuaweicloud.com/v3/p3/elb/jobs");
});

test("every documented parameter travels under its own name", async () => {
  await elb.listJobs({
    query: {
      limit: 50,
      marker: "a b",
      page_reverse: true,
      job_id: "j",
      job_type: "UPGRADE",
      status: "RUNNING",
      error_code: "E",
      resource_id: "r",
      project_id: "p2",
      begin_time: "2024-03-23T08:20:42",
    },
  });
  expect(new URL(requests[0]?.url ?? "").search).toBe(
    "?limit=50&marker=a%20b&page_reverse=true&job_id=j&job_type=UPGRADE&status=RUNNING&error_code=E&resource_id=r&project_id=p2&begin_time=2024-03-23T08%3A20%3A42",
  );
});

test("requests are signed with AK/SK", async () => {
  await elb.listJobs();
  const headers = requests[0]?.headers;
  expect(headers?.get("x-sdk-date")).toMatch(/^\d{8}T\d{6}Z$/);
  expect(headers?.get("authorization")).toMatch(
    /^SDK-HMAC-SHA256 Access=AK, SignedHeaders=[a-z0-9;-]*host;[a-z0-9;-]*x-sdk-date, Signature=[0-9a-f]{64}$/,
  );
});

// Bounds change with the page, and then the specification: what is tested is that clients keep to them.
const { default: size, minimum, maximum } = operations.listJobs.query.limit;
const range = `must be ${minimum} to ${maximum}`;

test("marker brings the documented limit along", async () => {
  await elb.listJobs({ query: { marker: "m" } });
  expect(new URL(requests[0]?.url ?? "").search).toBe(`?marker=m&limit=${size}`);
});

test.each([
  [{ limit: maximum + 1 }, `elb.listJobs: query.limit ${range}, not ${maximum + 1}`],
  [{ limit: minimum - 1 }, `elb.listJobs: query.limit ${range}, not ${minimum - 1}`],
  [{ marker: "" }, "elb.listJobs: query.marker must not be empty"],
])("%j is refused before anything is sent", async (query, message) => {
  await expect(elb.listJobs({ query })).rejects.toMatchObject({ name: "ValidationError", message });
  expect(requests).toEqual([]);
});

test("walks backwards from a marker to the first page", async () => {
  const jobs = Array.from({ length: 7 }, (_, index) => ({ job_id: `job-${index}`, status: "COMPLETE" }));
  use(mocks.listJobs.paged(jobs));
  const ids: string[] = [];
  for await (const page of elb.listJobs.pages({ query: { limit: 2, marker: "job-5", page_reverse: true } })) {
    ids.push(...(page.jobs ?? []).map((job) => job.job_id));
  }
  expect(ids).toEqual(["job-3", "job-4", "job-1", "job-2", "job-0"]);
});
