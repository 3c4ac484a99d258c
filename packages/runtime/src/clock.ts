/** The server's clock, as far as it is known: signatures are good for fifteen minutes around it. */

import { httpDate } from "./retry-after.js";

/** A clock that can be set right. */
export interface Clock {
  /** Milliseconds to add to the local clock. */
  offsetMs: number;
}

/** The least difference that is worth a correction: half of what servers allow would still be in time. */
export const SKEW_MS = 5 * 60_000;

/**
 * After a refusal of a request's date: is it worth signing anew? Sets the clock by the answer's `Date`, unless another
 * call has set it since the request was signed; then the request was only late.
 */
export function correctClock(
  clock: Clock,
  usedOffsetMs: number,
  answer: Headers,
  now: number,
  leastMs = SKEW_MS,
): boolean {
  if (clock.offsetMs !== usedOffsetMs) return true;
  const server = httpDate(answer.get("date") ?? "");
  if (!(Math.abs(server - (now + usedOffsetMs)) > leastMs)) return false; // or the answer has no date
  clock.offsetMs = server - now;
  return true;
}
