import { type CellTable, tableAt } from "./cell-tables.ts";
import type { Item } from "./item.ts";
import { normalise } from "./normalise.ts";
import { textItems } from "./text.ts";

const RULE = /^[\s|:-]*$/;

/**
 * The blocks of a page whose tables have one cell a line, each with a bar behind it. A table whose bars add up is read
 * as one; without them this is saved text, where rows are known by what they say.
 */
export function cellItems(source: string): Item[] {
  const lines = normalise(source).split(/\r\n|\r|\n/);
  const items: Item[] = [];
  const budget = { lines: 4 * lines.length };
  let at = 0;
  while (at < lines.length) {
    const found: CellTable | undefined = tableAt(lines, at, budget);
    if (found === undefined) {
      items.push(...lineItems(lines[at] ?? "", lines[at + 1], at + 1));
      at++;
    } else {
      items.push(found.table);
      at = found.end;
    }
  }
  return items;
}

function lineItems(line: string, next: string | undefined, number: number): Item[] {
  if (RULE.test(line)) return [];
  const isCell = /\|\s{0,10}$/.test(line.slice(-12)) || isHeader(line, next);
  const cells = isCell ? line.split("|") : [line.replace(/^#{1,6} /, "")];
  return cells.flatMap((cell) => textItems(cell)).map((item) => ({ ...item, line: number }));
}

/** The header may stand on one line above the rule. */
const isHeader = (line: string, next = ""): boolean =>
  line.includes("|") && next.includes("-") && RULE.test(next);
