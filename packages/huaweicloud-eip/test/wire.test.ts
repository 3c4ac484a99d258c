/** What the EIP page says, on the wire. */

import { createEipClient } from "@typedcloud/huaweicloud-eip";
import { handlers, mocks } from "@typedcloud/huaweicloud-eip/mocks";
import { expect, test } from "vitest";
import { wire } from "../../runtime/test/support/wire.js";

const { requests, use } = wire(...handlers);
const eip = createEipClient({
  region: "cn-north-4",
  projectId: "p1",
  credentials: { ak: "AK", sk: "SK" },
});

test("the host is vpc, the job stands in the path", async () => {
  await eip.showResourcesJobDetail({ path: { job_id: "ff808082843684110184e155fdb36461" } });
  expect(requests[0]?.url).toBe(
    "https://vpc.cn-north-4.myhuaweicloud.com/v1/p1/jobs/ff808082843684110184e155fdb36461",
  );
});

test("a job id is one path segment, whatever it holds", async () => {
  use(mocks.showResourcesJobDetail({ job_id: "a/b?c#d $& {job_id}", status: "SUCCESS" }));
  await eip.showResourcesJobDetail.wait("a/b?c#d $& {job_id}");
  expect(new URL(requests[0]?.url ?? "").pathname).toBe("/v1/p1/jobs/a%2Fb%3Fc%23d%20%24%26%20%7Bjob_id%7D");
});

test.each(["", " ", ".", "..", "%2e%2e", "a/../b", "a\\b", "a\nb", "\ud800"])(
  "%j reaches nothing",
  async (job_id) => {
    await expect(eip.showResourcesJobDetail({ path: { job_id } })).rejects.toMatchObject({
      name: "ValidationError",
      parameter: "path.job_id",
    });
    expect(requests).toEqual([]);
  },
);
