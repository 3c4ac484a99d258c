import type { Cell, Line, Table } from "./item.ts";
import { plain } from "./normalise.ts";
import { parseType } from "./type.ts";
import { type Column, columnOf, HEADING, IDENTIFIER, WHOLE, withoutMarks } from "./words.ts";

/** A table put together from lines that end in bars. */
export interface CellTable {
  readonly table: Table;
  /** The first line behind it. */
  readonly end: number;
}

/** How many lines may still be read for tables that are none: a hostile page must not cost more than its length. */
export interface Budget {
  lines: number;
}

interface Head {
  readonly cells: readonly Cell[];
  readonly columns: readonly (Column | undefined)[];
  /** Whether each row begins with a bar, and not only each cell ends in one. */
  readonly hasLead: boolean;
  readonly end: number;
}

const RULE = /^[\s|:]*-[\s|:-]*$/;
/** Longer than any header, or any row. */
const HEAD_LINES = 14;
const ROW_LINES = 400;

/**
 * The table that begins in a line, if its bars add up: as many in every row as the header has columns. Renderings move
 * cells that are empty to the end of their row, so rows that lack some keep only what they have.
 */
export function tableAt(lines: readonly string[], at: number, budget: Budget): CellTable | undefined {
  const head = budget.lines < 0 ? undefined : headAt(lines, at);
  if (head === undefined) return undefined;
  const isSeparated = !head.hasLead && (lines[head.end] ?? "").trim() === "|";
  const ways: readonly (() => Rows | undefined)[] = isSeparated
    ? [() => countedRows(lines, head, true), () => separatedRows(lines, head)]
    : [() => countedRows(lines, head, head.hasLead)];
  for (const way of ways) {
    const found = way();
    budget.lines -= (found?.end ?? at) - at;
    // What goes on behind the table in the same form is a row that was not understood.
    if (found === undefined || found.rows.length === 0 || goesOn(lines, found.end)) continue;
    if (!found.rows.every((row) => isRow(row, head.columns))) continue;
    const rows = [head.cells, ...found.rows];
    budget.lines += found.end - at;
    return { table: { kind: "table", line: at + 1, caption: undefined, rows }, end: found.end };
  }
  return undefined;
}

/** The header: known by its words, or by the rule under it. */
function headAt(lines: readonly string[], start: number): Head | undefined {
  const first = lines[start]?.trim() ?? "";
  if (!first.includes("|") || RULE.test(first)) return undefined;
  const hasLead = first.startsWith("|");
  const cells: Cell[] = [];
  let isKnown = true;
  let known: { count: number; end: number } | undefined;
  for (let at = start; at < Math.min(lines.length, start + HEAD_LINES); at++) {
    const line = (lines[at] ?? "").trim();
    if (line === "") continue;
    if (RULE.test(line)) {
      const ruled = line.split("|").filter((part) => part.includes("-")).length;
      return ruled > 1 && ruled === cells.length ? headOf(cells, hasLead, at + 1) : undefined;
    }
    if (!line.endsWith("|") || line.length > 300) break;
    const parts = barred(at === start && hasLead ? line.slice(1) : line).slice(0, -1);
    isKnown &&= parts.every((part) => columnOf(plain(part)) !== undefined);
    cells.push(...parts.map((part) => cellOf([{ text: part, line: at + 1 }], at + 1)));
    if (isKnown && parts.length > 0) known = { count: cells.length, end: at + 1 };
    if (cells.length > 8) break;
  }
  return known === undefined ? undefined : headOf(cells.slice(0, known.count), hasLead, known.end);
}

function headOf(cells: readonly Cell[], hasLead: boolean, end: number): Head | undefined {
  const columns = cells.map(({ lines }) => columnOf(plain(lines[0]?.text ?? "")));
  return cells.length > 1 ? { cells, columns, hasLead, end } : undefined;
}

interface Rows {
  readonly rows: readonly (readonly Cell[])[];
  readonly end: number;
}

/** Rows with as many bars as the header has columns. */
function countedRows(lines: readonly string[], { cells: { length }, end }: Head, hasLead: boolean): Rows {
  const rows: (readonly Cell[])[] = [];
  let at = end;
  while (at < lines.length) {
    const line = (lines[at] ?? "").trim();
    if (line === "" || RULE.test(line)) {
      at++;
      continue;
    }
    if (!line.includes("|") || (hasLead && !line.startsWith("|"))) break;
    // The next table follows without anything between them.
    if (isTable(lines, at)) break;
    const row = countedRow(lines, at, length, hasLead);
    if (row === undefined) break;
    rows.push(row.cells);
    at = row.end;
  }
  return { rows, end: at };
}

function countedRow(
  lines: readonly string[],
  start: number,
  bars: number,
  hasLead: boolean,
): { cells: readonly Cell[]; end: number } | undefined {
  const cells: Cell[] = [];
  let open: { text: string; line: number }[] = [];
  for (let at = start; at < Math.min(lines.length, start + ROW_LINES); at++) {
    const line = (lines[at] ?? "").trim();
    const parts = barred(at === start && hasLead ? line.replace(/^\|/, "") : line);
    for (const [index, text] of parts.entries()) {
      open.push({ text, line: at + 1 });
      if (index === parts.length - 1) break;
      cells.push(cellOf(open, at + 1));
      open = [];
    }
    if (cells.length > bars) return undefined;
    if (cells.length === bars) {
      const isWhole = cells.every((cell) => cell.lines.length > 0);
      const isEnd = open.every(({ text }) => text.trim() === "");
      return isEnd
        ? { cells: isWhole ? cells : cells.filter((cell) => cell.lines.length > 0), end: at + 1 }
        : undefined;
    }
  }
  return undefined;
}

/** Rows with a line between them that holds a bar and nothing else; cells that are empty have vanished. */
function separatedRows(lines: readonly string[], { cells: { length }, end }: Head): Rows | undefined {
  const rows: Cell[][] = [];
  let open: { text: string; line: number }[] = [];
  let at = end;
  for (; at < lines.length; at++) {
    const line = (lines[at] ?? "").trim();
    const row = rows.at(-1);
    if (line === "|") {
      if (open.length > 0) return undefined;
      if (isTable(lines, at)) break;
      rows.push([]);
      continue;
    }
    const isFresh = open.length === 0 && (row?.length ?? 0) > 0;
    // The next table; or a paragraph behind this one: a cell of several lines ends in a bar further down.
    if (isFresh && (isTable(lines, at) || (!line.includes("|") && !endsInBar(lines, at)))) break;
    if (row === undefined || row.length > length) return undefined;
    const parts = barred(line);
    for (const [index, text] of parts.entries()) {
      if (text.trim() !== "" || index < parts.length - 1) open.push({ text, line: at + 1 });
      if (index === parts.length - 1) break;
      row.push(cellOf(open, at + 1));
      open = [];
    }
  }
  return open.some(({ text }) => text.trim() !== "") ? undefined : { rows, end: at };
}

/** Whether the next table of parameters begins here. */
function isTable(lines: readonly string[], at: number): boolean {
  const first = (lines[at] ?? "").trim().replace(/^\|/, "").split("|")[0] ?? "";
  const isName = first.trim() === "" || columnOf(plain(first)) === "name";
  return isName && headAt(lines, at)?.columns[0] === "name";
}

/** Whether a row begins here, with a bar in front of it or without. */
function goesOn(lines: readonly string[], at: number): boolean {
  const hasBar = (lines[at] ?? "").trim() === "|" && headAt(lines, at) === undefined;
  return endsInBar(lines, hasBar ? at + 1 : at);
}

/** Whether the cell that begins here ends before the next row does. */
function endsInBar(lines: readonly string[], start: number): boolean {
  for (let at = start; at < Math.min(lines.length, start + 60); at++) {
    const line = (lines[at] ?? "").trim();
    if (line === "" || line === "|" || HEADING.test(line) || headAt(lines, at) !== undefined) return false;
    if (line.endsWith("|")) return true;
  }
  return false;
}

/** What stands between the bars of a line; a bar behind a backslash is text. */
const barred = (line: string): string[] => line.split(/(?<!\\)\|/).map((part) => part.replaceAll("\\|", "|"));

function cellOf(parts: readonly { readonly text: string; readonly line: number }[], line: number): Cell {
  const lines = parts
    .filter(({ text }) => text.trim() !== "")
    .map(({ text, line }): Line => {
      const [, bullet] = /^[-*•·]\s+(.*)$/.exec(text.trim()) ?? [];
      return { kind: "line", text: bullet ?? text.trim(), line, bullet: bullet === undefined ? 0 : 1 };
    });
  return { line: lines[0]?.line ?? line, lines };
}

/** Whether a row of parameters begins as one does: with a name, or, where the name is lost, with a type. */
function isRow(cells: readonly Cell[], columns: readonly (Column | undefined)[]): boolean {
  if (columns[0] !== "name") return true;
  const [first] = cells;
  const text = first === undefined || first.lines.length > 1 ? "" : plain(first.lines[0]?.text ?? "");
  return (
    cells.length === 0 ||
    IDENTIFIER.test(withoutMarks(text)) ||
    WHOLE.test(text) ||
    parseType(text, first?.line ?? 0) !== undefined
  );
}
