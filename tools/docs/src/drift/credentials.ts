import type { Parameter } from "../facts.ts";
import { isClientsOwn } from "../headers.ts";
import type { Context } from "./context.ts";
import { describeType } from "./type.ts";

/**
 * Headers that carry credentials stand on some pages; the specification has them as security schemes.
 *
 * @returns the parameters that are no others
 */
export function compareCredentials(context: Context): ReadonlySet<Parameter> {
  const { page, spec } = context;
  const headers = page.parameters.filter((each) => each.in === "header");
  const credentials = new Set(headers.filter(({ name }) => spec.credentials.has(name)));
  const known = new Set(spec.parameters.filter((each) => each.in === "header").map(({ name }) => name));
  const unknown = headers.filter(
    (each) => !credentials.has(each) && !known.has(each.name) && !isClientsOwn(each.name),
  );
  const listed = [...credentials];
  for (const name of spec.credentials) {
    const where = `header.${name}`;
    const parameter = listed.find((each) => each.name === name);
    if (parameter === undefined && context.snapshot.has(where)) {
      const other = unknown.find(({ type }) => type.kind === "string");
      if (other === undefined) {
        context.removed(where, { value: "string", at: spec.place }, context.lineOf("header"), "compatible");
      } else {
        credentials.add(other);
        const before = { value: name, at: spec.place };
        context.renames(where, before, { value: other.name, at: other.at }, "breaking");
      }
    }
    if (parameter !== undefined && !["string", "any"].includes(parameter.type.kind)) {
      const after = { value: describeType(parameter.type), at: parameter.type.at };
      context.changed(`${where}.type`, { value: "string", at: spec.place }, after, "breaking");
    }
  }
  return credentials;
}
