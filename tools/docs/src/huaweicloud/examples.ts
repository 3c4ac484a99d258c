import type { Example, Note } from "../facts.ts";
import type { Item } from "../page/item.ts";
import { jsonAt } from "../page/json.ts";
import { STATUS_LINE } from "../page/words.ts";

/** The JSON of a section of examples, each under its status. */
export function examplesIn(items: readonly Item[], of: Example["of"], notes: Note[]): Example[] {
  const examples: Example[] = [];
  let status: string | undefined;
  for (let at = 0; at < items.length; at++) {
    const item = items[at];
    if (item === undefined || item.kind === "table") continue;
    status = STATUS_LINE.exec(item.text.trim().slice(0, 60))?.[1] ?? status;
    if (!/^\s*[{[]/.test(item.text.slice(0, 200))) continue;
    const json = jsonAt(items.slice(at));
    if (json === undefined) {
      notes.push({ line: item.line, message: "an example that is no JSON; it is not read" });
      break;
    }
    examples.push({
      of,
      status: of === "request" ? undefined : (status ?? "200"),
      at: json.line,
      value: json.value,
    });
    at += json.items - 1;
  }
  return examples;
}
