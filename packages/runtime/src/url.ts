/** Paths and queries: what may be sent, and how it is written. */

import { ValidationError } from "./errors.js";

/** Percent-encodes everything but RFC 3986's unreserved characters, as both clouds' signatures want it. */
export const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** Fills a path template. Every value becomes exactly one path segment, or is refused. */
export function fillPath(
  template: string,
  values: Readonly<Record<string, unknown>>,
  operation: string,
): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) =>
    encode(segment(`path.${name}`, Object.hasOwn(values, name) ? values[name] : undefined, operation)),
  );
}

function segment(parameter: string, value: unknown, operation: string): string {
  const refuse = (why: string) => new ValidationError(parameter, why, { operation });
  if (value === undefined || value === null) throw refuse("is missing");
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (typeof value !== "string") throw refuse(`must be a string, not ${kindOf(value)}`);
  if (!value.trim()) throw refuse("is empty: the request would reach another resource");
  checkText(parameter, value, operation);
  if (value.includes("\\")) throw refuse("holds a backslash, which URL parsers read as a slash");
  // Servers decode before they route: `..`, `%2e%2e`, `..;x` and `a/../b` all climb.
  if (
    value
      .replace(/%2e/gi, ".")
      .split(/\/|%2f/i)
      .some((part) => /^\.\.?([;?#]|$)/.test(part))
  ) {
    throw refuse('is or holds a path segment "." or "..": the request would reach another resource');
  }
  return value;
}

/** Refuses what cannot travel as text: control characters, and halves of a surrogate pair. */
export function checkText(parameter: string, text: string, operation: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  if (/[\u0000-\u001f\u007f]/.test(text)) {
    throw new ValidationError(parameter, "holds a control character (a newline, perhaps)", { operation });
  }
  checkPairs(parameter, text, operation);
}

/** Refuses what UTF-8 cannot write. */
function checkPairs(parameter: string, text: string, operation: string): void {
  if (/\p{Surrogate}/u.test(text))
    throw new ValidationError(parameter, "holds half of a surrogate pair", { operation });
}

/**
 * Writes a query, or a form, in the caller's order. Undefined values are left out; arrays and objects travel as the cloud
 * wants. A form may hold any text; a newline in a URL is a mistake.
 */
export function writeQuery(
  query: Readonly<Record<string, unknown>>,
  flatten: (name: string, value: object) => Iterable<readonly [string, unknown]>,
  operation: string,
  group: "query" | "body" = "query",
): string {
  const check = group === "query" ? checkText : checkPairs;
  const parts: string[] = [];
  for (const [name, value] of Object.entries(query)) {
    const pairs =
      typeof value === "object" && value !== null ? flatten(name, value) : [[name, value] as const];
    for (const [key, item] of pairs) {
      if (item === undefined || item === null) continue;
      if (typeof item === "string") check(`${group}.${key}`, item, operation);
      else if (typeof item !== "boolean" && !Number.isFinite(item))
        throw new ValidationError(
          `${group}.${key}`,
          `must be a string, a number, true or false, not ${kindOf(item)}`,
          { operation },
        );
      parts.push(`${encode(key)}=${encode(String(item))}`);
    }
  }
  return parts.join("&");
}

/** A value's kind, for messages: never the value itself, which might be a secret. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "number" && !Number.isInteger(value))
    return Number.isNaN(value) ? "NaN" : "a fraction";
  const [, type] = /^\[object (\w+)\]$/.exec(Object.prototype.toString.call(value)) ?? [];
  return typeof value === "object"
    ? type === undefined || type === "Object"
      ? "an object"
      : `${/^[AEIOU][^R]/.test(type) ? "an" : "a"} ${type}`
    : typeof value === "undefined"
      ? "undefined"
      : `a ${typeof value}`;
}
