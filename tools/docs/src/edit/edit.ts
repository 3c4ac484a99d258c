import type { Place } from "typedcloud/checked";
import { isMap, isScalar, isSeq, type ParsedNode, stringify } from "yaml";
import type { Value } from "../facts.ts";

/** A change to a specification's text. Everything around it, comments and order included, stays. */
export interface Edit {
  /** The file. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Applies edits of one file. */
export const applyEdits = (source: string, edits: readonly Edit[]): string =>
  edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((text, { start, end, text: fresh }) => text.slice(0, start) + fresh + text.slice(end), source);

/** A value as YAML writes it: quoted where it might be taken for something else. */
const write = (value: Value): string => stringify(value, { lineWidth: 0 }).trimEnd();

const nodeAt = (place: Place): ParsedNode | undefined => {
  const node = place.path.length === 0 ? place.file.yaml.contents : place.file.yaml.getIn(place.path, true);
  // Parsed documents hold parsed nodes; `getIn` cannot know.
  return isMap(node) || isSeq(node) || isScalar(node) ? (node as ParsedNode) : undefined;
};

/** Puts another value in the place of a scalar. */
export function replaceValue(place: Place, value: Value): Edit[] {
  const node = nodeAt(place);
  if (!isScalar(node) || !node.range) return [];
  return [{ file: place.file.absolute, start: node.range[0], end: node.range[1], text: write(value) }];
}

/** Adds a field to a map, in the style in which it is written. */
export function addField(map: Place, key: string, text: string): Edit[] {
  const node = nodeAt(map);
  if (!isMap(node) || !node.range || node.items.length === 0) return [];
  const file = map.file.absolute;
  const last = node.items.at(-1);
  const end = last?.value?.range?.[1] ?? last?.key?.range?.[1];
  if (end === undefined) return [];
  if (node.flow) return [{ file, start: end, end, text: `, ${key}: ${text}` }];
  const at = last?.key?.range?.[0] ?? 0;
  const indent = " ".repeat(map.file.lines.linePos(at).col - 1);
  return [{ file, start: end, end, text: `\n${indent}${key}: ${text}` }];
}

/** Removes a field from a map. */
export function removeField(place: Place, source: string): Edit[] {
  const map = nodeAt(place.parent);
  if (!isMap(map)) return [];
  const index = map.items.findIndex(({ key }) => isScalar(key) && key.value === place.key);
  const pair = map.items[index];
  const [start, end] = [pair?.key?.range?.[0], pair?.value?.range?.[1]];
  if (start === undefined || end === undefined || map.items.length < 2) return [];
  return [
    {
      file: place.file.absolute,
      ...around(start, end, source, map.flow === true, index === map.items.length - 1),
      text: "",
    },
  ];
}

/** Adds a value to a list. */
export function addItem(list: Place, value: Value): Edit[] {
  const node = nodeAt(list);
  if (!isSeq(node)) return [];
  const last = node.items.at(-1);
  const end = last?.range?.[1];
  if (end === undefined || last === undefined) return [];
  const file = list.file.absolute;
  if (node.flow) return [{ file, start: end, end, text: `, ${write(value)}` }];
  const indent = " ".repeat(Math.max(0, list.file.lines.linePos(last.range[0]).col - 3));
  return [{ file, start: end, end, text: `\n${indent}- ${write(value)}` }];
}

/** Removes a value from a list. */
export function removeItem(item: Place, source: string): Edit[] {
  const node = nodeAt(item);
  const list = nodeAt(item.parent);
  if (!isSeq(list) || !node?.range || list.items.length < 2) return [];
  const [start, end] = [node.range[0], node.range[1]];
  const isLast = Number(item.key) === list.items.length - 1;
  return [{ file: item.file.absolute, ...around(start, end, source, list.flow === true, isLast), text: "" }];
}

/** What goes with a member: its comma, or its line. */
function around(
  start: number,
  end: number,
  source: string,
  isFlow: boolean,
  isLast: boolean,
): { start: number; end: number } {
  if (!isFlow) {
    const line = source.lastIndexOf("\n", start);
    const next = source.indexOf("\n", end);
    return { start: Math.max(line, 0), end: next < 0 ? source.length : next };
  }
  if (isLast) return { start: source.lastIndexOf(",", start), end };
  const comma = source.indexOf(",", end);
  const rest = /^\s*/.exec(source.slice(comma + 1, comma + 200))?.[0].length ?? 0;
  return { start, end: comma + 1 + rest };
}
