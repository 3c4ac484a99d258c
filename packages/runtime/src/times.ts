/** Times as clouds write them. */

/** Milliseconds before this (March 1973) are seconds that somebody forgot to multiply. */
export const EARLIEST_MS = 1e11;

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[T ]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:[.,](\d{1,9}))?(?:Z|([+-])([01]\d|2[0-3]):?([0-5]\d))?$/i;

/**
 * Reads a job's time, in whichever way its service writes it: `2024-03-23T08:20:42Z`, with up to nine digits after the
 * second, with an offset (`+0100` or `+01:00`), without a zone (that is UTC), or as milliseconds since 1970.
 *
 * A `Date` holds whole milliseconds: for finer times, keep the text as well.
 *
 * @returns undefined for what is no such time: `""` and `null` (services write them for "not yet"), a day that no month
 * has, a number that can only be seconds
 */
export function parseJobTime(value: unknown): Date | undefined {
  const ms = timeOf(value);
  return ms === undefined ? undefined : new Date(ms);
}

/** The same in milliseconds since 1970. */
export function timeOf(value: unknown): number | undefined {
  if (typeof value === "number" || (typeof value === "string" && /^\d{12,16}$/.test(value))) {
    const ms = Number(value);
    return Number.isInteger(ms) && ms >= EARLIEST_MS && ms <= LATEST_MS ? ms : undefined;
  }
  const parts = typeof value === "string" ? ISO.exec(value) : null;
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second, fraction = "", sign, hours = 0, minutes = 0] = parts;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day)); // Date.UTC takes the year 24 for 1924
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined; // 30 February
  const ms = Number(fraction.padEnd(3, "0").slice(0, 3));
  date.setUTCHours(Number(hour), Number(minute), Number(second), ms);
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return date.getTime() - (sign === "-" ? -offset : offset);
}

/** The last that a `Date` can hold. */
const LATEST_MS = 8.64e15;
