/** Randomness that a seed decides. */

export type Random = () => number;

/** Numbers in [0, 1): mulberry32, which is small and good enough for test data. */
export function seeded(seed: number | string): Random {
  let state =
    typeof seed === "number"
      ? seed
      : [...seed].reduce((sum, c) => Math.imul(sum ^ c.charCodeAt(0), 16_777_619), 2_166_136_261);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of them. */
export function pick<T>(values: readonly [T, ...T[]], random: Random): T;
export function pick<T>(values: readonly T[], random: Random): T | undefined;
export function pick<T>(values: readonly T[], random: Random): T | undefined {
  return values[Math.floor(random() * values.length)];
}

/** Random hexadecimal digits. */
export const hex = (length: number, random: Random): string =>
  Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join("");
