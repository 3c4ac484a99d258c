import type { Note } from "../facts.ts";
import { inlineList } from "../statements/list.ts";
import { rangeAt } from "../statements/range.ts";
import type { Item, Line } from "./item.ts";
import { plain } from "./normalise.ts";
import { rangeLines } from "./range-column.ts";
import type { Grid, Row } from "./row.ts";
import { noteSuspects, typeAt } from "./suspects.ts";
import { type TypeCell, typeIn } from "./type.ts";
import {
  CAPTION,
  type Column,
  columnOf,
  IDENTIFIER,
  requiredOf,
  STATUS_LINE,
  saysNothing,
  WHOLE,
} from "./words.ts";

/**
 * Puts the tables of saved text together again. A row is known by its type: a name, perhaps a mark whether it is
 * required, a type. Cells are never counted, because the saved pages have lost some.
 */
export function textGrids(
  items: readonly Item[],
  structures: ReadonlySet<string>,
  notes: Note[],
): (Item | Grid)[] {
  const result: (Item | Grid)[] = [];
  let at = 0;
  while (at < items.length) {
    const item = items[at];
    if (item === undefined) break;
    const caption =
      item.kind === "line" && item.bullet === 0 ? CAPTION.exec(item.text.trim().slice(0, 300)) : null;
    const header = headerAt(items, caption === null ? at : at + 1, caption !== null);
    if (header === undefined) {
      result.push(item);
      at++;
      continue;
    }
    const end = endOfTable(items, header.end);
    const lines = items.slice(header.end, end).filter((each) => each.kind === "line");
    result.push({
      kind: "grid",
      line: item.line,
      caption: caption?.[2]?.trim(),
      number: caption === null ? undefined : Number(caption[1]),
      hasTypes: header.columns.includes("type"),
      rows: rowsOf(lines, header.columns, structures, item.line, notes),
    });
    at = end;
  }
  return result;
}

interface Header {
  readonly columns: readonly Column[];
  readonly end: number;
}

/**
 * A header: the name's column, and at least one of the others, one cell a line. Without a caption above it, it must
 * look like one: "名称", "description" are the end of one row and the beginning of the next.
 */
function headerAt(items: readonly Item[], start: number, hasCaption: boolean): Header | undefined {
  const columns: Column[] = [];
  const words: string[] = [];
  let end = start;
  for (; end < items.length && columns.length < 6; end++) {
    const item = items[end];
    const text = item?.kind === "line" && item.bullet === 0 ? item.text.trim() : "";
    const column = columnOf(text);
    if (column === undefined || columns.includes(column)) break;
    columns.push(column);
    words.push(text);
  }
  const looksLikeOne =
    columns.includes("description") &&
    (words.every((word) => /^[A-Z]/.test(word)) || words.every((word) => /^\p{Script=Han}/u.test(word)));
  const isHeader = columns[0] === "name" && columns.length > 1 && (hasCaption || looksLikeOne);
  return isHeader ? { columns, end } : undefined;
}

/** A table ends where the next one begins, or a status, or code. */
function endOfTable(items: readonly Item[], start: number): number {
  for (let at = start; at < items.length; at++) {
    const item = items[at];
    if (item?.kind !== "line") return at;
    if (item.bullet > 0) continue;
    const text = item.text.trim();
    if (STATUS_LINE.test(text.slice(0, 60))) return at;
    if (CAPTION.test(text.slice(0, 300)) && headerAt(items, at + 1, true) !== undefined) return at;
    if (headerAt(items, at, false) !== undefined) return at;
  }
  return items.length;
}

interface Start {
  readonly row: Omit<Row, "description">;
  readonly end: number;
}

function rowsOf(
  lines: readonly Line[],
  columns: readonly Column[],
  structures: ReadonlySet<string>,
  tableLine: number,
  notes: Note[],
): Row[] {
  const rows: { start: Start; description: Line[] }[] = [];
  const rowIn = (at: number) => rowAt(lines, at, columns, structures);
  const isBare = !columns.includes("type") && lines.every((_, at) => rowIn(at) === undefined);
  if (isBare)
    notes.push({
      line: tableLine,
      message: "a table without types whose marks are lost: its rows are known by their names only",
    });
  let at = 0;
  while (at < lines.length) {
    const start = isBare ? bareRowAt(lines, at) : rowIn(at);
    const line = lines[at];
    if (start !== undefined) {
      rows.push({ start, description: [] });
      at = start.end;
    } else {
      const row = rows.at(-1);
      if (row !== undefined && line !== undefined) row.description.push(line);
      else if (line !== undefined)
        notes.push({ line: line.line, message: `no row begins here: "${line.text.trim().slice(0, 60)}"` });
      at++;
    }
  }
  if (rows.length === 0) notes.push({ line: tableLine, message: "a table without a row that is understood" });
  for (const { start, description } of rows)
    noteSuspects(start.row, description, columns.includes("type"), notes);
  return rows.map(({ start, description }) => ({
    ...start.row,
    description: columns.includes("range") ? withRange(description, columns) : description,
  }));
}

/** The cell of the column "value range" stands in front of the description or behind it, as the columns do. */
function withRange(description: readonly Line[], columns: readonly Column[]): readonly Line[] {
  const isFirst = columns.indexOf("range") < columns.indexOf("description");
  const cell = isFirst ? description[0] : description.at(-1);
  if (cell === undefined || cell.bullet > 0) return description;
  const text = plain(cell.text.slice(0, 300));
  // An empty cell has vanished: then this is the description.
  if (!saysNothing(text) && rangeAt(text) === undefined && inlineList(text) === undefined) return description;
  return [...description.filter((line) => line !== cell), ...rangeLines([cell])];
}

const untyped = (name: string, line: number): Start["row"] => ({
  name,
  line,
  required: "unknown",
  requiredLine: line,
  type: { kind: "any", at: line },
  isTyped: false,
});

/** The row that begins with this line, if one does. */
function rowAt(
  lines: readonly Line[],
  at: number,
  columns: readonly Column[],
  structures: ReadonlySet<string>,
): Start | undefined {
  const name = lines[at];
  if (name === undefined || name.bullet > 0) return undefined;
  const text = name.text.length > 140 ? "" : plain(name.text);
  if (!IDENTIFIER.test(text) && !WHOLE.test(text)) return undefined;
  const row = {
    name: text,
    line: name.line,
    required: "unknown" as const,
    requiredLine: name.line,
    isTyped: true,
  };
  const next = lines[at + 1];
  const mark = next === undefined ? undefined : requiredOf(next.text.trim());
  const first = mark === undefined ? next : lines[at + 2];
  const typeLine = mark === undefined ? at + 1 : at + 2;
  const type =
    typeAt(first) ?? (columns.includes("type") ? structureAt(lines, typeLine, structures) : undefined);
  if (first !== undefined && type !== undefined) {
    if (mark !== undefined && next !== undefined)
      return { row: { ...row, required: mark, requiredLine: next.line, type }, end: at + 3 };
    // "Type, Mandatory": the mark stands behind the type.
    const behind = lines[at + 2];
    const late =
      behind === undefined || !columns.includes("required") ? undefined : requiredOf(behind.text.trim());
    return late === undefined || behind === undefined
      ? { row: { ...row, type }, end: at + 2 }
      : { row: { ...row, required: late, requiredLine: behind.line, type }, end: at + 3 };
  }
  // Old tables have no column for the type, and some cells are lost: there the mark decides.
  if (columns.includes("required") && mark !== undefined && next !== undefined && next.bullet === 0) {
    return { row: { ...untyped(text, name.line), required: mark, requiredLine: next.line }, end: at + 2 };
  }
  return undefined;
}

/** Name and description are all that is left of a row: a word alone in its line, and then a sentence. */
function bareRowAt(lines: readonly Line[], at: number): Start | undefined {
  const [name, next] = lines.slice(at, at + 2);
  const isName = (line: Line | undefined) => line?.bullet === 0 && IDENTIFIER.test(line.text.trim());
  return name !== undefined && next !== undefined && isName(name) && !isName(next)
    ? { row: untyped(name.text.trim(), name.line), end: at + 1 }
    : undefined;
}

/** A structure that is named without "object". It is no type if it is a name itself, with its type behind it. */
function structureAt(
  lines: readonly Line[],
  at: number,
  structures: ReadonlySet<string>,
): TypeCell | undefined {
  const [line, ...behind] = lines.slice(at, at + 3);
  if (line === undefined || line.bullet > 0 || line.text.length > 140) return undefined;
  const [next, last] = behind;
  const isName = typeAt(next) !== undefined || (requiredOf(next?.text.trim() ?? "") && typeAt(last));
  return isName ? undefined : typeIn(plain(line.text), line.line, structures);
}
