import type { Place } from "typedcloud/checked";
import { isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import type { Value } from "../facts.ts";
import { flowText, indented, scalarText, toYaml } from "../spec/style.ts";
import { endOf, lineEnd, lineStart, marginOf, nodeAt, sourceOf } from "./text.ts";

/** A change to a specification's text. Everything around it, comments and order included, stays. */
export interface Edit {
  /** The file. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Applies edits of one file. Those of one place come in the order in which they are given. */
export const applyEdits = (source: string, edits: readonly Edit[]): string =>
  edits
    .map((edit, index) => ({ ...edit, index }))
    .toSorted((a, b) => b.start - a.start || b.index - a.index)
    .reduce((text, { start, end, text: fresh }) => text.slice(0, start) + fresh + text.slice(end), source);

/** Whether two of the edits want to change the same text. */
export function overlap(edits: readonly Edit[]): boolean {
  const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  return sorted.some((edit, index) => {
    const next = sorted[index + 1];
    return next !== undefined && next.file === edit.file && next.start < edit.end;
  });
}

/** Puts another value in the place of a scalar, quoted as the one before it. */
export function replaceValue(place: Place, value: Value): Edit[] {
  const node = nodeAt(place);
  if (!isScalar(node) || !node.range) return [];
  const end = endOf(node, sourceOf(place));
  return [{ file: place.file.absolute, start: node.range[0], end, text: scalarText(value, node.type) }];
}

/** Puts another value, of whatever form, in the place of one; it is written on one line. */
export function replaceNode(place: Place, value: unknown): Edit[] {
  const node = nodeAt(place);
  if (!node?.range) return [];
  const source = sourceOf(place);
  const file = place.file.absolute;
  const [from] = node.range;
  const [end, text] = [endOf(node, source), flowText(value)];
  // What stood below its key moves up to it.
  const key = source.slice(0, from).trimEnd();
  if (source.slice(key.length, from).includes("\n") && key.endsWith(":"))
    return [{ file, start: key.length, end, text: ` ${text}` }];
  return [{ file, start: from, end, text }];
}

/** Where a new member goes. */
export interface Insertion {
  /** The members that stand before it, where they are there; without: at the end. */
  readonly after?: readonly string[];
  /** An empty line in front, as between schemas. */
  readonly isApart?: boolean;
}

/** Adds a field to a map, in the style in which the map is written. */
export function addField(map: Place, key: string, value: unknown, how: Insertion = {}): Edit[] {
  const node = nodeAt(map);
  if (!isMap(node) || !node.range) return [];
  const file = map.file.absolute;
  const source = sourceOf(map);
  if (node.items.length === 0) return replaceNode(map, { [key]: value });
  const keys = node.items.map((pair) => (isScalar(pair.key) ? String(pair.key.value) : ""));
  const before =
    how.after === undefined ? keys.length - 1 : keys.findLastIndex((each) => how.after?.includes(each));
  const previous = node.items[before];
  const first = node.items[0];
  if (node.flow) {
    const text = `${flowText(key)}: ${flowText(value)}`;
    const at =
      previous === undefined ? first?.key?.range?.[0] : endOf(previous.value ?? previous.key, source);
    return at === undefined
      ? []
      : [{ file, start: at, end: at, text: previous === undefined ? `${text}, ` : `, ${text}` }];
  }
  const start = first?.key?.range?.[0];
  if (start === undefined) return [];
  const column = map.file.lines.linePos(start).col - 1;
  const text = indented(toYaml({ [key]: value }), " ".repeat(column));
  if (previous !== undefined) {
    const at = lineEnd(endOf(previous.value ?? previous.key, source), source);
    return [{ file, start: at, end: at, text: `${how.isApart ? "\n" : ""}\n${text}` }];
  }
  // An item of a list begins on the line of its dash: nothing goes in front of it.
  if (source.slice(lineStart(start, source), start).trim() !== "") return [];
  const at = aboveComments(start, source);
  return [{ file, start: at, end: at, text: `${text}\n` }];
}

/** Comments directly above a member are about it. */
function aboveComments(start: number, source: string): number {
  let at = lineStart(start, source);
  while (at > 0) {
    const above = lineStart(at - 1, source);
    if (!/^\s*#/.test(source.slice(above, at))) return at;
    at = above;
  }
  return at;
}

/** Removes a field from a map. The last one is not removed: an empty map means something else. */
export function removeField(place: Place): Edit[] {
  const map = nodeAt(place.parent);
  if (!isMap(map) || map.items.length < 2) return [];
  const index = map.items.findIndex(({ key }) => isScalar(key) && String(key.value) === place.key);
  const pair = map.items[index];
  const start = pair?.key?.range?.[0];
  if (pair === undefined || start === undefined) return [];
  const next = map.items[index + 1]?.key?.range?.[0];
  return without(place, start, pair.value ?? pair.key, next, map.flow === true);
}

/** Adds a value to a list. */
export function addItem(list: Place, value: unknown, after?: number): Edit[] {
  const node = nodeAt(list);
  if (!isSeq(node)) return [];
  const source = sourceOf(list);
  const file = list.file.absolute;
  if (node.items.length === 0) return replaceNode(list, [value]);
  const previous = node.items[after ?? node.items.length - 1];
  const first = node.items[0];
  if (node.flow) {
    const at = previous === undefined ? first?.range?.[0] : endOf(previous, source);
    const text = flowText(value);
    return at === undefined
      ? []
      : [{ file, start: at, end: at, text: previous === undefined ? `${text}, ` : `, ${text}` }];
  }
  const margin = marginOf(previous ?? first, source);
  if (margin === undefined) return [];
  const text = indented(toYaml([value]), margin);
  if (previous !== undefined) {
    const at = lineEnd(endOf(previous, source), source);
    return [{ file, start: at, end: at, text: `\n${text}` }];
  }
  const at = aboveComments(first?.range?.[0] ?? 0, source);
  return [{ file, start: at, end: at, text: `${text}\n` }];
}

/** Removes a value from a list; with the last one, the field that holds the list. */
export function removeItem(item: Place): Edit[] {
  const node = nodeAt(item);
  const list = nodeAt(item.parent);
  if (!isSeq(list) || !node?.range) return [];
  if (list.items.length < 2) return removeField(item.parent);
  const next = list.items[Number(item.key) + 1]?.range?.[0];
  return without(item, node.range[0], node, next, list.flow === true);
}

/** Removes a member with what goes with it: its comma, or its lines. Comments above it stay. */
function without(
  place: Place,
  start: number,
  last: ParsedNode | null,
  next: number | undefined,
  isFlow: boolean,
): Edit[] {
  const source = sourceOf(place);
  const file = place.file.absolute;
  const end = endOf(last, source);
  if (isFlow)
    return next === undefined
      ? [{ file, start: source.lastIndexOf(",", start), end, text: "" }]
      : [{ file, start, end: next, text: "" }];
  const from = lineStart(start, source);
  // "- name: x": the dash belongs to the whole item.
  if (!/^\s*(?:- +)?$/.test(source.slice(from, start))) return [];
  if (place.parent.isList !== /-\s*$/.test(source.slice(from, start))) return [];
  const to = Math.min(lineEnd(end, source) + 1, source.length);
  return [{ file, start: from, end: to, text: "" }];
}
