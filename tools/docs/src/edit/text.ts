import { readFileSync } from "node:fs";
import type { Place } from "typedcloud/checked";
import { isCollection, isMap, isScalar, isSeq, type ParsedNode } from "yaml";

/** The text of the file in which a place stands. */
export const sourceOf = (place: Place): string => readFileSync(place.file.absolute, "utf8");

/** What the parser made of a place. */
export function nodeAt(place: Place): ParsedNode | undefined {
  const { yaml } = place.file;
  const node = place.path.length === 0 ? yaml.contents : yaml.getIn(place.path, true);
  // Parsed documents hold parsed nodes; `getIn` cannot know.
  return isMap(node) || isSeq(node) || isScalar(node) ? (node as ParsedNode) : undefined;
}

/** Where a value's own text ends: before comments and empty lines that happen to follow. */
export function endOf(node: ParsedNode | null, source: string): number {
  if (isCollection(node) && !node.flow) {
    const last = node.items.at(-1);
    if (last !== undefined && "key" in last) return endOf(last.value ?? last.key, source);
    if (last !== undefined) return endOf(last, source);
  }
  let end = node?.range?.[1] ?? 0;
  // A folded text ends behind its line break.
  while (/\s/.test(source[end - 1] ?? "")) end--;
  return end;
}

/** The end of the line, where a comment behind a value ends. */
export function lineEnd(at: number, source: string): number {
  const end = source.indexOf("\n", at);
  return end < 0 ? source.length : end;
}

export const lineStart = (at: number, source: string): number => source.lastIndexOf("\n", at - 1) + 1;

/** What stands in front of the dash of a list's item; nothing if the item does not begin its line. */
export function marginOf(item: ParsedNode | undefined, source: string): string | undefined {
  const start = item?.range?.[0];
  if (start === undefined) return undefined;
  return /^(\s*)- +$/.exec(source.slice(lineStart(start, source), start))?.[1];
}
