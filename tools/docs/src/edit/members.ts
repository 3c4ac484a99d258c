import type { Place } from "typedcloud/checked";
import type { Tree } from "../draft/schemas.ts";
import type { Field, Parameter } from "../facts.ts";
import { addField, addItem, type Edit, removeField, removeItem, replaceNode } from "./edit.ts";
import { Writer } from "./fresh.ts";
import type { ObjectPair } from "./pairing.ts";
import { edited, leave, type Plan, type Task } from "./plan.ts";

const PLACEHOLDER = "To be described.";

/** A parameter or a field that only the page has. */
export function planAdded(task: Task): Plan {
  const { finding, page, pairing } = task;
  const parameter = page.parameters.find((each) => `${each.in}.${each.name}` === finding.where);
  if (parameter !== undefined) return addParameter(task, parameter);
  const { object, name } = pairing.member(finding.where) ?? {};
  const field = object?.page.find((each) => each.name === name);
  if (object === undefined || field === undefined)
    return leave("its place in the specification was not found");
  const others = pairing
    .sharing(object)
    .filter((each) => !each.page.some((other) => other.name === field.name));
  if (others.length > 0) return leave(shares(object, others));
  return addProperty(task, object, field);
}

const shares = ({ spec }: ObjectPair, others: readonly ObjectPair[]): string =>
  `${spec.key} describes ${others.map(({ where }) => where).join(", ")} as well, where the page does not say so: it needs a structure of its own`;

function addProperty({ page, spec }: Task, object: ObjectPair, field: Field): Plan {
  const properties = propertiesOf(object.spec);
  if (properties === undefined)
    return leave("the specification says nothing about the fields of this object");
  const { schema, edits } = new Writer(page, spec).field(field, object.isRequest);
  const after = namesBefore(object.page, field);
  return edited([
    ...addField(properties, field.name, described(schema), { after }),
    ...(field.required === "yes" ? addRequired(properties.parent, field.name) : []),
    ...edits,
  ]);
}

const namesBefore = (fields: readonly Field[], field: Field): string[] =>
  fields.slice(0, fields.indexOf(field)).map(({ name }) => name);

/** The description stands behind the type, and in front of a reference. */
function described(schema: Tree): Tree {
  const { type, ...rest } = schema;
  return { ...(type === undefined ? {} : { type }), description: PLACEHOLDER, ...rest };
}

/** Where an object's own fields stand; for one put together of several, the last of them that has some. */
function propertiesOf(object: Place): Place | undefined {
  if (object.has("properties")) return object.at("properties");
  return object
    .at("allOf")
    .children()
    .flatMap((part) => part.follow() ?? [])
    .findLast((part) => part.has("properties"))
    ?.at("properties");
}

/** Marks a field as one that is always there, or must be. */
export const addRequired = (object: Place, name: string): Edit[] =>
  object.has("required")
    ? addItem(object.at("required"), name)
    : addField(object, "required", [name], { after: ["type", "description"] });

function addParameter({ page, spec }: Task, parameter: Parameter): Plan {
  if (parameter.in === "path") return leave("it stands in the path: write the path as it is now");
  if (parameter.in === "form") return leave("forms are not described here");
  const { schema, edits } = new Writer(page, spec).field(parameter, true);
  const requires = (parameter.requires?.value ?? []).filter((name) =>
    page.parameters.some((each) => each.in === "query" && each.name === name),
  );
  const tree = {
    name: parameter.name,
    in: parameter.in,
    ...(parameter.required === "yes" ? { required: true } : {}),
    description: PLACEHOLDER,
    schema,
    ...(requires.length > 0 && parameter.in === "query" ? { "x-requires": requires } : {}),
  };
  const list = spec.place.at("parameters");
  if (!list.exists) return edited([...addField(spec.place, "parameters", [tree]), ...edits]);
  const known = list
    .children()
    .map((entry) => `${entry.follow()?.text("in")}.${entry.follow()?.text("name")}`);
  const before = page.parameters
    .slice(0, page.parameters.indexOf(parameter))
    .map((each) => `${each.in}.${each.name}`);
  const own = known.findLastIndex((name) => name.startsWith(`${parameter.in}.`) && before.includes(name));
  // The first of its kind: pages have the path before the query, and headers behind it.
  const at = own < 0 ? known.findLastIndex((name) => before.includes(name)) : own;
  return edited([...addItem(list, tree, at), ...edits]);
}

/** A parameter or a field that only the specification has. */
export function planRemoved({ finding, spec, pairing }: Task): Plan {
  const { where } = finding;
  const entry = spec.place
    .at("parameters")
    .children()
    .find((each) => `${each.follow()?.text("in")}.${each.follow()?.text("name")}` === where);
  if (entry !== undefined) {
    if (where.startsWith("path.")) return leave("it stands in the path: write the path as it is now");
    return edited([
      ...removeItem(entry),
      ...noLongerRequired(spec.place, where.slice(where.indexOf(".") + 1)),
    ]);
  }
  const { object, name = "" } = pairing.member(where) ?? {};
  const field = pairing.field(where)?.spec;
  if (object === undefined || field === undefined)
    return leave("its place in the specification was not found");
  const others = pairing.sharing(object).filter((each) => each.page.some((other) => other.name === name));
  if (others.length > 0)
    return leave(
      `${object.spec.key} describes ${others.map((each) => each.where).join(", ")} as well, where the page still has it`,
    );
  const owner = field.at.parent.parent;
  const required = owner
    .at("required")
    .children()
    .find(({ value }) => value === name);
  return edited([...removeField(field.at), ...(required === undefined ? [] : removeItem(required))]);
}

/** What is gone cannot be sent beside anything. */
function noLongerRequired(operation: Place, name: string): Edit[] {
  return operation
    .at("parameters")
    .children()
    .flatMap((entry) => {
      const list = entry.at("x-requires");
      const names = entry.texts("x-requires");
      if (!names.includes(name)) return [];
      const rest = names.filter((each) => each !== name);
      return rest.length === 0 ? removeField(list) : replaceNode(list, rest);
    });
}
