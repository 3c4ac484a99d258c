import MarkdownIt, { type Token } from "markdown-it";
import type { Cell, Item, Line } from "./item.ts";
import { joinRows } from "./markdown-rows.ts";
import { normalise } from "./normalise.ts";

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
        // JSON outside of a fence is not to lose its underscores and asterisks. A link begins with a bracket, too.
        const isJson = row === undefined && /^\s*(?:\{|\[(?![^[\]\n]{1,300}\]\())/.test(token.content);
        const text = isJson ? token.content : textOf(token.children ?? []);
        // One by one: a paragraph may have more lines than a call takes arguments.
        if (row === undefined) for (const each of split(text, line, depth, true)) items.push(each);
        else row.push({ line, lines: split(text.replace(GLUED, "\n"), line, 0, false) });
        break;
      }
    }
  }
  return items;
}

const KNOWN_TAG =
  /^<\/?(?:a|b|strong|i|em|u|span|div|p|ul|ol|sup|sub|code|font|img|input|table|t[rdh]|thead|tbody|small)\b/i;

/** Renderings of cells on one line let a list begin in the line of what introduces it. */
const GLUED = /(?<=\S)\s?(?=-\s{3}\S)/g;

/** A link to a file whose name has spaces, which is none in Markdown. */
const LOOSE_LINK = /\[([^[\]\n]{1,200})\]\([^()\n]{1,300}\.md(?:#[^()\s]{0,100})?\)/g;

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
    .join("")
    .replace(LOOSE_LINK, "$1");
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
