/**
 * A vitest reporter: prints how many rows of the reliability catalogue have a test that passes. A row counts if a test
 * (or the group that it stands in) begins with its number, and none of those fails or is skipped.
 */

import type { Reporter, TestCase, TestModule } from "vitest/node";

const range = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index + 1).padStart(2, "0")}`);

const catalogue = {
  survived: [
    ...range("F-T", 20),
    ...range("F-H", 30),
    ...range("F-P", 20),
    ...range("F-W", 20),
    ...range("F-C", 16),
  ],
  refused: range("I-", 80),
};

const rowOf = (test: TestCase): string | undefined =>
  /(?:^|> )(F-[A-Z]\d\d|I-\d\d)\b/.exec(test.fullName)?.[1];

export default class Rows implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const passed = new Map<string, boolean>();
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const row = rowOf(test);
        if (row) passed.set(row, (passed.get(row) ?? true) && test.result().state === "passed");
      }
    }
    for (const [verb, rows] of Object.entries(catalogue)) {
      const missing = rows.filter((row) => !passed.get(row));
      const without =
        missing.length && missing.length < rows.length ? `   (without ${missing.join(", ")})` : "";
      console.log(`      ${verb} ${rows.length - missing.length}/${rows.length}${without}`);
    }
  }
}
