import type { Fact } from "../facts.ts";
import type { Item } from "../page/item.ts";
import { textOf } from "../page/item.ts";

const CODE = /^(?:正常\s?|异常\s?|normal\s?|abnormal\s?)?(\d{3}|default)(?:\s|$)/i;

/** The codes of the list of statuses. */
export function statusesIn(items: readonly Item[]): Fact<string>[] {
  return items.flatMap((item): Fact<string>[] => {
    switch (item.kind) {
      case "line": {
        const [, code] = CODE.exec(item.text.trim().slice(0, 60)) ?? [];
        return code === undefined || item.bullet > 0 ? [] : [{ value: code, at: item.line }];
      }
      case "table":
        // Older tables begin a row with "normal" or "abnormal".
        return item.rows.flatMap((row) => {
          const cell = row.slice(0, 2).find((each) => CODE.test(textOf(each)));
          const [, code] = CODE.exec(textOf(cell)) ?? [];
          return code === undefined || cell === undefined ? [] : [{ value: code, at: cell.line }];
        });
      default:
        return [];
    }
  });
}
