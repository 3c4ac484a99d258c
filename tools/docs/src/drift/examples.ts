import type { Place } from "typedcloud/checked";
import type { Example, Value } from "../facts.ts";
import type { Report } from "./report.ts";

/**
 * Holds the page's examples against the specification's. Only those that the page has: what a specification shows
 * elsewhere is its own.
 *
 * @param renamed names of fields that differ anyway: that the example follows them is not told again
 */
export function compareExamples(
  page: readonly Example[],
  spec: readonly Example<Place>[],
  renamed: ReadonlySet<string>,
  report: Report,
): void {
  for (const theirs of spec) {
    const mine = page.find(({ of, status }) => of === theirs.of && status === theirs.status);
    if (mine !== undefined) compareValues(mine.value, theirs.value, "", mine, theirs, renamed, report);
  }
}

function compareValues(
  mine: unknown,
  theirs: unknown,
  path: string,
  page: Example,
  spec: Example<Place>,
  renamed: ReadonlySet<string>,
  report: Report,
): void {
  if (isContainer(mine) && isContainer(theirs) && Array.isArray(mine) === Array.isArray(theirs)) {
    const [a, b] = [Object.entries(mine), Object.entries(theirs)];
    for (const key of new Set([...a, ...b].map(([name]) => name))) {
      if (renamed.has(key)) continue;
      const part = Array.isArray(mine) ? `${path}[${key}]` : `${path}.${key}`;
      const [left, right] = [a, b].map((entries) => entries.find(([name]) => name === key)?.[1]);
      compareValues(left, right, part, page, spec, renamed, report);
    }
    return;
  }
  if (mine === theirs || JSON.stringify(mine) === JSON.stringify(theirs)) return;
  report({
    kind: theirs === undefined ? "added" : mine === undefined ? "removed" : "changed",
    where: `${spec.of === "request" ? "body" : `response.${spec.status}`}.example${path}`,
    before: show(theirs),
    after: show(mine),
    severity: "wording",
    line: page.at,
    place: spec.at,
  });
}

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;

function show(value: unknown): Value | null {
  if (value === undefined) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return JSON.stringify(value);
}
