/** Ids in the form of an example: clouds use UUIDs in either case, 32 digits, and prefixes of their own. */

import { pick, type Random } from "./random.js";

const LOWER = [..."0123456789abcdef"] as const;
const UPPER = [..."0123456789ABCDEF"] as const;
const ANY = [..."0123456789abcdefghijklmnopqrstuvwxyz"] as const;

export function idLike(example: string, random: Random): string {
  // Documentation masks the ends of its examples.
  const isHex = /^[\da-f*-]+$/i.test(example);
  const prefix = isHex ? "" : (/^[a-z]+-/.exec(example)?.[0] ?? "");
  const digits = !isHex ? ANY : /[A-F]/.test(example) ? UPPER : LOWER;
  const rest = example.slice(prefix.length).replace(/[\da-z*]/gi, () => pick(digits, random) ?? "");
  return prefix + rest;
}
