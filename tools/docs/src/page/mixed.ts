import { htmlItems } from "./html.ts";
import type { Cell, Item } from "./item.ts";
import { markdownItems } from "./markdown.ts";

/**
 * The blocks of a page that was saved as Markdown. Its tables may be HTML, with cells of several paragraphs: those are
 * read as HTML, and what stands between them as Markdown.
 */
export function mixedItems(source: string): Item[] {
  const lines = source.split(/\r\n|\r|\n/);
  const items: Item[] = [];
  const read = (from: number, end: number, reader: (part: string) => Item[]): void => {
    if (end > from)
      for (const item of reader(lines.slice(from, end).join("\n"))) items.push(shifted(item, from));
  };
  let from = 0;
  for (let at = 0; at < lines.length; at++) {
    if (!/^\s{0,20}(?:<a\b[^<>]{0,200}><\/a>\s?){0,4}<table\b/i.test(lines[at] ?? "")) continue;
    const end = endOfTable(lines, at);
    if (end === undefined) break;
    read(from, at, markdownItems);
    read(at, end, htmlItems);
    from = end;
    at = end - 1;
  }
  read(from, lines.length, markdownItems);
  return items;
}

/** The line behind the one that closes the table; nothing if none does. */
function endOfTable(lines: readonly string[], start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < lines.length; at++) {
    for (const [tag] of (lines[at] ?? "").matchAll(/<\/?table\b/gi)) depth += tag.startsWith("</") ? -1 : 1;
    if (depth <= 0) return at + 1;
  }
  return undefined;
}

/** What a part of a page has in its first line stands further down on the page. */
function shifted(item: Item, by: number): Item {
  if (item.kind !== "table") return { ...item, line: item.line + by };
  const cell = ({ line, lines }: Cell): Cell => ({
    line: line + by,
    lines: lines.map((each) => ({ ...each, line: each.line + by })),
  });
  return { ...item, line: item.line + by, rows: item.rows.map((row) => row.map(cell)) };
}
