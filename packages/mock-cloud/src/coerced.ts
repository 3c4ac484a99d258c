/** Text from a path or a query, as its schema reads it. */

import { isObject } from "@typedcloud/runtime/mocks";
import type { Schema } from "./schemas.js";

/**
 * Numbers and booleans where the schema has them, however deep; text that is none stays text, which the schema refuses.
 *
 * @param resolve finds what a schema refers to
 */
export function coerced(
  value: unknown,
  schema: Schema | undefined,
  resolve: (schema: Schema | undefined) => Schema | undefined,
): unknown {
  const here = resolve(schema);
  if (Array.isArray(value)) return value.map((each) => coerced(each, here?.items, resolve));
  if (isObject(value)) {
    const { properties = {} } = here ?? {};
    return Object.fromEntries(
      Object.entries(value).map(([name, field]) => [
        name,
        coerced(field, Object.hasOwn(properties, name) ? properties[name] : undefined, resolve),
      ]),
    );
  }
  const types = [here?.type ?? "string"].flat();
  if (typeof value !== "string" || types.includes("string")) return value;
  const isNumeric = types.includes("integer") || types.includes("number");
  if (isNumeric && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (types.includes("boolean") && /^(true|false)$/.test(value)) return value === "true";
  return value;
}
