import type { Example, Note } from "../facts.ts";
import type { Item } from "../page/item.ts";
import { jsonAt } from "../page/json.ts";
import { STATUS_LINE } from "../page/words.ts";

/**
 * The JSON of a section of examples, each under its status.
 *
 * @param success the status of those under none
 */
export function examplesIn(
  all: readonly Item[],
  of: Example["of"],
  success: string,
  notes: Note[],
): Example[] {
  const items = all.flatMap(withoutAddress);
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
      status: of === "request" ? undefined : (status ?? success),
      at: json.line,
      value: json.value,
    });
    at += json.items - 1;
  }
  return examples;
}

/** In HTML and Markdown an address, or the head of an answer, and the body below it are one block. */
function withoutAddress(item: Item): readonly Item[] {
  if (item.kind !== "code") return [item];
  const lines = item.text.split("\n");
  const start = lines.findIndex((line) => line.trim() !== "" && !ADDRESS.test(line.slice(0, 2000)));
  if (start < 1) return [item];
  return [{ ...item, line: item.line + start, text: lines.slice(start).join("\n") }];
}

const ADDRESS =
  /^\s*(?:(?:GET|PUT|POST|DELETE|PATCH|HEAD)\s|https?:|HTTP\/\d|[A-Z][A-Za-z-]{1,40}(?: [A-Za-z]{1,20}){0,3}:\s?[^\s{["])/;
