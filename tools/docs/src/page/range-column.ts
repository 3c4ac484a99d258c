import type { Line } from "./item.ts";
import { saysNothing } from "./words.ts";

/** What stands in the column "value range", as a description says it: under its label. */
export function rangeLines(lines: readonly Line[]): readonly Line[] {
  const [first] = lines;
  if (first === undefined || (lines.length === 1 && saysNothing(first.text))) return [];
  return [{ kind: "line", text: "Value range", line: first.line, bullet: 0 }, ...lines];
}
