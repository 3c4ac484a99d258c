/** Z02: the machine's locale decides nothing. Every supported Node is tried by `test:runtimes`. */

import { expect, test } from "vitest";
import { bundle, LOCALES, type Report, run } from "../src/bundle.ts";

test("two thousand signatures under four locales, with the hashes of Node and of browsers: the same", async () => {
  const reports: Report[] = [];
  for (const hashes of ["node", "web"] as const) {
    const code = await bundle(hashes);
    for (const locale of LOCALES) reports.push(run(code, locale));
  }
  expect(new Set(reports.map(({ locale }) => locale))).toEqual(new Set(["en-US", "tr-TR", "sv-SE", "zh-CN"]));
  expect(new Set(reports.map(({ signatures }) => signatures)).size).toBe(1);
}, 60_000);
