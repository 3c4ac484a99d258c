import MarkdownIt, { type Token } from "markdown-it";
import type { Cell, Item, Line } from "./item.ts";
import { normalise } from "./normalise.ts";

const parser = new MarkdownIt({ html: true, linkify: false });

/** The blocks of a page that was saved as Markdown. */
export function markdownItems(source: string): Item[] {
  const items: Item[] = [];
  const lines = source.split(/\r\n|\r|\n/);
  let depth = 0;
  let row: Cell[] | undefined;
  let table: { line: number; rows: Cell[][] } | undefined;
  let line = 1;
  for (const token of parser.parse(lines.join("\n"), {})) {
    line = token.map === null ? line : token.map[0] + 1;
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
        items.push(...htmlLines(token.content, line));
        break;
      case "inline": {
        // JSON outside of a fence is not to lose its underscores and asterisks.
        const isJson = row === undefined && /^\s*[{[]/.test(token.content);
        const text = isJson ? token.content : textOf(token.children ?? []);
        if (row === undefined) items.push(...split(text, line, depth, true));
        else row.push({ line, lines: split(text, line, 0, false) });
        break;
      }
    }
  }
  return items;
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
