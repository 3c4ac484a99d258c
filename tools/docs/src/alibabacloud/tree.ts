import type { Field, Note, Type } from "../facts.ts";
import { fieldOf } from "../page/field.ts";
import type { Row } from "../page/row.ts";

/** An object of the answer: the fields that rows have given it, and the keys that the example has for it. */
interface Frame {
  readonly parent: Frame | undefined;
  readonly json: Readonly<Record<string, unknown>> | undefined;
  readonly used: Set<string>;
  readonly nodes: Node[];
}

interface Node {
  readonly field: Field;
  readonly frame: Frame | undefined;
}

/** A row with the rows of its items folded into its type. */
interface Flat {
  readonly field: Field;
  readonly holdsObjects: boolean;
}

/**
 * The fields of an answer. How deep a row stands is not in the page; the example's keys tell.
 *
 * @param example the JSON of the page's example; without one every row is taken for a field of the root
 */
export function treeOf(rows: readonly Row[], example: unknown, notes: Note[]): Field[] {
  const flat = fold(rows, notes);
  const root: Frame = { parent: undefined, json: objectOf(example), used: new Set(), nodes: [] };
  const placed = placeKnown(flat, root);
  placeOthers(flat, placed, root, notes);
  return fieldsOf(flat, placed, root);
}

/** Folds the nameless rows into the array, or the answer, that they describe. */
function fold(rows: readonly Row[], notes: Note[]): Flat[] {
  const flat: Flat[] = [];
  rows.forEach((row) => {
    const last = flat.at(-1);
    if (row.name !== "") {
      const field = fieldOf(row, notes);
      flat.push({ field, holdsObjects: holdsObjects(field.type) });
    } else if (last !== undefined && last.field.type.kind === "array") {
      const { name: _, at, requiredAt, required, type, ...statements } = fieldOf(row, notes);
      const field = { ...statements, ...last.field, type: { ...last.field.type, items: type } };
      flat[flat.length - 1] = { field, holdsObjects: holdsObjects(field.type) };
    }
  });
  return flat;
}

const holdsObjects = ({ kind, items, schema }: Type): boolean =>
  (kind === "object" && schema === undefined) ||
  (kind === "array" && (items === undefined || holdsObjects(items)));

/** The object that a value is, or the union of those that a list holds. */
function objectOf(value: unknown): Record<string, unknown> | undefined {
  if (Array.isArray(value)) {
    const objects = value.map(objectOf).filter((object) => object !== undefined);
    return objects.length === 0 ? undefined : Object.assign({}, ...objects.toReversed());
  }
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : undefined;
}

const keyOf = (frame: Frame, name: string): unknown =>
  frame.json !== undefined && Object.hasOwn(frame.json, name) ? frame.json[name] : undefined;

interface Placed {
  /** The object that a row belongs to. */
  readonly frame: Frame;
  /** The object that the row itself opens. */
  readonly opens: Frame | undefined;
}

/** Gives every row whose name the example has its place: the innermost open object that has the key and no such row yet. */
function placeKnown(flat: readonly Flat[], root: Frame): Map<number, Placed> {
  const placed = new Map<number, Placed>();
  let current = root;
  flat.forEach(({ field, holdsObjects: opens }, index) => {
    const found = chain(current).find(
      (frame) => keyOf(frame, field.name) !== undefined && !frame.used.has(field.name),
    );
    const key = found === undefined ? aliasOf(flat, index, current) : { frame: found, name: field.name };
    if (key === undefined) return;
    key.frame.used.add(key.name);
    const json = opens ? objectOf(keyOf(key.frame, key.name)) : undefined;
    const child: Frame | undefined = json && { parent: key.frame, json, used: new Set(), nodes: [] };
    placed.set(index, { frame: key.frame, opens: child });
    current = child ?? key.frame;
  });
  return placed;
}

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
        !frame.used.has(key) && !rest.has(key) && Object.hasOwn(objectOf(keyOf(frame, key)) ?? {}, next),
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
  flat.forEach(({ field, holdsObjects: opens }, index) => {
    if (placed.has(index)) return;
    const before = placed.get(index - 1);
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
    placed.set(index, { frame, opens: undefined });
  });
}

const holdsNamed = (flat: readonly Flat[], index: number): boolean =>
  flat[index]?.field.type.items?.kind === "object" || flat[index]?.field.type.kind === "object";

/** Whether an object of the example has a key of this type that no row has. */
const hasUnused = (frame: Frame, type: Type): boolean =>
  Object.entries(frame.json ?? {}).some(([key, value]) => !frame.used.has(key) && fits(value, type));

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
  const byFrame = new Map<Frame, { field: Field; opens: Frame | undefined }[]>();
  flat.forEach(({ field }, index) => {
    const place = placed.get(index);
    if (place === undefined) return;
    const members = byFrame.get(place.frame) ?? [];
    members.push({ field, opens: place.opens });
    byFrame.set(place.frame, members);
  });
  const build = (of: Frame): Field[] =>
    (byFrame.get(of) ?? []).map(({ field, opens }) =>
      opens === undefined ? field : { ...field, type: withFields(field.type, build(opens)) },
    );
  return build(frame);
}

function withFields(type: Type, fields: readonly Field[]): Type {
  if (type.kind === "array")
    return { ...type, items: withFields(type.items ?? { kind: "object", at: type.at }, fields) };
  return { ...type, fields };
}
