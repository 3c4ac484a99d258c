import type { Constraints } from "../facts.ts";
import type { Line } from "../page/item.ts";
import { patternIn } from "./pattern.ts";

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The line that says it; the first one if it is said across several. */
export const lineWith = (lines: readonly Line[], text: string): number =>
  (lines.find((line) => line.text.includes(text)) ?? lines[0])?.line ?? 0;

/** What is said about the form of a string. */
export function readForm(found: Mutable<Constraints>, lines: readonly Line[], all: string): void {
  for (const { text, line } of lines) {
    const length = found.minLength?.value === found.maxLength?.value ? found.maxLength?.value : undefined;
    const pattern = patternIn(text, length);
    if (pattern !== undefined) found.pattern ??= { value: pattern, at: line };
  }
  const empty = /不允许为空|不能为空|不可为空|cannot be (?:empty|left blank)|must not be empty/i.exec(all);
  if (empty !== null) found.nonEmpty = { value: true, at: lineWith(lines, empty[0]) };
}
