import type { Note } from "../facts.ts";
import type { Item } from "../page/item.ts";
import { plain } from "../page/normalise.ts";
import { STATUS_LINE } from "../page/words.ts";
import { endpointIn } from "./endpoint.ts";
import { roleOf } from "./tables.ts";

/** What stands between tables and states nothing: nothing, a heading once more below its own, "see table 3". */
const KNOWN = [
  STATUS_LINE,
  /^(?:无|none|n\/a|不涉及)[。.]?$/i,
  /^(?:请求|响应|返回)(?:参数|消息|要素)?$/,
  /^(?:requests?|responses?)(?: (?:parameters?|messages?|elements?))?$/i,
  // Method and path, each in a cell of its own.
  /^(?:请求方法|method|\/\S{1,500})$/i,
  /^(?:参数说明|uri\s?格式|uri format|parameter descriptions?)$/i,
  /(?:表|\btable)\s?\d/i,
];

/** Between the tables of a section there are captions and a few words; anything else is told. */
export function tellLoose(item: Item, section: string, notes: Note[]): void {
  if (item.kind === "code") return;
  if (item.kind === "table") {
    notes.push({
      line: item.line,
      message: `a table in the section ${section} whose columns are not known`,
    });
    return;
  }
  const text = plain(item.text.slice(0, 300));
  const isKnown =
    endpointIn([item]) !== undefined || roleOf(text) !== "unknown" || KNOWN.some((words) => words.test(text));
  if (!isKnown) notes.push({ line: item.line, message: `in the section ${section}: "${text.slice(0, 60)}"` });
}
