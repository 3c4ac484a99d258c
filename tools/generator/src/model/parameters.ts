import type { Parameter } from "@typedcloud/runtime";
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

/** The names in a path template. */
export const templateNames = (path: string): string[] =>
  [...path.matchAll(/\{([^}]*)\}/g)].map(([, name = ""]) => name);

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
    parameters.set(`${where} ${name}`, { name, in: where, place, entry });
  }
  return [...parameters.values()];
}

/** Every `{name}` of the path must be a path parameter, and the other way round. */
export function checkPathParameters(
  path: string,
  operation: Place,
  parameters: readonly ParameterPlace[],
  report: Report,
): void {
  const declared = parameters.filter((parameter) => parameter.in === "path");
  const named = templateNames(path);
  for (const name of named) {
    if (declared.some((parameter) => parameter.name === name)) continue;
    report(
      operation.parent.problem(
        "path-parameter",
        `{${name}} is not declared. Add a parameter with \`in: path\`.`,
        "key",
      ),
    );
  }
  for (const { name, entry } of declared) {
    if (named.includes(name)) continue;
    report(entry.problem("path-parameter", `"${name}" does not stand in ${path}. ${suggest(name, named)}`));
  }
}

/** What code must know about query parameters before it sends them. */
export function describeQuery(
  parameters: readonly ParameterPlace[],
  report: Report,
): Record<string, Parameter> {
  const names = parameters.map(({ name }) => name);
  for (const { name, place } of parameters) checkRequires(name, place, names, report);
  return Object.fromEntries(parameters.map(({ name, place }) => [name, describeParameter(place, report)]));
}

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

function describeParameter(place: Place, report: Report): Parameter {
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
  return { type: readType(place, schema, report), ...defined(facts) };
}

function readType(place: Place, schema: Place, report: Report): Parameter["type"] {
  const type = typeOf(schema);
  switch (type) {
    case "string":
    case "integer":
    case "number":
    case "boolean":
    case "array":
      return type;
    default: {
      const message = `"${place.text("name")}" needs one type of string, integer, number, boolean and array. Set it in the schema.`;
      report((schema.exists ? schema : place).problem("parameter-type", message));
      return "string";
    }
  }
}

const scalar = (value: unknown): string | number | boolean | undefined =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : undefined;

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the fields that are not there: `exactOptionalPropertyTypes` tells the two apart. */
function defined<T extends object>(fields: T): Defined<T> {
  // Removing undefined fields is exactly what turns T into Defined<T>; `fromEntries` cannot know.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}
