/** Ids in the form of an example: clouds use UUIDs in either case, 32 digits, and prefixes of their own. */

import { pick, type Random } from "./random.js";

const DECIMAL = [..."0123456789"] as const;
const LOWER = [...DECIMAL, ..."abcdef"] as const;
const UPPER = [...DECIMAL, ..."ABCDEF"] as const;
const ANY = [...DECIMAL, ..."abcdefghijklmnopqrstuvwxyz"] as const;

/** So many draws that are taken say that too few ids have this form. */
const DRAWS = 10;

/** An id that is not taken; longer than the example if there are too few of its length. */
export function idLike(
  example: string,
  random: Random,
  isTaken: (id: string) => boolean = () => false,
): string {
  for (let longer = example; ; longer += "0")
    for (let draw = 0; draw < DRAWS; draw++) {
      const id = drawn(longer, random);
      if (!isTaken(id)) return id;
    }
}

function drawn(example: string, random: Random): string {
  // Documentation masks the ends of its examples.
  const isHex = /^[\da-f*-]+$/i.test(example);
  const prefix = isHex ? "" : (/^[a-z]+-/.exec(example)?.[0] ?? "");
  const digits = /^\d+$/.test(example) ? DECIMAL : !isHex ? ANY : /[A-F]/.test(example) ? UPPER : LOWER;
  const rest = example.slice(prefix.length).replace(/[\da-z*]/gi, () => pick(digits, random) ?? "");
  return prefix + rest;
}
