/** What can be changed while the server runs. */

import type { OffsetBehaviour } from "@typedcloud/runtime/mocks";

export interface Settings {
  /** How lists count offsets whose documentation contradicts itself. Default `"rows from 0"`. */
  offsets: OffsetBehaviour;
  /** How many times faster than their documented pace jobs go. Default 60: a minute takes a second. */
  speed: number;
  /** How far the server's clock is ahead. Milliseconds, default 0. */
  clockSkewMs: number;
  /** How long each answer takes at least: one number, or two to choose between. Milliseconds, default 0. */
  latencyMs: number | readonly [least: number, most: number];
  /** The share of requests that are throttled, as the vendor does it. From 0 to 1, default 0. */
  throttleRate: number;
  /** The share of requests that fail with one of `failureStatuses`. From 0 to 1, default 0. */
  failureRate: number;
  /** The statuses of such failures. Default 500, 502, 503, 504. */
  failureStatuses: readonly number[];
  /** The share of requests whose connection is reset. From 0 to 1, default 0. */
  resetRate: number;
}

export const OFFSET_BEHAVIOURS: readonly OffsetBehaviour[] = [
  "rows from 0",
  "rows from 1",
  "rows from 1, 0 is the first",
  "pages",
  "pages, 0 is the first",
  "pages, 0 is empty",
];

export const defaults: Readonly<Settings> = {
  offsets: "rows from 0",
  speed: 60,
  clockSkewMs: 0,
  latencyMs: 0,
  throttleRate: 0,
  failureRate: 0,
  failureStatuses: [500, 502, 503, 504],
  resetRate: 0,
};

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const isRate = (value: unknown): boolean => isNumber(value) && value >= 0 && value <= 1;
const isDuration = (value: unknown): boolean => isNumber(value) && value >= 0 && value < 2 ** 31;

const checks: Readonly<Record<keyof Settings, readonly [(value: unknown) => boolean, string]>> = {
  offsets: [
    (value) => OFFSET_BEHAVIOURS.some((each) => each === value),
    `must be one of ${OFFSET_BEHAVIOURS.map((each) => `"${each}"`).join(", ")}`,
  ],
  speed: [(value) => isNumber(value) && value > 0, "must be a number above 0"],
  clockSkewMs: [isNumber, "must be a number of milliseconds"],
  latencyMs: [
    (value) => isDuration(value) || (Array.isArray(value) && value.length === 2 && value.every(isDuration)),
    "must be a number of milliseconds, or two",
  ],
  throttleRate: [isRate, "must be from 0 to 1"],
  failureRate: [isRate, "must be from 0 to 1"],
  failureStatuses: [
    (value) =>
      Array.isArray(value) &&
      value.length > 0 &&
      value.every((each) => isNumber(each) && each >= 500 && each < 600),
    "must be a list of statuses from 500 to 599",
  ],
  resetRate: [isRate, "must be from 0 to 1"],
};

/**
 * The settings with some of them changed.
 *
 * @throws TypeError for a name that is unknown or a value that is out of bounds
 */
export function changed(settings: Readonly<Settings>, changes: Readonly<Partial<Settings>>): Settings {
  const result: Settings = { ...settings };
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(checks, name))
      throw new TypeError(`${name} is not a setting. Known: ${Object.keys(checks).join(", ")}`);
    const [isValid, problem] = checks[name as keyof Settings]; // it is among its keys
    if (!isValid(value)) throw new TypeError(`${name} ${problem}`);
    Object.assign(result, { [name]: value });
  }
  return result;
}
