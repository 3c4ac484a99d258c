import type { Fact } from "../facts.ts";
import type { Item } from "../page/item.ts";
import { textOf } from "../page/item.ts";

/** The codes of the list of statuses. */
export function statusesIn(items: readonly Item[]): Fact<string>[] {
  return items.flatMap((item): Fact<string>[] => {
    switch (item.kind) {
      case "line": {
        const [, code] = /^(?:正常\s?|normal\s?)?(\d{3})(?:\s|$)/i.exec(item.text.trim().slice(0, 60)) ?? [];
        return code === undefined || item.bullet > 0 ? [] : [{ value: code, at: item.line }];
      }
      case "table":
        return item.rows.flatMap(([cell]) => {
          const [, code] = /^(\d{3})(?:\s|$)/.exec(textOf(cell)) ?? [];
          return code === undefined || cell === undefined ? [] : [{ value: code, at: cell.line }];
        });
      default:
        return [];
    }
  });
}
