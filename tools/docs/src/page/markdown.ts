import MarkdownIt, { type Token } from "markdown-it";
import type { Cell, Item, Line } from "./item.ts";
import { normalise, plain } from "./normalise.ts";
import { columnOf } from "./words.ts";

const parser = new MarkdownIt({ html: true, linkify: false });

/** The blocks of a page that was saved as Markdown. */
export function markdownItems(source: string): Item[] {
  const items: Item[] = [];
  const { lines, numbers } = joinRows(source.split(/\r\n|\r|\n/));
  let depth = 0;
  let row: Cell[] | undefined;
  let table: { line: number; rows: Cell[][] } | undefined;
  let line = 1;
  for (const token of parser.parse(lines.join("\n"), {})) {
    line = token.map === null ? line : (numbers[token.map[0]] ?? line);
    switch (token.type) {
      case "list_item_open":
        depth++;
        break;
      case "list_item_close":
        depth--;
        break;
      case "table_open":
        table = { line, rows: [] };
        break;
      case "tr_open":
        row = [];
        break;
      case "tr_close":
        if (table !== undefined && row !== undefined) table.rows.push(row);
        row = undefined;
        break;
      case "table_close":
        if (table !== undefined) items.push({ kind: "table", caption: undefined, ...table });
        table = undefined;
        break;
      case "fence":
      case "code_block":
        items.push({
          kind: "code",
          line: token.type === "fence" ? line + 1 : line,
          text: normalise(token.content),
        });
        break;
      case "html_block":
        for (const each of htmlLines(token.content, line)) items.push(each);
        break;
      case "inline": {
        // JSON outside of a fence is not to lose its underscores and asterisks.
        const isJson = row === undefined && /^\s*[{[]/.test(token.content);
        const text = isJson ? token.content : textOf(token.children ?? []);
        // One by one: a paragraph may have more lines than a call takes arguments.
        if (row === undefined) for (const each of split(text, line, depth, true)) items.push(each);
        else row.push({ line, lines: split(text, line, 0, false) });
        break;
      }
    }
  }
  return items;
}

/** No row goes on for longer. */
const ROW_LINES = 200;

/**
 * Some renderings break a cell into paragraphs, and leave out the rule below a header: neither is a table in Markdown.
 * Puts such rows back on one line, and says which line of the page each line is.
 */
function joinRows(source: readonly string[]): { lines: string[]; numbers: number[] } {
  const lines: string[] = [];
  const numbers: number[] = [];
  let isTable = false;
  let isFence = false;
  for (let at = 0; at < source.length; at++) {
    const line = (source[at] ?? "").trimEnd();
    if (/^\s{0,3}(?:```|~~~)/.test(line)) isFence = !isFence;
    const isRow = !isFence && /^\s{0,3}\|/.test(line);
    const end = isRow && !line.endsWith("|") ? endOfRow(source, at) : at;
    const parts = source.slice(at, end + 1).map((part) => part.trim());
    lines.push(end === at ? line : parts.filter((part) => part !== "").join("<br>"));
    numbers.push(at + 1);
    const isRuled = /^[\s|:-]*-[\s|:-]*$/.test(source[end + 1] ?? "");
    if (isRow && !isTable && !isRuled && isHeader(line)) {
      lines.push(line.replace(/[^|]+/g, "---"));
      numbers.push(at + 1);
    }
    isTable = isRow;
    at = end;
  }
  return { lines, numbers };
}

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

const KNOWN_TAG =
  /^<\/?(?:a|b|strong|i|em|u|span|div|p|ul|ol|sup|sub|code|font|img|input|table|t[rdh]|thead|tbody|small)\b/i;

/** What a reader sees, with a line break where he sees one. */
function textOf(tokens: readonly Token[]): string {
  return tokens
    .map(({ type, content }) => {
      switch (type) {
        case "softbreak":
        case "hardbreak":
          return "\n";
        case "html_inline":
          if (/^<(?:br|\/p|p)\b/i.test(content)) return "\n";
          if (/^<li\b/i.test(content)) return "\n- ";
          if (/^<\/li\b/i.test(content)) return "\n";
          // A type like "Array<string>" looks like HTML.
          return KNOWN_TAG.test(content) ? "" : content;
        default:
          return content;
      }
    })
    .join("");
}

const htmlLines = (html: string, line: number): Line[] =>
  split(html.replace(/<[^<>]{0,2000}>/g, "\n"), line, 0, true);

/** Lines of a text; those that begin with a dash are bullets. */
function split(text: string, line: number, depth: number, isCounted: boolean): Line[] {
  return normalise(text)
    .split("\n")
    .map((each, index): Line => {
      const trimmed = each.trim();
      const [, bullet] = /^[-*•·]\s(.*)$/.exec(trimmed) ?? [];
      return {
        kind: "line",
        text: bullet ?? (depth > 0 ? trimmed : each.trimEnd()),
        line: isCounted ? line + index : line,
        bullet: depth + (bullet === undefined ? 0 : 1),
      };
    })
    .filter((each) => each.text.trim() !== "");
}
