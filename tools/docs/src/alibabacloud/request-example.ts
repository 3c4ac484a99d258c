import type { Example, Note } from "../facts.ts";
import { examplesIn } from "../huaweicloud/examples.ts";
import type { Item } from "../page/item.ts";

export interface RequestExample {
  readonly example: Example;
  /** Whether its values are read; of an address only the names are, which show how deep a field stands. */
  readonly isWhole: boolean;
}

/** The request of the page's example: JSON, or the parameters of an address, with their numbers as lists. */
export function requestIn(items: readonly Item[], notes: Note[]): RequestExample | undefined {
  const [json] = examplesIn(items, "request", "200", notes);
  if (json !== undefined) return { example: json, isWhole: true };
  const parts = items.flatMap((item) => (item.kind === "table" ? [] : [item]));
  const start = parts.findIndex(({ text }) => /https?(?:\(s\))?:\/\//.test(text.slice(0, 500)));
  const address = parts
    .slice(start)
    .map(({ text }) => text.slice(0, 20_000).replace(/\s+/g, ""))
    .join("");
  const at = parts[start]?.line;
  if (start < 0 || at === undefined) return undefined;
  const value: Branch = {};
  for (const [, name = ""] of address.matchAll(/[?&]([A-Za-z_][\w.-]{0,200})=/g)) put(value, name.split("."));
  return { example: { of: "request", status: undefined, at, value }, isWhole: false };
}

interface Branch {
  [key: string]: Branch | Branch[] | string;
}

/** `Tag.1.Key` is the key of the first tag. */
function put(branch: Branch, [name = "", next, ...rest]: readonly string[]): void {
  if (["__proto__", "constructor", "prototype"].includes(name)) return;
  const known = branch[name];
  if (next === undefined) branch[name] ??= "";
  else if (!/^\d+$/.test(next)) {
    const inner: Branch = typeof known === "object" && !Array.isArray(known) ? known : {};
    branch[name] = inner;
    put(inner, [next, ...rest]);
  } else {
    const [inner = {}] = Array.isArray(known) ? known : [];
    branch[name] = [inner];
    if (rest.length > 0) put(inner, rest);
  }
}
