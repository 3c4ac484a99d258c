import type { Item } from "./item.ts";
import { textItems } from "./text.ts";

const RULE = /^[\s|:-]*$/;

/**
 * The blocks of a page whose tables have one cell a line, each with a bar behind it. Without the bars this is saved
 * text, where rows are known by what they say.
 */
export function cellItems(source: string): Item[] {
  const lines = source.split(/\r\n|\r|\n/);
  return lines.flatMap((line, index): Item[] => {
    if (RULE.test(line)) return [];
    const isCell = /\|\s{0,10}$/.test(line.slice(-12)) || isHeader(line, lines[index + 1]);
    const cells = isCell ? line.split("|") : [line];
    return cells.flatMap((cell) => textItems(cell)).map((item) => ({ ...item, line: index + 1 }));
  });
}

/** The header may stand on one line above the rule. */
const isHeader = (line: string, next = ""): boolean =>
  line.includes("|") && next.includes("-") && RULE.test(next);
