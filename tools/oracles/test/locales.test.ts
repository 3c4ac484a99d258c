/** Z02: the machine's locale decides nothing. Every supported Node is tried by `test:runtimes`. */

import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { bundle, LOCALES, type Report } from "../src/bundle.ts";

test("two thousand signatures under four locales, with the hashes of Node and of browsers: the same", async () => {
  const reports: Report[] = [];
  for (const hashes of ["node", "web"] as const) {
    const file = await bundle(hashes);
    for (const LC_ALL of LOCALES) {
      reports.push(
        JSON.parse(
          execFileSync(process.execPath, [file], { env: { ...process.env, LC_ALL }, encoding: "utf8" }),
        ),
      );
    }
  }
  expect(new Set(reports.map(({ locale }) => locale))).toEqual(new Set(["en-US", "tr-TR", "sv-SE", "zh-CN"]));
  expect(new Set(reports.map(({ signatures }) => signatures)).size).toBe(1);
}, 60_000);
