/** Waiting that a signal can end at once, and that leaves no timer and no listener behind. */

import { AbortError } from "./errors.js";

/** Callbacks by signal. One listener a signal, however many requests share it: Node warns of a leak at eleven. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/** Calls back once when the signal is aborted. Returns the way to take the callback away. */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  let callbacks = waiting.get(signal);
  if (!callbacks) {
    const all = new Set<() => void>();
    waiting.set(signal, all);
    signal.addEventListener(
      "abort",
      () => {
        for (const each of [...all]) each();
      },
      { once: true },
    );
    callbacks = all;
  }
  const registered = callbacks;
  registered.add(callback);
  return () => registered.delete(callback);
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

/** Resolves after so many milliseconds; rejects with an {@link AbortError} as soon as the signal is aborted. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortError(signal));
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
        reject(abortError(signal));
      });
  });
}
