import { plain } from "./normalise.ts";
import { CAPTION, columnOf, STATUS_LINE } from "./words.ts";

/** No row goes on for longer. */
const ROW_LINES = 200;

const RULE = /^[\s|:-]*-[\s|:-]*$/;

/**
 * Some renderings break a cell into paragraphs, leave out the rule below a header, or let a caption follow a table
 * without a blank line: none of it is a table in Markdown. Puts such rows back on one line, ends tables where they end,
 * and says which line of the page each line is.
 */
export function joinRows(source: readonly string[]): { lines: string[]; numbers: number[] } {
  const lines: string[] = [];
  const numbers: number[] = [];
  const push = (text: string, at: number): void => {
    lines.push(text);
    numbers.push(at + 1);
  };
  let isTable = false;
  let isFence = false;
  /** How many bars stand in each row of a table whose rows have none at their ends; nothing outside of one. */
  let bars: number | undefined;
  for (let at = 0; at < source.length; at++) {
    const line = (source[at] ?? "").trimEnd();
    if (/^\s{0,3}(?:```|~~~)/.test(line)) isFence = !isFence;
    const isRow = !isFence && /^\s{0,3}\|/.test(line);
    if (!isFence && RULE.test(line) && line.includes("|"))
      bars = /^\s*\|/.test(line) ? undefined : line.split("|").length - 1;
    if (bars !== undefined && !isFence) {
      // Bullets and blank lines within the last cell of a row.
      if (/^\s{0,8}[*+-]\s/.test(line)) {
        lines[lines.length - 1] += `<br>- ${line.trim().slice(2).trim()}`;
        continue;
      }
      if (line === "" && barsIn(source[at + 1]) === bars && !RULE.test(source[at + 2] ?? "")) continue;
      if (line === "") bars = undefined;
    }
    // A row without bars would be one of the table.
    const isBehind = isTable && line !== "" && !line.includes("|");
    if (isBehind || (bars !== undefined && isTitle(line))) {
      push("", at);
      bars = undefined;
    }
    const end = isRow && !line.endsWith("|") ? endOfRow(source, at) : at;
    const parts = source.slice(at, end + 1).map((part) => part.trim());
    push(end === at ? line : parts.filter((part) => part !== "").join("<br>"), at);
    const isRuled = RULE.test(source[end + 1] ?? "");
    if (isRow && !isTable && !isRuled && isHeader(line)) push(line.replace(/[^|]+/g, "---"), at);
    isTable = isRow;
    at = end;
  }
  return { lines, numbers };
}

/** What stands between tables: the caption of the next one, or a status. */
const isTitle = (line: string): boolean =>
  CAPTION.test(plain(line.slice(0, 300))) || STATUS_LINE.test(plain(line.slice(0, 60)));

const barsIn = (line = ""): number => (/^\s*\|/.test(line) ? 0 : line.split("|").length - 1);

const isHeader = (line: string): boolean => {
  const cells = line.split("|").filter((cell) => cell.trim() !== "");
  return cells.length > 1 && cells.every((cell) => columnOf(plain(cell)) !== undefined);
};

/** Where a row ends that does not end in its line; there, if it ends nowhere. */
function endOfRow(source: readonly string[], start: number): number {
  for (let at = start + 1; at < Math.min(source.length, start + ROW_LINES); at++) {
    const line = (source[at] ?? "").trim();
    if (/^(?:#{1,6} |```)/.test(line) || /^\|[^|]*\S/.test(line)) return start;
    if (line.endsWith("|")) return at;
  }
  return start;
}
