import type { Field, Note, Type } from "../facts.ts";
import { fieldOf } from "../page/field.ts";
import type { Row } from "../page/row.ts";

/** A row with the rows of its items folded into its type. */
export interface Flat {
  readonly field: Field;
  readonly holdsObjects: boolean;
  /** How deep the marks before its name say that it stands. */
  readonly depth: number | undefined;
  /** Whether the row names a type; if it does not, the example tells whether it is a list. */
  readonly isTyped: boolean;
  readonly example: string | undefined;
}

/** Folds the rows of items into the list that they describe: those without a name, and those with a number in it. */
export const fold = (rows: readonly Row[], notes: Note[]): Flat[] =>
  withoutNumbers(withItemRows(rows, notes));

/** Old names have a number for each item: `KiteId.N`, `Tag.N.Key`, as they are sent. */
const NUMBERED = /^(.{1,120}?)\.(?:[NnMm]|\d{1,4})(?:\.(.{1,120}))?$/;

function withoutNumbers(rows: readonly Flat[]): Flat[] {
  const known = new Map(rows.map((row) => [row.field, row]));
  const depths = new Map(rows.toReversed().map(({ field, depth }) => [listOf(field), depth]));
  return listed(rows.map(({ field }) => field)).map(
    (field): Flat =>
      known.get(field) ?? {
        field,
        // Its fields are known: no row behind it is one of them.
        holdsObjects: false,
        depth: depths.get(field.name),
        isTyped: true,
        example: undefined,
      },
  );
}

const listOf = ({ name }: Field): string | undefined => NUMBERED.exec(name)?.[1];
const ownName = ({ name }: Field): string | undefined => NUMBERED.exec(name)?.[2];

/** Fields whose names have numbers in them become the lists that they describe, where the first of each stands. */
function listed(fields: readonly Field[]): Field[] {
  const lists = new Map<string, Field[]>();
  for (const list of fields.map(listOf)) if (list !== undefined) lists.set(list, []);
  for (const field of fields) lists.get(listOf(field) ?? field.name)?.push(field);
  return fields.flatMap((field) => {
    const name = listOf(field) ?? field.name;
    const parts = lists.get(name);
    if (parts === undefined) return [field];
    return parts[0] === field ? [listFrom(name, field, parts)] : [];
  });
}

/** @param parts the row of the list itself, if there is one, and those of its items */
function listFrom(name: string, first: Field, parts: readonly Field[]): Field {
  const whole = parts.find((part) => ownName(part) === undefined);
  const inner = parts.flatMap((part) => {
    const own = ownName(part);
    return own === undefined ? [] : [{ ...part, name: own }];
  });
  const { at, type, required, requiredAt } = whole ?? first;
  if (inner.length === 0)
    return {
      ...first,
      name,
      type: type.kind === "array" ? type : { kind: "array", at: type.at, items: type },
    };
  const isRequired = whole === undefined && inner.some((field) => field.required === "yes");
  const items: Type = { kind: "object", at, fields: listed(once(inner)) };
  return {
    name,
    at,
    required: isRequired ? "yes" : required,
    requiredAt,
    type: { kind: "array", at: type.at, items },
  };
}

/** Some pages write the first numbers out: `Filter.1.Key`, `Filter.2.Key`. */
const once = (fields: readonly Field[]): Field[] =>
  [...new Map(fields.toReversed().map((field) => [field.name, field])).values()].toReversed();

/** Folds the nameless rows into the list above them. */
function withItemRows(rows: readonly Row[], notes: Note[]): Flat[] {
  const flat: Flat[] = [];
  for (const row of rows) {
    const last = flat.at(-1);
    if (row.name !== "") {
      const field = fieldOf(row, notes);
      const { depth, isTyped, example } = row;
      flat.push({ field, holdsObjects: holdsObjects(field.type), depth, isTyped, example });
      continue;
    }
    const { name: _, at, requiredAt, required, type: items, ...statements } = fieldOf(row, notes);
    const type = last === undefined ? undefined : withItems(last.field.type, items);
    if (last === undefined || type === undefined) {
      notes.push({ line: row.line, message: "a row without a name behind one that is no array" });
      continue;
    }
    const field = { ...statements, ...last.field, type };
    flat[flat.length - 1] = { ...last, field, holdsObjects: holdsObjects(type) };
  }
  return flat;
}

/** A list, or a list within it, whose items have not been described yet. */
function withItems(type: Type, items: Type): Type | undefined {
  if (type.kind !== "array" && type.kind !== "map") return undefined;
  const known = type.items;
  if (known === undefined || (known.kind === items.kind && known.items === undefined))
    return { ...type, items };
  const inner = withItems(known, items);
  return inner && { ...type, items: inner };
}

const holdsObjects = ({ kind, items }: Type): boolean =>
  kind === "object" || ((kind === "array" || kind === "map") && (items === undefined || holdsObjects(items)));

/** A type with the fields of the objects that it is, or holds. */
export function withFields(type: Type, fields: readonly Field[]): Type {
  if (type.kind === "array" || type.kind === "map")
    return { ...type, items: withFields(type.items ?? { kind: "object", at: type.at }, fields) };
  return { ...type, fields };
}
