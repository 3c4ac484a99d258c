/** Temporary credentials: fetched once for all, in time, and kept while they are good. */

import type { CredentialSource, Expiring } from "./credentials.js";
import { CloudError, CredentialsError } from "./errors.js";
import type { Context } from "./provider.js";

/** The pause after a failure: doubled after each, so that callers do not storm a service that is down. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
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
      throw copyOf(error);
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
    for (let attempt = 1; attempt <= 2; attempt++) {
      const credentials = await this.#load(context);
      if (context.now() < endOf(credentials)) return credentials;
    }
    throw new CredentialsError("the source of credentials gives only such as have expired already");
  }
}

const endOf = ({ expiresAt }: Expiring): number =>
  expiresAt === undefined ? Number.POSITIVE_INFINITY : expiresAt - MARGIN_MS;

/** Callers that share a failure each get an error of their own: an error says which operation it ended. */
function copyOf(error: unknown): unknown {
  if (!(error instanceof CloudError)) return error;
  return new (error.constructor as typeof CloudError)(error.message, { cause: error.cause });
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
