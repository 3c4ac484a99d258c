/** How many cases a property is tried on: few by default, all of them with `pnpm test:long`. */

/** The seed of every property: the same cases at every run. It is printed when one fails. */
export const SEED = 20_260_101;

export const LONG = process.env.TYPEDCLOUD_LONG !== undefined;

/** fast-check's parameters for a property that the catalogue wants tried so many times. */
export const runs = (long: number, short = Math.max(50, Math.round(long / 40))) => ({
  seed: SEED,
  numRuns: LONG ? long : short,
});

/** How long a property may take, in milliseconds. */
export const TIMEOUT = LONG ? 600_000 : 20_000;
