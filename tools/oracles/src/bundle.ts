/** One file of `signatures.ts`, for a Node that knows no TypeScript. */

import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** `web`: with the hashes that browsers and workers get. */
export async function bundle(hashes: "node" | "web"): Promise<string> {
  const outfile = join(await mkdtemp(join(tmpdir(), "typedcloud-")), `signatures.${hashes}.mjs`);
  await build({
    entryPoints: [fileURLToPath(new URL("signatures.ts", import.meta.url))],
    bundle: true,
    format: "esm",
    target: "node20",
    platform: "neutral",
    conditions: ["@typedcloud/source", ...(hashes === "node" ? ["node"] : [])],
    external: ["node:*"],
    outfile,
  });
  return outfile;
}

/** Sorting and case differ in these: Turkish has a dotless i, Swedish puts å ä ö at the end, Chinese sorts by sound. */
export const LOCALES = ["C", "tr_TR.UTF-8", "sv_SE.UTF-8", "zh_CN.UTF-8"] as const;

export const NODES = ["20", "22", "24", "26"] as const;

/** What `signatures.ts` prints. */
export interface Report {
  version: string;
  locale: string;
  signatures: string;
}
