/** Checks a query against the operation's documented parameters before anything is sent. */

import { ValidationError } from "./errors.js";
import type { Operation, Parameter } from "./operation.js";
import { EARLIEST_MS } from "./times.js";
import { kindOf } from "./url.js";

/**
 * The query to send: checked, and completed with the default of every parameter that the documentation wants beside
 * one that is given (`limit` beside `marker`).
 */
export function checkQuery(
  query: Readonly<Record<string, unknown>>,
  operation: Operation,
  name: string,
): Record<string, unknown> {
  const parameters = operation.query ?? {};
  const checked: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined) continue;
    const parameter = Object.hasOwn(parameters, key) ? parameters[key] : undefined;
    if (!parameter) {
      throw new ValidationError(
        `query.${key}`,
        `is not a parameter. Known: ${Object.keys(parameters).join(", ") || "none"}`,
        { operation: name },
      );
    }
    const problem = problemWith(value, withBounds(parameter, key, operation));
    if (problem) throw new ValidationError(`query.${key}`, problem, { operation: name });
    checked[key] = value;
  }
  for (const key of Object.keys(checked)) {
    for (const other of parameters[key]?.requires ?? []) {
      if (checked[other] !== undefined) continue;
      const fallback = parameters[other]?.default;
      if (fallback === undefined)
        throw new ValidationError(`query.${key}`, `needs ${other} beside it`, { operation: name });
      checked[other] = fallback;
    }
  }
  return checked;
}

/** A page has at least one item, and nothing begins before the first: true even where no minimum is documented. */
function withBounds(parameter: Parameter, name: string, { pages }: Operation): Parameter {
  if (!pages || parameter.minimum !== undefined) return parameter;
  const least = pages.limit === name ? 1 : pages.style === "offset" && pages.offset === name ? 0 : undefined;
  return least === undefined ? parameter : { ...parameter, minimum: least };
}

/** What is wrong with a value, as the end of a sentence; undefined if nothing is. */
export function problemWith(value: unknown, parameter: Parameter): string | undefined {
  const { type, minimum = -Infinity, maximum = Infinity, minLength = 0, pattern, unit } = parameter;
  const allowed = parameter.enum;
  switch (type) {
    case "array":
      if (!Array.isArray(value)) return `must be an array, not ${kindOf(value)}`;
      if (!value.length) return "must not be an empty array: to ask for all, leave it out";
      // A hole, too: what is left out of an array would move the others.
      return [...value].some((item) => item === undefined || item === null)
        ? "must not hold undefined or null"
        : undefined;
    case "boolean":
      return typeof value === "boolean" ? undefined : `must be true or false, not ${kindOf(value)}`;
    case "string":
      if (typeof value !== "string") return `must be a string, not ${kindOf(value)}`;
      if (value.length < minLength)
        return minLength === 1 ? "must not be empty" : `must have ${minLength} characters or more`;
      if (pattern && !new RegExp(pattern, "u").test(value)) return `must match ${pattern}`;
      break;
    default:
      if (type === "integer" ? !Number.isSafeInteger(value) : !Number.isFinite(value)) {
        return `must be ${type === "integer" ? "an integer" : "a number"}, not ${kindOf(value)}`;
      }
      if (Number(value) < minimum || Number(value) > maximum)
        return `must be ${range(minimum, maximum)}, not ${value}`;
      if (unit === "ms" && Number(value) < EARLIEST_MS)
        return "is a time in milliseconds since 1970; this looks like seconds";
  }
  if (allowed && !allowed.some((each) => each === value))
    return `must be one of ${allowed.map((each) => JSON.stringify(each)).join(", ")}, not ${JSON.stringify(value).slice(0, 40)}`;
  return undefined;
}

const range = (minimum: number, maximum: number): string =>
  maximum === Infinity
    ? `${minimum} or more`
    : minimum === -Infinity
      ? `${maximum} or less`
      : `${minimum} to ${maximum}`;
