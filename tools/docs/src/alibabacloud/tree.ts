import type { Field, Note, Type } from "../facts.ts";
import type { Row } from "../page/row.ts";
import { type Flat, fold, withFields } from "./fold.ts";

/** An object of the answer: the fields that rows have given it, and the keys that the example has for it. */
interface Frame {
  readonly parent: Frame | undefined;
  readonly json: Readonly<Record<string, unknown>> | undefined;
  readonly used: Set<string>;
}

/**
 * The fields of an answer, or of a request. How deep a row stands is not in the page: the marks before the names tell,
 * or the example's keys. Where neither does, the rows behind an object are not read.
 *
 * @param example the JSON of the page's example
 */
export function treeOf(rows: readonly Row[], example: unknown, notes: Note[]): Field[] {
  const flat = fold(rows, notes);
  const root: Frame = { parent: undefined, json: objectOf(example), used: new Set() };
  if (flat.some(({ depth = 0 }) => depth > 0)) return marked(flat, root, notes);
  if (root.json === undefined) return certain(flat, notes);
  const placed = placeKnown(flat, root);
  placeOthers(flat, placed, root, notes);
  return fieldsOf(flat, placed, root);
}

/** Old tables have a mark before the name for each level, or one for all levels: then the example tells them apart. */
function marked(flat: readonly Flat[], root: Frame, notes: Note[]): Field[] {
  const shown = placeKnown(flat, root);
  const agrees = flat.every(({ depth = 0 }, index) => {
    const place = shown.get(index);
    return place !== undefined && (depth === 0) === (place.frame === root);
  });
  if (agrees) return fieldsOf(flat, shown, root);
  flat.forEach(({ field, depth = 0 }, index) => {
    const frame = shown.get(index)?.opens;
    const next = flat[index + 1];
    if (frame !== undefined && next !== undefined && (next.depth ?? 0) > depth && !shown.has(index + 1))
      notes.push({ line: field.at, message: `${field.name}: the example shows other fields in it` });
  });
  return byMarks(flat);
}

/** A mark for each level. */
function byMarks(flat: readonly Flat[]): Field[] {
  let at = 0;
  const level = (depth: number): Field[] => {
    const fields: Field[] = [];
    for (let row = flat[at]; row !== undefined && (row.depth ?? 0) >= depth; row = flat[at]) {
      at++;
      const inner = (flat[at]?.depth ?? 0) > depth ? level(depth + 1) : [];
      fields.push(inner.length === 0 ? row.field : { ...row.field, type: withFields(row.field.type, inner) });
    }
    return fields;
  };
  return level(0);
}

/** The rows up to the first object: any behind it may be one of its fields. */
function certain(flat: readonly Flat[], notes: Note[]): Field[] {
  const first = flat.findIndex((row) => row.holdsObjects && holdsOnlyObjects(row.field.type));
  const end = first < 0 ? flat.length : first + 1;
  const open = flat[first]?.field.name ?? "";
  for (const { field } of flat.slice(end))
    notes.push({
      line: field.at,
      message: `${field.name}: whether it is a field of ${open} or stands beside it is not said; it is not read`,
    });
  return flat.slice(0, end).map(({ field }) => field);
}

const holdsOnlyObjects = ({ kind, items }: Type): boolean =>
  kind === "object" || (items !== undefined && holdsOnlyObjects(items));

/** The object that a value is, or the union of those that a list holds. */
function objectOf(value: unknown): Record<string, unknown> | undefined {
  if (Array.isArray(value)) {
    const objects = value.map(objectOf).filter((object) => object !== undefined);
    return objects.length === 0 ? undefined : Object.assign({}, ...objects.toReversed());
  }
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : undefined;
}

/** The value of a key; pages and their examples do not always agree on capitals. */
function keyOf({ json }: Frame, name: string): unknown {
  if (json === undefined) return undefined;
  if (Object.hasOwn(json, name)) return json[name];
  const other = Object.keys(json).find((key) => key.toLowerCase() === name.toLowerCase());
  return other === undefined ? undefined : json[other];
}

interface Placed {
  /** The object that a row belongs to. */
  readonly frame: Frame;
  /** The object that the row itself opens. */
  readonly opens: Frame | undefined;
  /** What the example shows the row to be, where the row does not say it. */
  readonly type: Type | undefined;
  /** The key of the only list in an object that the example has where the row says that it is the list itself. */
  readonly listKey: string | undefined;
}

/** Gives every row whose name the example has its place: the innermost open object that has the key and no such row yet. */
function placeKnown(flat: readonly Flat[], root: Frame): Map<number, Placed> {
  const placed = new Map<number, Placed>();
  let current = root;
  flat.forEach(({ field, holdsObjects: opens }, index) => {
    const found = chain(current).find(
      (frame) => keyOf(frame, field.name) !== undefined && !frame.used.has(field.name.toLowerCase()),
    );
    const key = found === undefined ? aliasOf(flat, index, current) : { frame: found, name: field.name };
    if (key === undefined) return;
    key.frame.used.add(key.name.toLowerCase());
    const value = keyOf(key.frame, key.name);
    const listKey = listKeyOf(flat, index, value);
    const json = opens ? objectOf(listKey === undefined ? value : Object.values(value ?? {})[0]) : undefined;
    const child: Frame | undefined = json && { parent: key.frame, json, used: new Set() };
    placed.set(index, { frame: key.frame, opens: child, type: shownType(flat, index, value), listKey });
    current = child ?? key.frame;
  });
  return placed;
}

/**
 * Old tables name a structure in a row without a type. It is an object, or a list if the example shows one; and the
 * list whose items it describes is then an object around it.
 */
function shownType(flat: readonly Flat[], index: number, value: unknown): Type | undefined {
  const row = flat[index];
  if (row === undefined) return undefined;
  const { type } = row.field;
  const next = flat[index + 1];
  if (!row.isTyped) return Array.isArray(value) ? { kind: "array", at: type.at, items: type } : type;
  const isAround =
    type.kind === "array" && !Array.isArray(value) && next !== undefined && isKey(value, next.field.name);
  return isAround ? { kind: "object", at: type.at } : undefined;
}

/** A list may stand in an object of its own, `"Tasks": { "Task": [ … ] }`, of which the rows say nothing. */
function listKeyOf(flat: readonly Flat[], index: number, value: unknown): string | undefined {
  if (flat[index]?.field.type.kind !== "array" || typeof value !== "object" || value === null)
    return undefined;
  const [only, ...others] = Array.isArray(value) ? [] : Object.entries(value);
  const isRow = only?.[0] === flat[index + 1]?.field.name;
  return only !== undefined && others.length === 0 && Array.isArray(only[1]) && !isRow ? only[0] : undefined;
}

const isKey = (value: unknown, name: string): boolean =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name);

/** An object whose key the example calls otherwise: it is known by its first field. */
function aliasOf(
  flat: readonly Flat[],
  index: number,
  current: Frame,
): { frame: Frame; name: string } | undefined {
  const next = flat[index + 1]?.field.name;
  if (!flat[index]?.holdsObjects || next === undefined) return undefined;
  const rest = new Set(flat.slice(index).map(({ field }) => field.name));
  for (const frame of chain(current)) {
    const name = Object.keys(frame.json ?? {}).find(
      (key) =>
        !frame.used.has(key.toLowerCase()) &&
        !rest.has(key) &&
        Object.hasOwn(objectOf(keyOf(frame, key)) ?? {}, next),
    );
    if (name !== undefined) return { frame, name };
  }
  return undefined;
}

/** A frame and those around it, from the inside out. */
function chain(frame: Frame): Frame[] {
  const frames: Frame[] = [];
  for (let each: Frame | undefined = frame; each !== undefined; each = each.parent) frames.push(each);
  return frames;
}

/** Rows that the example lacks stand where their neighbours stand. */
function placeOthers(flat: readonly Flat[], placed: Map<number, Placed>, root: Frame, notes: Note[]): void {
  // The next row that the example knows, for each: told from the end, so that a long page costs no more than its length.
  const nextKnown: (Frame | undefined)[] = [];
  let known: Frame | undefined;
  for (let index = flat.length - 1; index >= 0; index--) {
    nextKnown[index] = known;
    known = placed.get(index)?.frame ?? known;
  }
  flat.forEach(({ field, isTyped, holdsObjects: opens }, index) => {
    if (placed.has(index)) return;
    const before = placed.get(index - 1);
    // Old tables name the items of a list in a row of their own; an example that shows them has no key for it.
    if (!isTyped && before?.opens !== undefined && flat[index - 1]?.field.type.kind === "array") return;
    const inner = before?.opens ?? before?.frame ?? root;
    const outer = nextKnown[index] ?? root;
    const way = chain(inner);
    const end = way.indexOf(outer);
    const choices = end < 0 ? [inner] : way.slice(0, end + 1);
    const renamed = choices.find((frame) => hasUnused(frame, field.type));
    if (renamed === undefined && choices.length > 1 && root.json !== undefined)
      notes.push({
        line: field.at,
        message: `${field.name}: the example lacks it, so its depth is not certain`,
      });
    const frame = renamed ?? inner;
    if (opens && root.json !== undefined && holdsNamed(flat, index))
      notes.push({
        line: field.at,
        message: `${field.name}: the example lacks it, so which rows are its fields is not certain`,
      });
    placed.set(index, { frame, opens: undefined, type: undefined, listKey: undefined });
  });
}

const holdsNamed = (flat: readonly Flat[], index: number): boolean =>
  flat[index]?.field.type.items?.kind === "object" || flat[index]?.field.type.kind === "object";

/** Whether an object of the example has a key of this type that no row has. */
const hasUnused = (frame: Frame, type: Type): boolean =>
  Object.entries(frame.json ?? {}).some(
    ([key, value]) => !frame.used.has(key.toLowerCase()) && fits(value, type),
  );

function fits(value: unknown, { kind }: Type): boolean {
  switch (kind) {
    case "array":
      return Array.isArray(value);
    case "object":
    case "map":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "integer":
    case "number":
      return typeof value === "number";
    case "boolean":
      return typeof value === "boolean";
    default:
      return typeof value === "string";
  }
}

function fieldsOf(flat: readonly Flat[], placed: ReadonlyMap<number, Placed>, frame: Frame): Field[] {
  const byFrame = new Map<Frame, (Pick<Placed, "opens" | "listKey"> & { field: Field })[]>();
  flat.forEach(({ field }, index) => {
    const place = placed.get(index);
    if (place === undefined) return;
    const members = byFrame.get(place.frame) ?? [];
    const { opens, listKey, type = field.type } = place;
    members.push({ field: { ...field, type }, opens, listKey });
    byFrame.set(place.frame, members);
  });
  const build = (of: Frame): Field[] =>
    (byFrame.get(of) ?? []).map(({ field, opens, listKey }) => {
      const built = opens === undefined ? field : { ...field, type: withFields(field.type, build(opens)) };
      return listKey === undefined ? built : within(built, listKey);
    });
  return build(frame);
}

/** A list in an object of its own: what is said of its values is said of the list. */
function within(list: Field, key: string): Field {
  const { name, at, required, requiredAt } = list;
  return { name, at, required, requiredAt, type: { kind: "object", at, fields: [{ ...list, name: key }] } };
}
