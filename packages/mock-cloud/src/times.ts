/** Times in the five forms that clouds write them in, told by an example. */

const ISO = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:?\d\d)?$/;

/** Is this a time, as far as one can see? A number is one if it is in milliseconds since 1970. */
export const isTime = (example: unknown): boolean =>
  typeof example === "number" ? example > 1e11 : typeof example === "string" && ISO.test(example);

/** A time in an example's form: as many digits after the second, the same way to write UTC. */
export function timeLike(example: unknown, ms: number): string | number {
  const [, , fraction = "", zone = ""] = (typeof example === "string" && ISO.exec(example)) || [];
  if (typeof example !== "string") return Math.round(ms);
  const iso = new Date(ms).toISOString(); // 2024-03-23T08:20:42.123Z
  const digits = iso
    .slice(20, 23)
    .padEnd(9, "0")
    .slice(0, Math.max(0, fraction.length - 1));
  return `${iso.slice(0, 19)}${digits && `.${digits}`}${zone.replace(/\d/g, "0").replace("-", "+")}`;
}
