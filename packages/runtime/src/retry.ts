/** Trying again: what is worth it, how long to wait, and when to stop. */

import { sleep } from "./abort.js";
import { attempt, type Exchange, type Success } from "./attempt.js";
import {
  ApiError,
  type CloudError,
  ConnectionError,
  ProtocolError,
  ResponseFormatError,
  ServerError,
  ThrottledError,
  TlsError,
} from "./errors.js";
import type { Gate } from "./gate.js";

const BASE_MS = 200;
const THROTTLED_BASE_MS = 1000;
const CAP_MS = 20_000;
/** A server that asks for more than this gets an error to its caller instead of a silent minute. */
const LONGEST_RETRY_AFTER_MS = 60_000;

/** Retries that all calls of a client share: when a service is down, each caller trying on makes it worse. */
export interface RetryBudget {
  tokens: number;
}

/**
 * A full budget: a hundred retries that fail. A retry costs five tokens; if it succeeds they come back, and a call that
 * needs none gives one.
 */
export const fullBudget = (): RetryBudget => ({ tokens: BUDGET });
const BUDGET = 500;
const RETRY_COST = 5;

/** What the retries of one client share. */
export interface RetryPolicy {
  readonly maxAttempts: number;
  readonly budget: RetryBudget;
  readonly gate: Gate;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log?: (exchange: Exchange, attempts: number, outcome: Success | CloudError, ms: number) => void;
}

/** Sends a call until it succeeds, or until trying again is pointless. */
export async function send(exchange: Exchange, policy: RetryPolicy): Promise<Success> {
  const { provider, request, name, fetch, now, signal } = exchange;
  const context = { fetch, now, ...(signal && { signal }) };
  let replayed = false;
  for (let attempts = 1; ; attempts++) {
    const started = now();
    const outcome = await policy.gate(() => attempt(exchange), signal, name);
    policy.log?.(exchange, attempts, "error" in outcome ? outcome.error : outcome, now() - started);
    if (!("error" in outcome)) {
      const back = attempts === 1 ? 1 : RETRY_COST;
      policy.budget.tokens = Math.min(BUDGET, policy.budget.tokens + back);
      return outcome;
    }

    const { response } = outcome;
    let { error } = outcome;
    error.attempts = attempts;
    if (error instanceof ApiError && response && !replayed) {
      const recovered = await provider.recover?.(error, request, response, context);
      if (recovered === "replay" && attempts < policy.maxAttempts) {
        replayed = true;
        continue;
      }
      if (recovered instanceof ApiError) error = recovered;
    }
    const wait =
      attempts < policy.maxAttempts ? delayBefore(error, attempts, request.method, policy) : undefined;
    if (wait === undefined) throw error;
    policy.budget.tokens -= RETRY_COST;
    await sleep(wait, signal, name);
  }
}

/** How long to wait before the next attempt; undefined if there should be none. The error says why, if it is not the cause. */
function delayBefore(
  error: CloudError,
  attempts: number,
  method: string,
  policy: RetryPolicy,
): number | undefined {
  if (!isRetryable(error, method)) return undefined;
  const asked = error instanceof ApiError ? (error.retryAfterMs ?? 0) : 0;
  const why =
    asked > LONGEST_RETRY_AFTER_MS
      ? `the server asks to wait ${Math.ceil(asked / 1000)} s`
      : policy.budget.tokens < RETRY_COST && "too many calls of this client failed lately";
  if (why) {
    error.message += `. Not tried again: ${why}`;
    return undefined;
  }
  const base = error instanceof ThrottledError ? THROTTLED_BASE_MS : BASE_MS;
  const backoff = Math.min(CAP_MS, base * 2 ** (attempts - 1)) * policy.random();
  return Math.max(asked, backoff);
}

function isRetryable(error: CloudError, method: string): boolean {
  // What changes something is sent again only where it certainly was not carried out.
  return method === "POST" || method === "PATCH"
    ? error instanceof ThrottledError ||
        (error instanceof ConnectionError && NEVER_SENT.has(error.code ?? ""))
    : isPassing(error);
}

/** Is it a failure that may be over soon? */
export const isPassing = (error: unknown): boolean =>
  error instanceof ApiError
    ? error instanceof ThrottledError ||
      error.status === 408 ||
      (error instanceof ServerError && error.status !== 501 && error.status !== 505)
    : error instanceof ResponseFormatError
      ? error.truncated
      : error instanceof ConnectionError && !(error instanceof TlsError || error instanceof ProtocolError);

const NEVER_SENT: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
]);
