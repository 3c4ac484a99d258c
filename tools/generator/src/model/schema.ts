import type { Place } from "../place.ts";
import { COMPOSITIONS } from "../references.ts";
import { suggest } from "../validation.ts";

/** The types of a schema, as it lists them. */
export function typesOf(schema: Place): string[] {
  const type = schema.text("type");
  return type === undefined ? schema.texts("type") : [type];
}

/** The one type of a schema, `null` aside; nothing if it has none or several. */
export function typeOf(schema: Place): string | undefined {
  const types = typesOf(schema).filter((type) => type !== "null" || !schema.at("type").isList);
  return types.length === 1 ? types[0] : undefined;
}

/** The values of an enum. */
export interface Enum {
  /** Those documented and those known otherwise. */
  readonly all: readonly (string | number)[];
  /** The same, if no other values can ever be added: numbers, and strings that the specification closes. */
  readonly closed: readonly (string | number)[] | undefined;
}

export function enumOf(schema: Place): Enum {
  const values = [...schema.at("enum").children(), ...schema.at("x-undocumented").children()].map(
    ({ value }) => value,
  );
  const all = [...new Set(values.filter((value) => typeof value === "string" || typeof value === "number"))];
  const isClosed = schema.at("x-closed").value === true || all.every((value) => typeof value === "number");
  return { all, closed: all.length > 0 && isClosed ? all : undefined };
}

/** The schema of a field, named by its dotted path; nothing if the schema has no such field. */
export function fieldOf(schema: Place, path: string): Place | undefined {
  let field: Place | undefined = schema;
  for (const name of path.split(".")) field = field && propertiesOf(field).get(name);
  return field;
}

/** Whether a field that a dotted path names is always there. */
export const isRequired = (schema: Place, path: string): boolean =>
  path.split(".").every((name, index, names) => {
    const owner = index === 0 ? schema : fieldOf(schema, names.slice(0, index).join("."));
    return owner === undefined || requiredOf(owner).has(name);
  });

/** What an object must have, from wherever its schema is put together. */
function requiredOf(schema: Place, seen = new Set<string>()): Set<string> {
  const target = schema.follow();
  if (target === undefined || seen.has(target.pointer)) return new Set();
  seen.add(target.pointer);
  const parts = target.at("allOf").children();
  return new Set([...target.texts("required"), ...parts.flatMap((part) => [...requiredOf(part, seen)])]);
}

/** The schema of what a list holds; nothing if there is no such list, which is a problem of its own. */
export const itemOf = (response: Place, items: string | undefined): Place | undefined =>
  items === undefined ? undefined : fieldOf(response, items)?.at("items").follow();

/** What a dotted path that leads nowhere may have meant. */
export function suggestField(schema: Place, path: string): string {
  const names = path.split(".");
  const found =
    names.findLastIndex((_, index) => fieldOf(schema, names.slice(0, index + 1).join(".")) !== undefined) + 1;
  const parents = names.slice(0, found);
  const parent = found === 0 ? schema : fieldOf(schema, parents.join("."));
  const siblings = parent ? [...propertiesOf(parent).keys()].map((name) => [...parents, name].join(".")) : [];
  return suggest(path, siblings);
}

/** The properties that an object may have, from wherever its schema is put together. */
export function propertiesOf(schema: Place, seen = new Set<string>()): Map<string, Place> {
  const properties = new Map<string, Place>();
  const target = schema.follow();
  // A schema may be part of itself.
  if (target === undefined || seen.has(target.pointer)) return properties;
  seen.add(target.pointer);
  for (const keyword of COMPOSITIONS) {
    for (const part of target.at(keyword).children()) {
      for (const [name, property] of propertiesOf(part, seen)) properties.set(name, property);
    }
  }
  for (const property of target.at("properties").children())
    properties.set(property.key, property.follow() ?? property);
  return properties;
}
