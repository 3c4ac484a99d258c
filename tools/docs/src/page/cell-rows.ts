import type { Note } from "../facts.ts";
import type { Cell, Line, Table } from "./item.ts";
import { textOf } from "./item.ts";
import { plain } from "./normalise.ts";
import type { Grid, Row } from "./row.ts";
import { parseType } from "./type.ts";
import { CAPTION, type Column, columnOf, IDENTIFIER, requiredOf } from "./words.ts";

/** The rows of a table whose cells are known; nothing if it is no table of parameters or fields. */
export function cellGrid(table: Table, notes: Note[]): Grid | undefined {
  const [head, ...body] = table.rows;
  const columns = head?.map((cell) => columnOf(plain(textOf(cell)))) ?? [];
  if (columns[0] !== "name" || columns.filter((column) => column !== undefined).length < 2) return undefined;
  const caption = table.caption === undefined ? null : CAPTION.exec(plain(table.caption));
  return {
    kind: "grid",
    line: table.line,
    caption: caption?.[2] ?? table.caption,
    number: caption === null ? undefined : Number(caption[1]),
    rows: body
      // Some renderings repeat the header.
      .filter(
        (cells) =>
          columnOf(plain(textOf(cells[0]))) !== "name" || columnOf(plain(textOf(cells[1]))) === undefined,
      )
      .flatMap((cells) => rowOf(cells, columns, notes) ?? []),
  };
}

function rowOf(
  cells: readonly Cell[],
  columns: readonly (Column | undefined)[],
  notes: Note[],
): Row | undefined {
  const texts = cells.map((cell) => plain(textOf(cell)));
  const name = (texts[0] ?? "").replace(/^[└├─\s]+/, "");
  const line = cells[0]?.line ?? 0;
  const refuse = (message: string) => {
    notes.push({ line, message });
    return undefined;
  };
  if (texts.every((text) => text === "")) return undefined;
  // What a cell says decides what it is; its column only where that leaves a choice.
  const isFull = cells.length === columns.length;
  const typeAt = find(texts, columns, isFull, "type", (text) => parseType(text, line) !== undefined);
  const markAt = find(texts, columns, isFull, "required", (text) => requiredOf(text) !== undefined);
  const type = typeAt === undefined ? undefined : parseType(texts[typeAt] ?? "", cells[typeAt]?.line ?? line);
  if (!IDENTIFIER.test(name)) {
    // An item of an array has no name, on Alibaba Cloud's pages.
    if (name !== "" || type === undefined)
      return refuse(`"${name.slice(0, 60)}" is no name; the row is not read`);
  }
  if (type === undefined && columns.includes("type"))
    return refuse(
      `${name}: the type "${texts[columns.indexOf("type")]?.slice(0, 60) ?? ""}" is not known; the row is not read`,
    );
  const rest = cells.filter(
    (_, index) => index !== 0 && index !== typeAt && index !== markAt && columns[index] !== "example",
  );
  return {
    name,
    line,
    required: (markAt === undefined ? undefined : requiredOf(texts[markAt] ?? "")) ?? "unknown",
    requiredLine: (markAt === undefined ? undefined : cells[markAt]?.line) ?? line,
    type: type ?? { kind: "any", at: line },
    description: rest.flatMap((cell): readonly Line[] => cell.lines),
  };
}

function find(
  texts: readonly string[],
  columns: readonly (Column | undefined)[],
  isFull: boolean,
  column: Column,
  fits: (text: string) => boolean,
): number | undefined {
  const named = columns.indexOf(column);
  if (named < 0) return undefined;
  if (isFull) return fits(texts[named] ?? "") ? named : undefined;
  const found = texts.findIndex((text, index) => index > 0 && index <= named && fits(text));
  return found < 0 ? undefined : found;
}
