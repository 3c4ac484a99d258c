import type { Item, Line } from "./item.ts";
import { linesOf } from "./normalise.ts";

const BULLET = /^[•·▪◦●○‣]\s?/;

/** The blocks of a page that was saved as text: every paragraph, cell and bullet is a line. */
export function textItems(source: string): Item[] {
  const items: Item[] = [];
  linesOf(source).forEach((raw, index) => {
    const text = raw.trimEnd();
    if (text.trim() === "") return;
    items.push(lineOf(text, index + 1));
  });
  return items;
}

/** The text keeps its indentation: code and JSON follow from it. */
function lineOf(text: string, line: number): Line {
  const trimmed = text.trimStart();
  if (!BULLET.test(trimmed)) return { kind: "line", text, line, bullet: 0 };
  const indent = text.length - trimmed.length;
  return {
    kind: "line",
    text: trimmed.replace(BULLET, ""),
    line,
    bullet: 1 + Math.floor(Math.max(0, indent - 2) / 2),
  };
}
