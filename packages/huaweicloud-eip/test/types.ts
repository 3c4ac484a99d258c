/** What must compile, and what must not. Checked by `pnpm typecheck`: an error that is expected and missing fails it. */

import { type components, createEipClient } from "@typedcloud/huaweicloud-eip";
import { mocks } from "@typedcloud/huaweicloud-eip/mocks";

const eip = createEipClient({ region: "cn-north-4" });

export async function calls(): Promise<void> {
  const job = await eip.showResourcesJobDetail({ path: { job_id: "j" } });
  const same: components["schemas"]["Job"] = job;
  const code: string | null | undefined = same.error_code;
  const status: string = (await eip.showResourcesJobDetail.wait("j")).status;
  // The recursion has no end, and its types follow it.
  const deep: string | undefined = job.entities?.sub_jobs?.[0]?.entities?.sub_jobs?.[0]?.job_id;
  void [code, status, deep];

  // @ts-expect-error the path needs a job
  await eip.showResourcesJobDetail();
  // @ts-expect-error the path needs a job
  await eip.showResourcesJobDetail({ path: {} });
  // @ts-expect-error there are no pages
  eip.showResourcesJobDetail.items();
  // @ts-expect-error there are no pages
  eip.showResourcesJobDetail.pages();
  // @ts-expect-error there are no pages to mock
  mocks.showResourcesJobDetail.paged([]);
}
