/** When the server asks to try again. */

import { LONGEST_MS } from "./whole.js";

/**
 * Milliseconds until the time that `Retry-After` names; undefined if it names none, or one that is past.
 * A date is compared with the server's own clock (`Date`), so that a wrong local clock does not matter.
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const value = headers.get("retry-after")?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, LONGEST_MS);
  const wait = httpDate(value) - (httpDate(headers.get("date") ?? "") || now);
  return wait > 0 ? Math.min(wait, LONGEST_MS) : undefined;
}

/** An HTTP date (RFC 9110) as milliseconds since 1970; NaN if it is none. */
export const httpDate = (text: string): number =>
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text) ? Date.parse(text) : Number.NaN;
