import type { Place } from "typedcloud/checked";
import type { Constraints, Field, Kind, Type } from "../facts.ts";
import type { SpecFacts } from "../spec/facts.ts";
import { fieldsOf } from "../spec/schema.ts";

/** Who has to do with a field: whoever sends it, whoever reads it, or whoever is told that it did not work. */
export type Side = "request" | "answer" | "error";

/** A parameter or a field, as users of a package come across it. */
export interface Seen {
  readonly side: Side;
  /** `query.limit`, `jobs[].status`. */
  readonly path: string;
  /** Of an answer. */
  readonly status: string | undefined;
  /** In the words of TypeScript, with "64-bit integer" and "integer" told apart. */
  readonly type: string;
  readonly required: boolean;
  /** The values that are known, documented or not. */
  readonly values: readonly string[] | undefined;
  /** Whether no other value works. */
  readonly closed: boolean;
  readonly constraints: Constraints<Place>;
}

/** Every parameter and field of an operation, by a key that both sides of a comparison share. */
export function seenOf(spec: SpecFacts): Map<string, Seen> {
  const found = new Map<string, Seen>();
  const inside = (
    type: Type<Place>,
    path: string,
    side: Side,
    status: string | undefined,
    parents: readonly string[],
  ): void => {
    if (type.items !== undefined)
      inside(type.items, `${path}${type.kind === "map" ? "{}" : "[]"}`, side, status, parents);
    const name = type.schema;
    // Structures that contain themselves are told once.
    if (name !== undefined && parents.includes(name)) return;
    const fields = type.fields ?? (name === undefined ? [] : fieldsOf(type.at));
    for (const field of fields)
      see(
        field,
        path === "" ? field.name : `${path}.${field.name}`,
        side,
        status,
        name === undefined ? parents : [...parents, name],
      );
  };
  const see = (
    field: Field<Place>,
    path: string,
    side: Side,
    status: string | undefined,
    parents: readonly string[],
  ): void => {
    const schema = valuesPlace(field);
    const listed = field.enum?.value.map(String);
    found.set(`${side} ${status ?? ""} ${path}`, {
      side,
      path,
      status,
      type: wordsFor(field.type),
      required: field.required === "yes",
      values: listed && [...new Set([...listed, ...schema.texts("x-undocumented")])],
      closed: schema.at("x-closed").value === true,
      constraints: field,
    });
    inside(field.type, path, side, status, parents);
  };
  for (const parameter of spec.parameters)
    see(parameter, `${parameter.in}.${parameter.name}`, "request", undefined, []);
  if (spec.body !== undefined) inside(spec.body, "body", "request", undefined, []);
  for (const { status, body } of spec.responses)
    if (body !== undefined) inside(body, "", status.startsWith("2") ? "answer" : "error", status, []);
  return found;
}

/** The schema whose list of values counts: for a list, that of its items. */
function valuesPlace({ enum: list, type }: Field<Place>): Place {
  return list === undefined ? type.at : list.at.parent;
}

const NOUNS: Readonly<Record<Exclude<Kind, "array" | "map">, readonly [one: string, many: string]>> = {
  string: ["a string", "strings"],
  integer: ["an integer", "integers"],
  number: ["a number", "numbers"],
  boolean: ["a boolean", "booleans"],
  object: ["an object", "objects"],
  any: ["anything", "anything"],
};

/** A type as people say it: "a list of strings". */
function wordsFor(type: Type<Place>, isPlural = false): string {
  const schema = type.at.follow() ?? type.at;
  const orNull = schema.texts("type").includes("null") ? " or null" : "";
  if (type.kind === "array" || type.kind === "map") {
    const items = type.items === undefined ? "anything" : wordsFor(type.items, true);
    const noun = type.kind === "array" ? (isPlural ? "lists" : "a list") : isPlural ? "maps" : "a map";
    return `${noun} of ${items}${orNull}`;
  }
  const noun = NOUNS[type.kind][isPlural ? 1 : 0];
  return `${type.format === "int64" ? noun.replace(/^an integer|^integers/, isPlural ? "64-bit integers" : "a 64-bit integer") : noun}${orNull}`;
}
