/** Looking for credentials in several places. */

import { CredentialsError, NotConfiguredError } from "./errors.js";

/** A place to look, with its name for people. */
export type Place<C, X> = readonly [name: string, source: (context: X) => C | Promise<C>];

/**
 * The credentials of the first place that has any. Only a place that is not set up is passed over: what is set up but
 * broken is an error, because going on would use another account than the one that is meant.
 */
export async function firstOf<C, X>(places: readonly Place<C, X>[], context: X): Promise<C> {
  const reasons: string[] = [];
  for (const [name, source] of places) {
    try {
      return await source(context);
    } catch (error) {
      if (!(error instanceof NotConfiguredError)) throw error;
      reasons.push(`${name}: ${error.message}`);
    }
  }
  throw new NotConfiguredError(`no credentials are given, and none are found. ${reasons.join("; ")}`);
}

/** Values that go together: all of them, or none. Which one is missing is said, what the others are is not. */
export function allOrNone<Name extends string>(
  names: readonly Name[],
  read: (name: Name) => string | undefined,
  say: (name: Name) => string = String,
): Record<Name, string> | undefined {
  const found = names.filter((name) => read(name));
  if (!found.length) return undefined;
  const missing = names.filter((name) => !read(name));
  if (missing.length) {
    throw new CredentialsError(
      `${missing.map(say).join(" and ")} must be set too, because ${found.map(say).join(" and ")} is`,
    );
  }
  return Object.fromEntries(names.map((name) => [name, read(name) ?? ""])) as Record<Name, string>; // each of the names
}
