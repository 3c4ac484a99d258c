import type { Item } from "./item.ts";

/** A JSON value on a page. */
export interface Json {
  readonly line: number;
  readonly value: unknown;
  /** How many of the items it takes up. */
  readonly items: number;
}

/** Deeper than any answer; a hostile page must not exhaust the stack of those who walk the value. */
const DEPTH = 60;

/** The JSON object or array that begins with the first item; nothing if there is none, or it is broken. */
export function jsonAt(items: readonly Item[]): Json | undefined {
  const [first] = items;
  if (first === undefined || first.kind === "table") return undefined;
  if (!/^\s*[{[]/.test(first.text.slice(0, 200))) return undefined;
  const parts: string[] = [];
  let depth = 0;
  let isQuoted = false;
  for (const [index, item] of items.entries()) {
    if (item.kind === "table") return undefined;
    parts.push(item.text);
    for (let at = 0; at < item.text.length; at++) {
      const character = item.text[at];
      if (isQuoted && character === "\\") at++;
      else if (character === '"') isQuoted = !isQuoted;
      else if (!isQuoted && (character === "{" || character === "[")) depth++;
      else if (!isQuoted && (character === "}" || character === "]")) depth--;
      if (depth > DEPTH) return undefined;
    }
    if (depth <= 0) {
      const value = parse(parts.join("\n"));
      return value === undefined ? undefined : { line: first.line, value, items: index + 1 };
    }
  }
  return undefined;
}

/** Strict JSON, or with the comma too many that some pages have, or with a backslash at the end of its lines. */
function parse(text: string): unknown {
  const unbroken = text.replace(/\\$/gm, "");
  for (const form of [text, unbroken, unbroken.replace(/,(\s{0,200}[}\]])/g, "$1")]) {
    try {
      return JSON.parse(form);
    } catch {}
  }
  return undefined;
}
