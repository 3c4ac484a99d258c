/** What a client does, told so that every runtime can run it. Uses nothing but the packages and what the web has. */

import { createAlbClient } from "@typedcloud/alibabacloud-alb";
import { createElbClient, isApiError, isCloudError, parseJobTime } from "@typedcloud/huaweicloud-elb";

/** Where the mock cloud is and who may use it. Written into the built story by app.ts. */
export interface Settings {
  readonly elb: string;
  readonly alb: string;
  readonly projectId: string;
  readonly huaweicloud: { readonly ak: string; readonly sk: string };
  readonly alibabacloud: { readonly accessKeyId: string; readonly accessKeySecret: string };
  /** A job that ends soon. */
  readonly jobId: string;
  /** Where the report is sent. */
  readonly report: string;
}
declare const SETTINGS: Settings;

/** What came of it. The same everywhere, but for `runtime`. */
export interface Report {
  readonly runtime: string;
  readonly [fact: string]: unknown;
}

async function story(): Promise<Report> {
  const { projectId, huaweicloud } = SETTINGS;
  const elb = createElbClient({ endpoint: SETTINGS.elb, projectId, credentials: huaweicloud });
  const alb = createAlbClient({ endpoint: SETTINGS.alb, credentials: SETTINGS.alibabacloud });
  const wrong = createElbClient({
    endpoint: SETTINGS.elb,
    projectId,
    credentials: { ...huaweicloud, sk: "not-the-secret-key" },
  });

  const page = await elb.listJobs({ query: { limit: 7 } });
  const ids = new Set<string>();
  for await (const job of elb.listJobs.items({ query: { limit: 50 }, prefetch: true })) ids.add(job.job_id);
  let albJobs = 0;
  for await (const { Jobs = [] } of alb.listAsynJobs.pages({ query: { MaxResults: 50 } }))
    albJobs += Jobs.length;
  const waited = await elb.listJobs.wait(SETTINGS.jobId, {
    minDelayMs: 100,
    maxDelayMs: 200,
    timeoutMs: 30_000,
  });
  const refused: unknown = await wrong.listJobs().catch((error: unknown) => error);
  const signal = AbortSignal.timeout(20);
  const aborted: unknown = await elb.listJobs
    .wait("no-such-job", { signal })
    .catch((error: unknown) => error);
  return {
    runtime: nameOf(),
    page: page.jobs?.length,
    everyElbJob: ids.size,
    everyAlbJob: albJobs,
    waited: waited.status,
    hasTimes: parseJobTime(waited.begin_time) instanceof Date,
    refused:
      isApiError(refused) && `${refused.name} ${refused.status}, ${refused.requestId ? "" : "no "}request id`,
    secretShown: String(refused).includes("not-the-secret-key"),
    aborted: isCloudError(aborted) && aborted.name,
  };
}

function nameOf(): string {
  const { process, navigator } = globalThis as {
    process?: { versions?: Record<string, string> };
    navigator?: { userAgent?: string };
  }; // each runtime has some of it
  const { bun, deno, node } = process?.versions ?? {};
  if (bun) return `Bun ${bun}`;
  if (deno) return `Deno ${deno}`;
  const browser = /Chrome\/([\d.]+)/.exec(navigator?.userAgent ?? "")?.[1];
  if (browser) return `Chromium ${browser}`;
  return navigator?.userAgent === "Cloudflare-Workers" || !node ? "workerd" : `Node ${node}`;
}

/** Runs it and sends the report. */
export async function run(): Promise<void> {
  const report = await story().catch((error: unknown) => ({
    runtime: nameOf(),
    error: error instanceof Error ? (error.stack ?? String(error)) : String(error),
  }));
  await fetch(SETTINGS.report, { method: "POST", body: JSON.stringify(report) });
}
