import type { Rendering } from "../facts.ts";
import { cellItems } from "./cells.ts";
import { htmlItems } from "./html.ts";
import type { Item } from "./item.ts";
import { markdownItems } from "./markdown.ts";
import { plain } from "./normalise.ts";
import { snippetLines } from "./snippet.ts";
import { textItems } from "./text.ts";
import { CAPTION } from "./words.ts";

/** How a page was saved. */
export function renderingOf(source: string): Rendering {
  const start = source.slice(0, 4_000_000);
  if (/<(?:!doctype html|html|body|table|h[1-6])[\s>]/i.test(start)) return "html";
  const rule = /^[ \t]{0,3}(\|?)[ \t]{0,3}:?-{2,}:?[ \t]{0,3}\|/m.exec(start);
  if (rule !== null) return rule[1] === "|" || hasWideRows(start) ? "markdown" : "cells";
  const lines = start.split("\n").filter((line) => line.trim() !== "");
  return lines.length < 12 && start.length > 400 ? "snippet" : "text";
}

/** Rows with their cells on one line. */
const hasWideRows = (source: string): boolean =>
  /^[^|\n]{1,500}\|[^|\n]{0,500}\|[^|\n]*[^|\s]/m.test(source.replace(/^[\s|:-]*$/gm, ""));

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
      return markdownItems(source);
    case "cells":
      return cellItems(source);
    case "snippet":
      return textItems(snippetLines(source));
    default:
      return textItems(source);
  }
}
