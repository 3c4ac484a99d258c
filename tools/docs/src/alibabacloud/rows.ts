import type { Note, Type } from "../facts.ts";
import { cellGrid } from "../page/cell-rows.ts";
import type { Item } from "../page/item.ts";
import type { Row } from "../page/row.ts";
import { textRows } from "./text-rows.ts";

/** The rows of a section's tables. A row without a name is the item of the array above it, or the whole answer. */
export function rowsIn(items: readonly Item[], notes: Note[]): Row[] {
  const tables = items.filter((item) => item.kind === "table");
  const rows =
    tables.length === 0
      ? textRows(items, notes)
      : tables.flatMap((table) => {
          const grid = cellGrid(table, notes);
          if (grid === undefined)
            notes.push({ line: table.line, message: "a table whose columns are not known" });
          return grid?.rows ?? [];
        });
  return rows.map((row) => ({ ...row, name: withoutBadge(row, notes), type: typeOf(row) }));
}

/** A badge behind a name is part of it in saved pages. */
function withoutBadge({ name, line }: Row, notes: Note[]): string {
  const [, bare] = /^(.*[A-Za-z\d])(?<!\b[Ii]s)(?:deprecated|已废弃)$/.exec(name) ?? [];
  if (bare === undefined) return name;
  notes.push({ line, message: `${bare}: deprecated` });
  return bare;
}

/** Structures have no names of their own here; a row that names no type is an object. */
function typeOf({ type, isTyped }: Row): Type {
  return isTyped ? unnamed(type) : { kind: "object", at: type.at };
}

const unnamed = ({ schema: _, items, ...type }: Type): Type =>
  items === undefined ? type : { ...type, items: unnamed(items) };
