/** Waiting that a signal can end at once, and that leaves no timer and no listener behind. */

import { AbortError } from "./errors.js";

/** Those who wait on one signal. */
interface Waiting {
  readonly callbacks: Set<() => void>;
  readonly listener: () => void;
}

/** By signal. One listener a signal, however many requests share it: Node warns of a leak at eleven. */
const waiting = new WeakMap<AbortSignal, Waiting>();

/** Calls back once when the signal is aborted. Returns the way to take the callback away. */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const { callbacks, listener } = waiting.get(signal) ?? listen(signal);
  callbacks.add(callback);
  return () => {
    callbacks.delete(callback);
    if (callbacks.size || waiting.get(signal)?.callbacks !== callbacks) return;
    // Node keeps a signal of `AbortSignal.any()` or `timeout()` for as long as somebody listens to it.
    signal.removeEventListener("abort", listener);
    waiting.delete(signal);
  };
}

function listen(signal: AbortSignal): Waiting {
  const callbacks = new Set<() => void>();
  const listener = () => {
    for (const each of [...callbacks]) each();
  };
  signal.addEventListener("abort", listener, { once: true });
  waiting.set(signal, { callbacks, listener });
  return { callbacks, listener };
}

/** Throws an {@link AbortError} if the signal is aborted. */
export function throwIfAborted(signal: AbortSignal | undefined, operation?: string): void {
  if (signal?.aborted) throw abortError(signal, operation);
}

/** The error for an aborted signal, with its reason as the cause. */
export function abortError(signal: AbortSignal, operation?: string): AbortError {
  return new AbortError(`${operation ? `${operation}: ` : ""}aborted`, {
    cause: signal.reason,
    ...(operation && { operation }),
  });
}

/** Waits for what others wait for too: the signal ends this wait only. */
export function orAborted<T>(
  shared: Promise<T>,
  signal: AbortSignal | undefined,
  operation?: string,
): Promise<T> {
  if (!signal) return shared;
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      shared.catch(() => {}); // nobody waits for it any more
      return reject(abortError(signal, operation));
    }
    const forget = onAbort(signal, () => reject(abortError(signal, operation)));
    shared.then(resolve, reject).finally(forget);
  });
}

/** Resolves after so many milliseconds; rejects with an {@link AbortError} as soon as the signal is aborted. */
export function sleep(ms: number, signal?: AbortSignal, operation?: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortError(signal, operation));
    // A delay of 2^31 ms or more would fire at once.
    const timer = setTimeout(
      () => {
        forget?.();
        resolve();
      },
      Math.min(ms, 2 ** 31 - 1),
    );
    const forget =
      signal &&
      onAbort(signal, () => {
        clearTimeout(timer);
        forget?.();
        reject(abortError(signal, operation));
      });
  });
}
