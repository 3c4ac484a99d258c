/** Options that are whole numbers. */

import { ConfigError } from "./errors.js";
import { kindOf } from "./url.js";

/** `setTimeout` fires at once for more. */
export const LONGEST_MS = 2 ** 31 - 1;

/** The value, if it is an integer within bounds: what is none would become a timer that fires at once, or a loop. */
export function whole(name: string, value: number, least = 1, most = Number.MAX_SAFE_INTEGER): number {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw new ConfigError(
    `${name} must be an integer from ${least} to ${most}, not ${typeof value === "number" ? value : kindOf(value)}`,
  );
}
