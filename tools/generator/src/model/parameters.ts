import type { Parameter } from "@typedcloud/runtime/operation";
import type { ParameterGroup } from "../model.ts";
import type { Place } from "../place.ts";
import { suggest } from "../validation.ts";
import type { Report } from "./report.ts";
import { enumOf, typeOf } from "./schema.ts";

/** A parameter of an operation, wherever it is described. */
export interface ParameterPlace {
  readonly name: string;
  readonly in: string;
  readonly place: Place;
  /** Where the operation or its path lists it. */
  readonly entry: Place;
}

/** The parameters of an operation and of its path; the operation's own win. */
export function readParameters(item: Place, operation: Place, report: Report): ParameterPlace[] {
  const parameters = new Map<string, ParameterPlace>();
  for (const entry of [...item.at("parameters").children(), ...operation.at("parameters").children()]) {
    const place = entry.follow();
    const name = place?.text("name");
    const where = place?.text("in");
    if (place === undefined || name === undefined || where === undefined) continue;
    if (where === "cookie")
      report(place.at("in").problem("unsupported", "Clients send no cookies. Use a header or the query."));
    if (place.has("content"))
      report(
        place
          .at("content")
          .problem("unsupported", "Parameters with content are not generated. Use schema.", "key"),
      );
    // HTTP does not tell upper and lower case apart in the names of headers.
    const key = `${where} ${where === "header" ? name.toLowerCase() : name}`;
    const other = parameters.get(key);
    if (other?.entry.parent.pointer === entry.parent.pointer) {
      const message = `There is a ${where} parameter "${other.name}" already. Describe it once.`;
      report(entry.problem("parameter", message));
    }
    parameters.set(key, { name, in: where, place, entry });
  }
  return [...parameters.values()];
}

/** What a parameter may be: what can be written as one text, and in a query lists. */
const TYPES: Readonly<Record<ParameterGroup, readonly Parameter["type"][]>> = {
  path: ["string", "integer", "number"],
  query: ["string", "integer", "number", "boolean", "array"],
  header: ["string", "integer", "number", "boolean"],
};

/** What code must know about parameters before it sends them, by where they travel. */
export function describeParameters(
  parameters: readonly ParameterPlace[],
  report: Report,
): Record<ParameterGroup, Record<string, Parameter>> {
  const describe = (group: ParameterGroup) =>
    Object.fromEntries(
      within(parameters, group).map(({ name, place }) => [
        name,
        describeParameter(place, TYPES[group], report),
      ]),
    );
  const names = within(parameters, "query").map(({ name }) => name);
  for (const { name, place } of within(parameters, "query")) checkRequires(name, place, names, report);
  return { path: describe("path"), query: describe("query"), header: describe("header") };
}

/** The parameters that travel in one place. */
export const within = (parameters: readonly ParameterPlace[], group: ParameterGroup): ParameterPlace[] =>
  parameters.filter((parameter) => parameter.in === group);

function checkRequires(name: string, place: Place, names: readonly string[], report: Report): void {
  const others = names.filter((other) => other !== name);
  for (const required of place.at("x-requires").children()) {
    if (typeof required.value !== "string" || others.includes(required.value)) continue;
    report(
      required.problem(
        "requires",
        `"${required.value}" is no other query parameter here. ${suggest(required.value, others)}`,
      ),
    );
  }
}

function describeParameter(place: Place, types: readonly Parameter["type"][], report: Report): Parameter {
  const schema = place.at("schema").follow() ?? place.at("schema");
  const facts = {
    default: scalar(schema.at("default").value),
    enum: enumOf(schema).closed,
    minimum: schema.number("minimum"),
    maximum: schema.number("maximum"),
    minLength: schema.number("minLength"),
    pattern: schema.text("pattern"),
    unit: schema.text("x-unit") === "ms" ? ("ms" as const) : undefined,
    requires: place.has("x-requires") ? place.texts("x-requires") : undefined,
  };
  return { type: readType(place, schema, types, report), ...defined(facts) };
}

function readType(
  place: Place,
  schema: Place,
  types: readonly Parameter["type"][],
  report: Report,
): Parameter["type"] {
  const type = types.find((candidate) => candidate === typeOf(schema));
  if (type !== undefined) return type;
  const choice = `${types.slice(0, -1).join(", ")} and ${types.at(-1)}`;
  const message = `"${place.text("name")}" needs one type of ${choice}. Set it in the schema.`;
  report((schema.exists ? schema : place).problem("parameter-type", message));
  return "string";
}

const scalar = (value: unknown): string | number | boolean | undefined =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : undefined;

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the fields that are not there: `exactOptionalPropertyTypes` tells the two apart. */
function defined<T extends object>(fields: T): Defined<T> {
  // Removing undefined fields is exactly what turns T into Defined<T>; `fromEntries` cannot know.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}
