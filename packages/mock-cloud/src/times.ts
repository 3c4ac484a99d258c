/** Times in the forms that clouds write them in, told by an example. */

const TIME =
  /^(\d{4}[-/]?\d\d[-/]?\d\d[T ]\d\d:?\d\d:?\d\d)(?:([.,])(\d+))?( ?(?:Z|[+-]\d\d:?\d\d)?(?: ?UTC)?)$/;

/** Smaller numbers count seconds. */
const LEAST_MS = 1e11;

/** Is this a time, as far as one can see? A number is one if it is in milliseconds since 1970. */
export const isTime = (example: unknown): boolean =>
  typeof example === "number" ? example > LEAST_MS : typeof example === "string" && TIME.test(example);

/** A time in an example's form: as many digits after the second, the same way to write UTC. */
export function timeLike(example: unknown, ms: number): string | number {
  if (typeof example === "number") return Math.round(example > LEAST_MS ? ms : ms / 1000);
  const text = String(example);
  if (/^\d+$/.test(text)) return String(timeLike(Number(text), ms));
  const [, clock = "", point = "", fraction = "", zone = ""] =
    TIME.exec(text) ?? TIME.exec("2024-03-23T08:20:42Z") ?? [];
  const digits = new Date(ms).toISOString().replace(/\D/g, ""); // 20240323082042123
  let next = 0;
  return [
    clock.replace(/\d/g, () => digits[next++] ?? "0"),
    point,
    digits.slice(14).padEnd(fraction.length, "0").slice(0, fraction.length),
    zone.replace(/\d/g, "0").replace("-", "+"),
  ].join("");
}
