import type { Note } from "../facts.ts";
import type { Cell, Line, Table } from "./item.ts";
import { textOf } from "./item.ts";
import { plain } from "./normalise.ts";
import { rangeLines } from "./range-column.ts";
import type { Grid, Row } from "./row.ts";
import { parseType, type TypeCell, typeIn } from "./type.ts";
import {
  CAPTION,
  type Column,
  columnOf,
  depthOf,
  IDENTIFIER,
  requiredOf,
  saysNoRows,
  WHOLE,
  withoutMarks,
} from "./words.ts";

/** The rows of a table whose cells are known; nothing if it is no table of parameters or fields. */
export function cellGrid(
  table: Table,
  notes: Note[],
  structures: ReadonlySet<string> = new Set(),
): Grid | undefined {
  const [head, ...body] = table.rows;
  const columns = head?.map((cell) => columnOf(plain(textOf(cell)))) ?? [];
  if (columns[0] !== "name" || columns.filter((column) => column !== undefined).length < 2) return undefined;
  const caption = table.caption === undefined ? null : CAPTION.exec(plain(table.caption));
  const rows = body
    // Some renderings repeat the header.
    .filter(
      (cells) =>
        columnOf(plain(textOf(cells[0]))) !== "name" || columnOf(plain(textOf(cells[1]))) === undefined,
    )
    .flatMap((cells) => rowOf(cells, columns, structures, notes) ?? []);
  const hasMarks = rows.some(({ depth }) => depth > 0);
  return {
    kind: "grid",
    line: table.line,
    caption: caption?.[2] ?? table.caption,
    number: caption === null ? undefined : Number(caption[1]),
    hasTypes: columns.includes("type"),
    rows: merged(rows).map(({ depth, ...row }) => (hasMarks ? { ...row, depth } : row)),
  };
}

type Marked = Row & { readonly depth: number };

/** A name that spans several rows is one row, as long as they do not differ in more than what they describe. */
function merged(rows: readonly Marked[]): Marked[] {
  const result: Marked[] = [];
  for (const row of rows) {
    const last = result.at(-1);
    const spans = last !== undefined && row.name !== "" && row.name === last.name && row.line === last.line;
    if (!spans) result.push(row);
    else {
      const description = row.description.filter((line) => !last.description.includes(line));
      result[result.length - 1] = { ...last, description: [...last.description, ...description] };
    }
  }
  return result;
}

function rowOf(
  all: readonly Cell[],
  columns: readonly (Column | undefined)[],
  structures: ReadonlySet<string>,
  notes: Note[],
): Marked | undefined {
  const cells = withoutPadding(all, columns);
  const texts = cells.map((cell) => plain(textOf(cell)));
  const line = cells[0]?.line ?? 0;
  if (texts.every((text) => text === "") || saysNoRows(texts.join(" "))) return undefined;
  // What a cell says decides what it is; its column only where that leaves a choice.
  const isFull = cells.length === columns.length;
  const from = isFull || !isNameless(texts, columns) ? 1 : 0;
  const name = from === 0 ? "" : withoutMarks(texts[0] ?? "");
  const typeOf = (text: string, at: number) => (isFull ? typeIn(text, at, structures) : parseType(text, at));
  const typeAt = find(texts, columns, isFull, from, "type", (text) => typeOf(text, line) !== undefined);
  const markAt = find(texts, columns, isFull, from, "required", (text) => requiredOf(text) !== undefined);
  const type = typeAt === undefined ? undefined : typeOf(texts[typeAt] ?? "", cells[typeAt]?.line ?? line);
  const isNamed = IDENTIFIER.test(name) || (type !== undefined && (name === "" || WHOLE.test(name)));
  if (!isNamed) {
    notes.push({ line, message: `"${name.slice(0, 60)}" is no name; the row is not read` });
    return undefined;
  }
  const { description, example, unknown } = restOf(cells, columns, isFull, [from - 1, typeAt, markAt]);
  if (unknown !== undefined)
    notes.push({
      line,
      message: `${name}: the type "${plain(textOf(unknown)).slice(0, 60)}" is not known`,
    });
  return {
    name,
    line,
    required: (markAt === undefined ? undefined : requiredOf(texts[markAt] ?? "")) ?? "unknown",
    requiredLine: (markAt === undefined ? undefined : cells[markAt]?.line) ?? line,
    type: type ?? ANY(line),
    isTyped: type !== undefined,
    description,
    depth: depthOf(texts[0] ?? ""),
    ...(example === undefined ? {} : { example }),
  };
}

/** A rendering that loses a cell puts an empty one at the end of the row. */
function withoutPadding(cells: readonly Cell[], columns: readonly (Column | undefined)[]): readonly Cell[] {
  const typed = cells[columns.indexOf("type")];
  const isPadded =
    cells.at(-1)?.lines.length === 0 &&
    typed !== undefined &&
    parseType(plain(textOf(typed)), 0) === undefined;
  return isPadded ? cells.filter(({ lines }) => lines.length > 0) : cells;
}

const ANY = (at: number): TypeCell => ({ kind: "any", at });

/** A row that has lost its first cell begins with its type: none comes behind it. */
function isNameless(texts: readonly string[], columns: readonly (Column | undefined)[]): boolean {
  const [first = "", ...others] = texts;
  const behind = others.slice(0, columns.indexOf("type"));
  return parseType(first, 0) !== undefined && behind.every((text) => parseType(text, 0) === undefined);
}

function find(
  texts: readonly string[],
  columns: readonly (Column | undefined)[],
  isFull: boolean,
  from: number,
  column: Column,
  fits: (text: string) => boolean,
): number | undefined {
  const named = columns.indexOf(column);
  if (named < 0) return undefined;
  if (isFull) return fits(texts[named] ?? "") ? named : undefined;
  const found = texts.findIndex((text, index) => index >= from && index <= named && fits(text));
  return found < 0 ? undefined : found;
}

interface Rest {
  readonly description: readonly Line[];
  readonly example: string | undefined;
  /** What stands where the type should, and is none. */
  readonly unknown: Cell | undefined;
}

/** The cells that are neither name nor type nor mark. Where some are lost, what is left is the description. */
function restOf(
  cells: readonly Cell[],
  columns: readonly (Column | undefined)[],
  isFull: boolean,
  taken: readonly (number | undefined)[],
): Rest {
  const free = cells.map((cell, index) => ({ cell, index })).filter(({ index }) => !taken.includes(index));
  const at = (column: Column): Cell | undefined => {
    const found = isFull ? free.find(({ index }) => columns[index] === column)?.cell : undefined;
    return found?.lines.length === 0 ? undefined : found;
  };
  const others: readonly (Column | undefined)[] = columns.filter(
    (column) => column !== "name" && column !== "type" && column !== "required",
  );
  // Without its empty cells a row keeps the order of the others.
  const inOrder = !isFull && free.length === others.length ? free : undefined;
  const pick = (column: Column): Cell | undefined =>
    inOrder === undefined ? at(column) : inOrder[others.indexOf(column)]?.cell;
  const [example, range, position] = [pick("example"), pick("range"), pick("position")];
  const description = free.filter(
    ({ cell, index }) =>
      cell !== example &&
      cell !== range &&
      cell !== position &&
      !(isFull && (columns[index] === "type" || columns[index] === "required")),
  );
  return {
    description: [
      ...description.flatMap(({ cell }): readonly Line[] => cell.lines),
      ...(range === undefined ? [] : rangeLines(range.lines)),
    ],
    example: example === undefined ? undefined : plain(textOf(example)),
    unknown: at("type"),
  };
}
