/** What must compile, and what must not. Checked by `pnpm typecheck`: an error that is expected and missing fails it. */

import { createGaussDBClient } from "@typedcloud/huaweicloud-gaussdb";

const gaussdb = createGaussDBClient({ region: "cn-north-4" });

export async function calls(): Promise<void> {
  await gaussdb.listImmediateJobs({ query: { limit: "50", offset: "1" }, header: { "X-Language": "zh-cn" } });
  await gaussdb.listImmediateJobs({ query: { job_name: "AJobOfNextYear", status: "AStatusOfNextYear" } });

  // @ts-expect-error the page documents strings
  await gaussdb.listImmediateJobs({ query: { limit: 50 } });
  // @ts-expect-error the page closes this list: 10, 20, 50
  await gaussdb.listImmediateJobs({ query: { limit: "15" } });
  // @ts-expect-error no such header
  await gaussdb.listImmediateJobs({ header: { "X-Langauge": "zh-cn" } });
}
