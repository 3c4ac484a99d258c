/** Random requests that are the same in every run. */

import { seeded } from "../../../packages/mock-cloud/src/random.ts";

/** The start value; a failing test prints it with its name. */
export const SEED = 20_261_122;
export const RUNS = 10_000;

/** Picks for one seed. */
export function randomOf(seed: number) {
  const next = seeded(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(from: readonly [T, ...T[]]): T => from[below(from.length)] ?? from[0];
  const list = <T>(most: number, make: () => T): T[] => Array.from({ length: below(most + 1) }, make);
  const word = (letters: string, least: number, most: number): string => {
    const each = [...letters]; // by character: not halves of them
    return Array.from({ length: least + below(most - least + 1) }, () => each[below(each.length)]).join("");
  };
  return { below, pick, list, word };
}

export type Random = ReturnType<typeof randomOf>;

export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;
const LETTERS = "abcxyzABCXYZ0189";
const RESERVED = " !\"#$%&'()*+,/:;<=>?@[\\]^`{|}~-._";

/** Text of all that URLs treat specially, and of letters that take two, three and four bytes. */
export const text = (random: Random, most = 12): string =>
  random
    .list(most, () =>
      random.pick<() => string>([
        () => random.word(LETTERS, 1, 3),
        () => random.word(RESERVED, 1, 1),
        () =>
          random.pick([
            "é",
            "ß",
            "İ",
            "ı",
            "一",
            "任务",
            "😀",
            "𠀀",
            "%2F",
            "%",
            "\u{10FFFF}",
            "\uFB01",
            "\t",
          ]),
      ])(),
    )
    .join("");

/** What differs, with the request that it was found by; undefined in a run in which nothing does. */
export function differences(
  seed: number,
  compare: (random: Random) => { ours: string | undefined; theirs: string | undefined; of: unknown },
) {
  const random = randomOf(seed);
  for (let run = 0; run < RUNS; run++) {
    const { ours, theirs, of } = compare(random);
    if (ours === undefined || ours !== theirs) return { seed, run, of, ours, theirs };
  }
  return undefined;
}
