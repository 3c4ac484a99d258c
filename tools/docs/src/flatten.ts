import { describeType } from "./drift/type.ts";
import { BOUNDS, type Facts, type Field, type Type, type Value } from "./facts.ts";

const FACTS = ["default", ...BOUNDS, "pattern"] as const;

/** A page's facts, one a line, each under the name that findings call it by: `query.limit.maximum`. */
export function flatten<At>(facts: Facts<At>): Map<string, Value> {
  const flat = new Map<string, Value>();
  const put = (where: string, value: Value | undefined) => value !== undefined && flat.set(where, value);
  put("name", facts.name?.value);
  put("title", facts.title?.value);
  put("method", facts.method?.value);
  put("path", facts.path?.value);
  put("permission.action", facts.permission?.value.action);
  put("permission.access", facts.permission?.value.access);
  const field = (where: string, each: Field<At>): void => {
    put(where, describeType(each.type));
    if (each.required !== "unknown") put(`${where}.required`, each.required);
    put(`${where}.enum`, each.enum?.value.join(","));
    for (const name of FACTS) put(`${where}.${name}`, each[name]?.value);
    put(`${where}.requires`, each.requires?.value.join(","));
    put(`${where}.nonEmpty`, each.nonEmpty?.value);
    nested(where, each.type);
  };
  const nested = (where: string, type: Type<At>): void => {
    const inner = type.kind === "array" ? `${where}[]` : `${where}{}`;
    if (type.items !== undefined) nested(inner, type.items);
    for (const each of type.fields ?? []) field(`${where}.${each.name}`, each);
  };
  for (const parameter of facts.parameters) field(`${parameter.in}.${parameter.name}`, parameter);
  put("body.required", facts.bodyRequired?.value);
  if (facts.body !== undefined) nested("body", facts.body);
  for (const { status, body, headers } of facts.responses) {
    for (const each of headers) field(`response.${status}.header.${each.name}`, each);
    put(`response.${status}`, body === undefined ? "no body" : describeType(body));
    if (body !== undefined) nested(`response.${status}`, body);
  }
  for (const { name, fields } of facts.schemas)
    for (const each of fields) field(`${name}.${each.name}`, each);
  return flat;
}
