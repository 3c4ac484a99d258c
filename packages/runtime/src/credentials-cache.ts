/** Temporary credentials: fetched once for all, in time, and kept while they are good. */

import type { CredentialSource, Expiring } from "./credentials.js";
import { ConfigError, CredentialsError, NotConfiguredError } from "./errors.js";
import type { Context } from "./provider.js";
import { EARLIEST_MS } from "./times.js";

/** The pause after a failure: doubled after each, so that callers do not storm a service that is down. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
/** Longer than a person needs for a code from a phone. */
const LONGEST_LOAD_MS = 2 * 60_000;
/** This close to their end, credentials might end on the way. */
const MARGIN_MS = 5000;

/** Holds the credentials of one source. */
export class CredentialCache<C extends Expiring> implements CredentialSource<C> {
  readonly renewable = true;
  readonly #load: (context: Context) => C | Promise<C>;
  readonly #refreshBeforeMs: number;
  #current: C | undefined;
  #refreshAt = 0;
  #pending: Promise<C> | undefined;
  #failure: unknown;
  #failures = 0;
  #retryAt = 0;

  /** Renewed so many milliseconds before the end, or a little more: many machines should not ask at once. */
  constructor(load: (context: Context) => C | Promise<C>, refreshBeforeMs: number) {
    this.#load = load;
    this.#refreshBeforeMs = refreshBeforeMs;
  }

  async get(context: Context): Promise<C> {
    const now = context.now();
    const current = this.#current;
    if (current && now < this.#refreshAt) return current;
    if (current && now < endOf(current)) {
      // Still good: nobody has to wait for better ones, and nothing is lost if there are none yet.
      if (!this.#isPaused(now)) this.#refresh(context).catch(() => {});
      return current;
    }
    try {
      if (this.#isPaused(now)) throw this.#failure;
      return await this.#refresh(context);
    } catch (error) {
      throw credentialsError(error);
    }
  }

  /** A clock that was set back must not make a pause longer. */
  #isPaused(now: number): boolean {
    const pause = this.#retryAt - now;
    return this.#failures > 0 && pause > 0 && pause <= LONGEST_PAUSE_MS;
  }

  invalidate(used: C): void {
    if (this.#current !== used) return; // others are in use already: fifty refusals at once lead to one refresh
    this.#current = undefined;
    this.#failures = 0;
  }

  /** One at a time, for all callers. No caller's signal reaches it: the others still want the result. */
  #refresh({ fetch, now }: Context): Promise<C> {
    this.#pending ??= this.#loadUnexpired({ fetch, now })
      .then(
        (credentials) => {
          const lifetime = endOf(credentials) - now();
          const early = Math.min(this.#refreshBeforeMs * (1 + Math.random() / 2), lifetime / 3);
          this.#refreshAt = now() + lifetime - early;
          this.#failures = 0;
          this.#current = credentials;
          return credentials;
        },
        (error) => {
          this.#failure = error;
          this.#retryAt = now() + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failures++);
          throw error;
        },
      )
      .finally(() => {
        this.#pending = undefined;
      });
    return this.#pending;
  }

  async #loadUnexpired(context: Context): Promise<C> {
    // Nobody waits for better ones while the old ones are good: then the process need not go on for them, either.
    const isIdle = this.#current !== undefined;
    let hint = "";
    for (let attempt = 1; attempt <= 2; attempt++) {
      const credentials = await inTime(this.#load(context), isIdle);
      if (context.now() < endOf(credentials)) return credentials;
      if (credentials.expiresAt !== undefined && credentials.expiresAt < EARLIEST_MS)
        hint = ". Their expiresAt looks like seconds: it is in milliseconds since 1970";
    }
    throw new CredentialsError(`the source of credentials gives only such as have expired already${hint}`);
  }
}

/** A source that never answers must not hold every call of its clients, now and later. */
export function inTime<C>(credentials: C | Promise<C>, isIdle = false): Promise<C> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new CredentialsError(
      `the source of credentials did not answer within ${LONGEST_LOAD_MS / 1000} s`,
    );
    timer = setTimeout(() => reject(error), LONGEST_LOAD_MS);
    if (isIdle && typeof timer === "object") timer.unref(); // in browsers it is a number
  });
  return Promise.race([credentials, late]).finally(() => clearTimeout(timer));
}

const endOf = ({ expiresAt }: Expiring): number =>
  expiresAt === undefined ? Number.POSITIVE_INFINITY : expiresAt - MARGIN_MS;

/**
 * What a source threw, for one caller: an error says which operation it ended, so callers that share a failure each
 * get one of their own. Whatever an application's source throws is an error of credentials: its own 404 is not the
 * service's, and its network not the service's either.
 */
export function credentialsError(
  thrown: unknown,
  what = "the source of credentials failed",
): ConfigError | CredentialsError {
  const type = [ConfigError, NotConfiguredError, CredentialsError].find((each) => thrown instanceof each);
  const { message, cause } = thrown instanceof Error ? thrown : {};
  return type
    ? new type(message ?? "", { cause })
    : new CredentialsError(`${what}${message ? `: ${message}` : ""}`, { cause: thrown });
}

const caches = new WeakMap<object, Map<string, unknown>>();

/** The cache of a function that gives credentials: clients that are given the same one share what it gives. */
export function shared<C extends Expiring>(
  from: object,
  key: string,
  create: () => CredentialCache<C>,
): CredentialCache<C> {
  const byKey = caches.get(from) ?? new Map<string, unknown>();
  caches.set(from, byKey);
  const cache = (byKey.get(key) ?? create()) as CredentialCache<C>; // a function belongs to one cloud
  byKey.set(key, cache);
  return cache;
}
