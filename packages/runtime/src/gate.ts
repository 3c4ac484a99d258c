/** At most so many at once; the rest wait their turn. */

import { abortError, onAbort } from "./abort.js";

/** Runs a task when there is room. */
export type Gate = <T>(task: () => Promise<T>, signal?: AbortSignal, operation?: string) => Promise<T>;

/** A gate with room for `limit` tasks. Whoever waits is let in in order, and leaves the queue when aborted. */
export function createGate(limit: number): Gate {
  let running = 0;
  const queue = new Set<() => void>();

  const enter = (signal: AbortSignal | undefined, operation: string | undefined) =>
    new Promise<void>((resolve, reject) => {
      if (signal?.aborted) return reject(abortError(signal, operation));
      const forget =
        signal &&
        onAbort(signal, () => {
          queue.delete(admit);
          forget?.();
          reject(abortError(signal, operation));
        });
      const admit = () => {
        forget?.();
        resolve();
      };
      queue.add(admit);
    });

  /** The place is handed on, not given back: nobody can slip in between. */
  const leave = (): void => {
    const [next] = queue;
    if (next) {
      queue.delete(next);
      next();
    } else {
      running--;
    }
  };

  return async (task, signal, operation) => {
    if (running >= limit) await enter(signal, operation);
    else running++;
    try {
      return await task();
    } finally {
      // The transport takes a moment to put a connection back: whoever comes at once makes it open another.
      if (queue.size) setTimeout(leave);
      else leave();
    }
  };
}
