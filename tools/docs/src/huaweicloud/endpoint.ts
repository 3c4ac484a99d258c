import type { Fact } from "../facts.ts";
import type { Item } from "../page/item.ts";
import { plain } from "../page/normalise.ts";

export interface Endpoint {
  readonly method: Fact<string>;
  readonly path: Fact<string>;
}

const LINE =
  /^(?:URI\s?:\s?)?(GET|PUT|POST|DELETE|PATCH|HEAD|OPTIONS)\s{0,5}:?\s{0,5}((?:https?:\/)?\/\S{1,500}?)(?:\sHTTP\/\d(?:\.\d)?)?[。;]?$/;
const HOST = /^https?:\/\/[^/]{1,200}/;

/** The line with method and path; older pages put a host before the path, and the query behind it. */
export function endpointIn(items: readonly Item[]): Endpoint | undefined {
  for (const item of items) {
    if (item.kind === "table") continue;
    const { text, line } = item;
    const [, method, address] = text.length > 600 ? [] : (LINE.exec(plain(text)) ?? []);
    if (method === undefined || address === undefined) continue;
    const path = address.replace(HOST, "").split("?")[0] ?? "";
    if (path.startsWith("/")) return { method: { value: method, at: line }, path: { value: path, at: line } };
  }
  return undefined;
}
