import type { Fact } from "../facts.ts";
import { type Item, textOf } from "../page/item.ts";
import { plain } from "../page/normalise.ts";

export interface Endpoint {
  readonly method: Fact<string>;
  readonly path: Fact<string>;
}

const LINE =
  /^(?:URI\s?:\s?)?(GET|PUT|POST|DELETE|PATCH|HEAD|OPTIONS)\s{0,5}:?\s{0,5}((?:https?:\/)?\/\S{1,500}?)(?:\sHTTP\/\d(?:\.\d)?)?[。;]?$/;
const METHOD = /^(?:GET|PUT|POST|DELETE|PATCH|HEAD|OPTIONS)$/;
const HOST = /^https?:\/\/[^/]{1,200}/;

/** The line with method and path; older pages put a host before the path, and the query behind it. */
export function endpointIn(items: readonly Item[]): Endpoint | undefined {
  for (const { text, line } of items.flatMap(linesIn)) {
    const [, method, address] = text.length > 600 ? [] : (LINE.exec(plain(text)) ?? []);
    if (method === undefined || address === undefined) continue;
    const path = address.replace(HOST, "").split("?")[0] ?? "";
    if (path.startsWith("/")) return { method: { value: method, at: line }, path: { value: path, at: line } };
  }
  return undefined;
}

/** Old pages have method and path in two cells: one below the other in saved text. */
function linesIn(item: Item, index: number, items: readonly Item[]): { text: string; line: number }[] {
  if (item.kind === "table")
    return item.rows.map((row) => ({ text: row.map(textOf).join(" "), line: row[0]?.line ?? item.line }));
  const next = items[index + 1];
  const isPair =
    next?.kind === "line" && METHOD.test(item.text.trim()) && /^\/\S{0,500}$/.test(next.text.trim());
  return [{ text: isPair ? `${item.text.trim()} ${next.text.trim()}` : item.text, line: item.line }];
}
