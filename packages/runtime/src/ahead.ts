/** Having the next of a sequence under way while this one is worked on. */

import { abortError, onAbort } from "./abort.js";

/**
 * The same sequence, one ahead. `source` is given the signal that ends what is under way: when the caller's own is
 * aborted, and when the loop is left.
 */
export async function* ahead<T>(
  signal: AbortSignal | undefined,
  name: string,
  source: (signal: AbortSignal) => AsyncGenerator<T, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  const controller = new AbortController();
  const abort = (): void => controller.abort(signal?.reason);
  if (signal?.aborted) abort();
  const forget = signal && onAbort(signal, abort);
  const items = source(controller.signal);
  try {
    for (let next = items.next(); ; ) {
      const { done, value } = await next;
      if (done) return;
      // What came before the abort is not handed out after it. The source says where it stood.
      if (signal?.aborted) await items.throw(abortError(signal, name));
      next = items.next();
      next.catch(() => {}); // told when it is its turn
      yield value;
    }
  } finally {
    forget?.();
    controller.abort(); // nothing, if all has ended
    await items.return();
  }
}
