/** Checks what a call is given, before anything is made of it. Queries have more to be checked: see query.ts. */

import type { RequestOptions } from "./client.js";
import { ValidationError } from "./errors.js";
import { checkText, kindOf } from "./url.js";

/** Arguments of a call, as they arrive: the types say more, JavaScript callers may say anything. */
export interface CallArguments extends RequestOptions {
  path?: Record<string, unknown>;
  query?: Record<string, unknown>;
  header?: Record<string, unknown>;
  body?: unknown;
}

const ARGUMENT_NAMES: ReadonlySet<string> = new Set([
  "path",
  "query",
  "header",
  "body",
  "signal",
  "timeoutMs",
]);

/** Refuses arguments that are in no group, and groups that are none: JavaScript callers have no types to tell them. */
export function checkArguments(args: CallArguments, operation: string): void {
  for (const [name, value] of Object.entries(args)) {
    if (!ARGUMENT_NAMES.has(name)) {
      throw new ValidationError(name, "is not an argument: parameters go into path, query, header or body", {
        operation,
      });
    }
    if (
      ["path", "query", "header"].includes(name) &&
      value !== undefined &&
      (typeof value !== "object" || value === null || Array.isArray(value))
    ) {
      throw new ValidationError(name, `must be an object, not ${kindOf(value)}`, { operation });
    }
  }
}

/** Headers that belong to signing and transport: a caller who sets them breaks the signature, or leaks a secret. */
const RESERVED_HEADER =
  /^(authorization|host|content-length|content-type|connection|x-sdk-.*|x-acs-.*|x-auth-token|x-security-token)$/i;

/** Refuses headers that cannot travel, or that are not the caller's to set. */
export function checkHeaders(headers: Record<string, unknown>, operation: string): void {
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    const parameter = `header.${name}`;
    if (!/^[A-Za-z0-9-]+$/.test(name))
      throw new ValidationError(parameter, "is not a header name", { operation });
    if (RESERVED_HEADER.test(name))
      throw new ValidationError(parameter, "is set by the client", { operation });
    if (typeof value !== "string")
      throw new ValidationError(parameter, `must be a string, not ${kindOf(value)}`, { operation });
    checkText(parameter, value, operation);
    if (/[^\x20-\x7e]/.test(value))
      throw new ValidationError(parameter, "holds a character that headers cannot carry", { operation });
  }
}
