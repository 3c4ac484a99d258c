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

/** Folds the nameless rows into the list that they describe. */
export function fold(rows: readonly Row[], notes: Note[]): Flat[] {
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
