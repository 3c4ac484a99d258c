/** What the credentials of both clouds have in common. */

import { ConfigError } from "./errors.js";
import type { Context } from "./provider.js";

/** Credentials that may end. */
export interface Expiring {
  /** When they end, by this machine's clock. Without it they are kept until the server refuses them. */
  readonly expiresAt?: number;
}

/** Where a client's requests get their credentials from. */
export interface CredentialSource<C> {
  /** The credentials to use now: one immutable object, all of it from one source. */
  get(context: Context): Promise<C>;
  /** These were refused: get others next time. Does nothing if others are in use already. */
  invalidate(used: C): void;
  /** Can there be others? Not where they were given by value. */
  readonly renewable: boolean;
}

/** Credentials given by value. */
export const fixed = <C>(credentials: C): CredentialSource<C> => ({
  get: async () => credentials,
  invalidate: () => {},
  renewable: false,
});

/** Headers of 16 KiB are the most that servers take, and tokens travel in headers. */
const MAX_LENGTH = 15_000;

/** Checks a key or token: what is wrong with it is said, what it is is not. */
export function checkSecret(name: string, value: unknown): string {
  const refuse = (why: string) => new ConfigError(`${name} ${why}`);
  if (typeof value !== "string") throw refuse(value === undefined ? "is missing" : "must be a string");
  if (!value) throw refuse("is empty");
  if (/^bearer /i.test(value)) throw refuse('begins with "Bearer": give the token alone');
  if (/[\r\n]/.test(value)) throw refuse("holds a line break, perhaps from the file that it was read from");
  if (/[^\x21-\x7e]/.test(value))
    throw refuse("holds a space or another character that cannot be part of it");
  if (value.length > MAX_LENGTH)
    throw refuse(`is longer than the ${MAX_LENGTH} characters that fit into a header`);
  return value;
}

/** Parses JSON that holds secrets: a parser's own message would quote them. */
export function parseSecretJson(text: string, refuse: () => Error): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse();
  }
}

/** Like {@link checkSecret}, where nothing at all is fine too. */
export const checkOptional = (name: string, value: unknown): string | undefined =>
  value === undefined ? undefined : checkSecret(name, value);

/** Reads a time of expiry: a `Date`, or milliseconds since 1970. */
export function checkExpiry(name: string, value: Date | number | null | undefined): number | undefined {
  if (value === undefined || value === null) return undefined;
  const time = Number(value);
  if (!Number.isFinite(time)) throw new ConfigError(`${name} must be a Date, or milliseconds since 1970`);
  return time;
}

/** Refuses names that an object has no use for: a misspelt option would silently do nothing. */
export function checkNames(what: string, value: object, known: readonly string[]): void {
  for (const name of Object.keys(value)) {
    if (!known.includes(name))
      throw new ConfigError(`${what}: "${name}" is not known. There are ${known.join(", ")}`);
  }
}
