import type { Place } from "typedcloud/checked";
import { isMap } from "yaml";
import type { Tree } from "../draft/schemas.ts";
import { describeType } from "../drift/type.ts";
import { BOUNDS, type Field } from "../facts.ts";
import { addField, type Edit, removeField, removeItem, replaceNode } from "./edit.ts";
import { Writer } from "./fresh.ts";
import { addRequired } from "./members.ts";
import type { ObjectPair } from "./pairing.ts";
import { edited, leave, type Plan, type Task } from "./plan.ts";
import { nodeAt } from "./text.ts";

/** What belongs to a type, and goes with it. */
const OF_TYPE = [
  "$ref",
  "type",
  "format",
  "items",
  "properties",
  "required",
  "additionalProperties",
  "enum",
  ...BOUNDS,
  "pattern",
  "default",
  "x-unit",
  "x-closed",
  "x-undocumented",
];

/** Another type. What is said in words stays; bounds and lists are those that the page states with the new type. */
export function planType({ finding, page, spec, pairing }: Task): Plan {
  const {
    page: mine,
    spec: theirs,
    isRequest,
    object,
  } = pairing.field(finding.where.slice(0, -".type".length)) ?? {};
  if (mine === undefined || theirs === undefined)
    return leave("its place in the specification was not found");
  const { schema, edits } = new Writer(page, spec).field(mine, isRequest === true);
  const other = object && unlike(pairing.sharing(object), mine);
  if (other !== undefined)
    return leave(`the definition is that of ${other.where} too, where the page says otherwise`);
  const isParameter = theirs.at.has("in") && theirs.at.has("schema");
  if (isParameter) return edited([...replaceNode(theirs.at.at("schema"), schema), ...edits]);
  const replaced = replaceType(theirs.at, nullableAs(theirs.at, schema));
  return replaced.length === 0 ? edited([]) : edited([...replaced, ...edits]);
}

/** Another object of the page with the same definition, and another type of the field. */
const unlike = (objects: readonly ObjectPair[], field: Field): ObjectPair | undefined =>
  objects.find(({ page }) =>
    page.some((each) => each.name === field.name && describeType(each.type) !== describeType(field.type)),
  );

/** A field that may be null stays so: pages show it in examples, and say it nowhere. */
function nullableAs(place: Place, schema: Tree): Tree {
  const isNullable = place.texts("type").includes("null");
  return isNullable && typeof schema.type === "string" ? { ...schema, type: [schema.type, "null"] } : schema;
}

/** Field by field, so that description and comments stay where they are. */
function replaceType(place: Place, schema: Tree): Edit[] {
  const fresh = Object.entries(schema);
  const gone = OF_TYPE.filter((name) => place.has(name) && !(name in schema));
  const added = fresh.filter(([name]) => !place.has(name));
  const same = fresh.filter(([name]) => place.has(name));
  const node = nodeAt(place);
  // On one line, the line is written anew; and a map cannot be emptied and filled field by field.
  if ((isMap(node) && node.flow) || gone.length === place.children().length) {
    const rest = place.children().filter(({ key }) => !OF_TYPE.includes(key));
    return replaceNode(place, {
      ...schema,
      ...Object.fromEntries(rest.map(({ key, value }) => [key, value])),
    });
  }
  const staying = place
    .children()
    .map(({ key }) => key)
    .filter((key) => !gone.includes(key));
  const steps = [
    ...same.map(([name, value]) => replaceNode(place.at(name), value)),
    ...added.map(([name, value]) => addField(place, name, value, { after: name === "type" ? [] : staying })),
    ...gone.map((name) => removeField(place.at(name))),
  ];
  return steps.every((edits) => edits.length > 0) ? steps.flat() : [];
}

/** Whether something must be sent, or is always there. */
export function planRequired({ finding, pairing }: Task): Plan {
  const where = finding.where.slice(0, -".required".length);
  const { spec } = pairing.field(where) ?? {};
  if (spec === undefined) return leave("its place in the specification was not found");
  const { at } = spec;
  if (at.has("in") && at.has("schema")) {
    if (finding.after === "yes")
      return edited(
        at.has("required")
          ? replaceNode(at.at("required"), true)
          : addField(at, "required", true, { after: ["name", "in"] }),
      );
    if (at.text("in") === "path") return leave("a part of the path is always sent");
    return edited(at.has("required") ? removeField(at.at("required")) : []);
  }
  const object = at.parent.parent;
  if (finding.after === "yes") return edited(addRequired(object, at.key));
  const item = object
    .at("required")
    .children()
    .find(({ value }) => value === at.key);
  return edited(item === undefined ? [] : removeItem(item));
}
