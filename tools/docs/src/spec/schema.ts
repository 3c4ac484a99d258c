import type { Place } from "typedcloud/checked";
import type { Constraints, Field, Kind, Type, Value } from "../facts.ts";

const KINDS: ReadonlySet<string> = new Set(["string", "integer", "number", "boolean", "object", "array"]);
const isKind = (type: string | undefined): type is Kind => type !== undefined && KINDS.has(type);

/** The schema's own place, and the definition that it refers to. */
const definition = (schema: Place): Place => schema.follow() ?? schema;

/** The type that a schema describes. Structures are named and not opened: they may contain themselves. */
export function typeOf(schema: Place): Type<Place> {
  const target = definition(schema);
  const types = target.at("type").isList ? target.texts("type") : [target.text("type")];
  const named = types.find((type) => type !== "null");
  const kind: Kind = isKind(named)
    ? named
    : target.has("properties") || target.has("allOf")
      ? "object"
      : "any";
  const format = formatOf(target.text("format"));
  const base: Type<Place> = { kind, at: schema, ...(format === undefined ? {} : { format }) };
  if (kind === "array") return target.has("items") ? { ...base, items: typeOf(target.at("items")) } : base;
  if (kind !== "object") return base;
  const values = target.at("additionalProperties");
  if (!target.has("properties") && !target.has("allOf") && typeof values.value === "object")
    return { ...base, kind: "map", items: typeOf(values) };
  const name = nameOf(target);
  return name === undefined ? { ...base, fields: fieldsOf(target) } : { ...base, schema: name };
}

/** 32 bits are what an integer has unless something else is said; the formats of strings say nothing about drift. */
const formatOf = (format: string | undefined): string | undefined =>
  format === "int64" || format === "float" || format === "double" ? format : undefined;

const nameOf = ({ path }: Place): string | undefined =>
  path.length === 3 && path[0] === "components" && path[1] === "schemas" ? path[2] : undefined;

/** The fields of an object, from wherever its schema is put together. */
export function fieldsOf(schema: Place): Field<Place>[] {
  const target = definition(schema);
  const required = new Set(target.texts("required"));
  const own = target
    .at("properties")
    .children()
    .map(
      (property): Field<Place> => ({
        name: property.key,
        at: property,
        type: typeOf(property),
        required: required.has(property.key) ? "yes" : "no",
        requiredAt: target.has("required") ? target.at("required") : property,
        ...constraintsOf(property),
      }),
    );
  return [...target.at("allOf").children().flatMap(fieldsOf), ...own];
}

/** What a schema says about values; for a list, about its items. */
export function constraintsOf(schema: Place): Constraints<Place> {
  const list = definition(schema);
  const target = list.text("type") === "array" && list.has("items") ? definition(list.at("items")) : list;
  const constraints: { -readonly [K in keyof Constraints<Place>]: Constraints<Place>[K] } = {};
  const values = target
    .at("enum")
    .children()
    .map(({ value }) => value)
    .filter(isValue);
  if (values.length > 0) constraints.enum = { value: values, at: target.at("enum") };
  const fallback = target.at("default").value ?? list.at("default").value;
  if (isValue(fallback))
    constraints.default = {
      value: fallback,
      at: target.has("default") ? target.at("default") : list.at("default"),
    };
  for (const name of ["minimum", "maximum", "minLength", "maxLength"] as const) {
    const value = target.number(name);
    if (value !== undefined) constraints[name] = { value, at: target.at(name) };
  }
  for (const name of ["minItems", "maxItems"] as const) {
    const value = list.number(name);
    if (value !== undefined) constraints[name] = { value, at: list.at(name) };
  }
  const pattern = target.text("pattern");
  if (pattern !== undefined) constraints.pattern = { value: pattern, at: target.at("pattern") };
  return constraints;
}

const isValue = (value: unknown): value is Value =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";
