import { typesOf } from "./model/schema.ts";
import type { Place } from "./place.ts";
import type { Problem } from "./problem.ts";
import type { Node } from "./structure.ts";

/** Bounds that belong together. */
const RANGES = [
  ["minimum", "maximum"],
  ["minLength", "maxLength"],
  ["minItems", "maxItems"],
  ["minProperties", "maxProperties"],
] as const;

/** Refuses schemas that contradict themselves, whether or not an example comes upon it. */
export const checkSchemas = (nodes: readonly Node[]): Problem[] =>
  nodes.filter(({ kind }) => kind === "Schema").flatMap(({ place }) => checkSchema(place));

function checkSchema(schema: Place): Problem[] {
  // What it leads to is looked at where it stands.
  if (schema.has("$ref")) return [];
  return [
    ...checkPattern(schema),
    ...checkRanges(schema),
    ...checkEnum(schema),
    ...checkExtensionsFit(schema),
  ];
}

function checkPattern(schema: Place): Problem[] {
  const pattern = schema.text("pattern");
  if (pattern === undefined) return [];
  try {
    new RegExp(pattern, "u");
    return [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [schema.at("pattern").problem("schema", `${reason}. Correct the pattern.`)];
  }
}

const checkRanges = (schema: Place): Problem[] =>
  RANGES.flatMap(([least, most]) => {
    const low = schema.number(least);
    const high = schema.number(most);
    if (low === undefined || high === undefined || low <= high) return [];
    const message = `${least}: ${low} is more than ${most}, ${high}: nothing fits. Correct one of them.`;
    return [schema.at(least).problem("schema", message)];
  });

function checkEnum(schema: Place): Problem[] {
  const types = typesOf(schema);
  if (types.length === 0) return [];
  return ["enum", "x-undocumented"].flatMap((keyword) =>
    schema
      .at(keyword)
      .children()
      .filter(({ value }) => !types.some((type) => isOfType(value, type)))
      .map((value) =>
        value.problem(
          "schema",
          `${keyword}: ${JSON.stringify(value.value)} is no ${types.join(" or ")}. Correct it, or the type.`,
        ),
      ),
  );
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "integer":
      return Number.isInteger(value);
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}

/** Our fields say more of what other fields say: without those they say nothing. */
function checkExtensionsFit(schema: Place): Problem[] {
  const refuse = (name: string, message: string) => [
    schema.at(name).problem("extension", `${name}: ${message}`, "key"),
  ];
  const listing = ["x-closed", "x-undocumented"].filter((name) => schema.has(name) && !schema.has("enum"));
  const isNumber = typesOf(schema).some((type) => type === "integer" || type === "number");
  return [
    ...listing.flatMap((name) => refuse(name, "there is no enum. Add it, or remove this.")),
    ...(schema.has("x-unit") && !isNumber
      ? refuse("x-unit", "only numbers have a unit. Make the type integer or number, or remove this.")
      : []),
  ];
}
