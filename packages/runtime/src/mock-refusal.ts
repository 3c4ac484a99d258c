/** The bodies of errors that the documentation has no example of. */

import { HttpResponse } from "msw";
import { isObject } from "./fields.js";

/**
 * The body of an error: its own example. The common one says what is wrong with some other request, so it gets the
 * status's own phrase.
 */
export function errorBody(documented: Readonly<Record<string, unknown>>, status: number): unknown {
  const own = documented[status];
  if (own !== undefined) return own;
  const common = documented.default;
  // MSW knows the phrases.
  const { statusText } = new HttpResponse(null, { status });
  return isObject(common) ? withMessage(common, statusText || `Status ${status}`) : (common ?? {});
}

/** An error example with its message, whatever the cloud calls that field, and wherever it stands, saying something else. */
export function withMessage(example: unknown, message: string): unknown {
  if (Array.isArray(example)) return example.map((each) => withMessage(each, message));
  if (!isObject(example)) return example;
  const entries = Object.entries(example);
  // Beside a message, what lies deeper is details.
  const isHere = entries.some(([name, value]) => isMessage(name, value));
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (isHere) return [name, isMessage(name, value) ? message : value];
      return [name, withMessage(value, message)];
    }),
  );
}

const isMessage = (name: string, value: unknown): boolean =>
  /^(error_?)?(msg|message)$/i.test(name) && !isObject(value);
