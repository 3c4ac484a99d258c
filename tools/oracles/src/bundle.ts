/** `signatures.ts` in one piece, for a Node that knows no TypeScript. */

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** The code. `web`: with the hashes that browsers and workers get. */
export async function bundle(hashes: "node" | "web"): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("signatures.ts", import.meta.url))],
    bundle: true,
    format: "esm",
    target: "node20",
    platform: "neutral",
    conditions: ["@typedcloud/source", ...(hashes === "node" ? ["node"] : [])],
    external: ["node:*"],
    write: false,
  });
  return outputFiles.map(({ text }) => text).join("");
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

/** What the code prints, run by one Node under one locale. */
export function run(
  code: string,
  LC_ALL: string,
  [command, ...args]: readonly [string, ...string[]] = [process.execPath],
): Report {
  const output = execFileSync(command, [...args, "--input-type=module", "-"], {
    input: code,
    env: { ...process.env, LC_ALL },
    encoding: "utf8",
  });
  return JSON.parse(output);
}
