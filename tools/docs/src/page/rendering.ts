import type { Rendering } from "../facts.ts";
import { cellItems } from "./cells.ts";
import { htmlItems } from "./html.ts";
import type { Item } from "./item.ts";
import { mixedItems } from "./mixed.ts";
import { plain } from "./normalise.ts";
import { snippetItems } from "./snippet.ts";
import { textItems } from "./text.ts";
import { CAPTION, columnOf } from "./words.ts";

/** How a page was saved. */
export function renderingOf(source: string): Rendering {
  const start = source.slice(0, 4_000_000);
  if (/<(?:!doctype html|html|body|h[1-6])[\s>]/i.test(start)) return "html";
  if (/<table[\s>]/i.test(start)) return /^#{1,6} \S/m.test(start) ? "markdown" : "html";
  const bars = barsOf(start);
  if (bars !== undefined) return bars;
  const lines = start.split("\n").filter((line) => line.trim() !== "");
  return lines.length < 12 && start.length > 400 ? "snippet" : "text";
}

/** Tables with bars: rows that begin and end with one are Markdown's; otherwise a bar stands behind each cell. */
function barsOf(source: string): "markdown" | "cells" | undefined {
  let rule: string | undefined;
  let isAfterColumn = false;
  for (const line of source.split(/\r\n|\r|\n/)) {
    const text = line.trim();
    if (text.length > 2000 || !text.includes("|")) {
      if (text !== "") isAfterColumn = false;
      continue;
    }
    if (/^\|?[\s:]*-{2,}[\s:]*\|[\s|:-]*$/.test(text)) {
      rule ??= text;
      continue;
    }
    const cells = text.split("|").filter((part) => part.trim() !== "");
    const columns = cells.filter((cell) => columnOf(plain(cell)) !== undefined);
    const isHeader = columns.length === cells.length && columns.length > 0;
    if (isHeader && columns.length > 1) return text.startsWith("|") ? "markdown" : "cells";
    if (isHeader && isAfterColumn) return "cells";
    isAfterColumn = isHeader || (isAfterColumn && cells.length === 0);
  }
  if (rule === undefined) return undefined;
  return rule.startsWith("|") ? "markdown" : "cells";
}

/** The blocks of a page. */
export const itemsOf = (source: string, rendering: Rendering): Item[] =>
  withCaptions(blocksOf(source, rendering));

/** A caption may stand in the line above its table. */
function withCaptions(items: readonly Item[]): Item[] {
  const result: Item[] = [];
  for (const item of items) {
    const above = result.at(-1);
    const isCaption = above?.kind === "line" && above.text.length < 200 && CAPTION.test(plain(above.text));
    if (item.kind === "table" && item.caption === undefined && isCaption) {
      result.pop();
      result.push({ ...item, caption: plain(above.text) });
    } else result.push(item);
  }
  return result;
}

function blocksOf(source: string, rendering: Rendering): Item[] {
  switch (rendering) {
    case "html":
      return htmlItems(source);
    case "markdown":
      return mixedItems(source);
    case "cells":
      return cellItems(source);
    case "snippet":
      return snippetItems(source);
    default:
      return textItems(source);
  }
}
