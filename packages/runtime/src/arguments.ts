/** Checks what a call is given, before anything is made of it. Queries have more to be checked: see query.ts. */

import type { RequestOptions } from "./client.js";
import { ValidationError } from "./errors.js";
import { isPlain } from "./fields.js";
import { serviceOptionNames } from "./options.js";
import { checkText, kindOf } from "./url.js";

/** Arguments of a call, as they arrive: the types say more, JavaScript callers may say anything. */
export interface CallArguments extends RequestOptions {
  path?: Record<string, unknown>;
  query?: Record<string, unknown>;
  header?: Record<string, unknown>;
  body?: unknown;
}

const GROUPS = ["path", "query", "header"] as const;
const ARGUMENT_NAMES: ReadonlySet<string> = new Set([...GROUPS, "body", "signal", "timeoutMs"]);

/**
 * The caller's arguments, as a copy: what is done with the original changes no request under way. Refuses what is no
 * object to look into: JavaScript callers have no types to tell them, and a `Map` would be taken for nothing at all.
 */
export function takeArguments<A extends CallArguments>(args: A, operation: string): A {
  if (!isPlain(args))
    throw new ValidationError("the argument", `must be an object, not ${kindOf(args)}`, { operation });
  const own = { ...args };
  for (const group of GROUPS) {
    const values: unknown = own[group];
    if (values === undefined) continue;
    if (!isPlain(values))
      throw new ValidationError(group, `must be an object, not ${kindOf(values)}`, { operation });
    own[group] = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? [...value] : value]),
    );
  }
  if (own.signal !== undefined && typeof own.signal?.addEventListener !== "function")
    throw new ValidationError("signal", "must be an AbortSignal: that of an AbortController, for instance", {
      operation,
    });
  return own;
}

/** The ids of jobs, as a copy. */
export function takeIds(ids: readonly string[], operation: string): string[] {
  const refuse = (parameter: string, why: string) => new ValidationError(parameter, why, { operation });
  // A string, too, is made of strings.
  if (typeof ids === "string" || typeof ids?.[Symbol.iterator] !== "function")
    throw refuse("ids", `must be an array of jobs' ids, not ${kindOf(ids)}`);
  const own = [...ids];
  for (const id of own) {
    if (typeof id === "string" && id.trim()) continue;
    throw refuse("id", `must be a job's id, not ${typeof id === "string" ? "empty" : kindOf(id)}`);
  }
  return own;
}

/** Refuses arguments that are in no group. */
export function checkNames(args: CallArguments, operation: string): void {
  const stray = Object.keys(args).find((name) => !ARGUMENT_NAMES.has(name));
  if (stray === undefined) return;
  const mend = (serviceOptionNames as readonly string[]).includes(stray)
    ? "it is an option of the client"
    : "parameters go into path, query, header or body";
  throw new ValidationError(stray, `is not an argument: ${mend}`, { operation });
}

/** Headers that belong to signing and transport: a caller who sets them breaks the signature, or leaks a secret. */
const RESERVED_HEADER =
  /^(authorization|host|content-length|content-type|connection|x-sdk-.*|x-acs-.*|x-auth-token|x-security-token|transfer-encoding|upgrade|expect|keep-alive|te|trailer)$/i;

/** The headers to send. Refuses those that cannot travel, or that are not the caller's to set. */
export function checkHeaders(headers: Record<string, unknown>, operation: string): Record<string, string> {
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    const parameter = `header.${name}`;
    if (!/^[A-Za-z0-9-]+$/.test(name))
      throw new ValidationError(parameter, "is not a header name", { operation });
    if (RESERVED_HEADER.test(name))
      throw new ValidationError(parameter, "is set by the client", { operation });
    if (typeof value !== "string" && typeof value !== "boolean" && !Number.isFinite(value))
      throw new ValidationError(parameter, `must be a string, not ${kindOf(value)}`, { operation });
    const text = String(value);
    checkText(parameter, text, operation);
    if (/[^\x20-\x7e]/.test(text))
      throw new ValidationError(parameter, "holds a character that headers cannot carry", { operation });
    checked[name] = text;
  }
  return checked;
}
