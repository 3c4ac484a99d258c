import type { Place } from "typedcloud/checked";
import { definition } from "./definition.ts";
import { addField, removeField, replaceNode, replaceValue } from "./edit.ts";
import { edited, leave, type Plan, type Task } from "./plan.ts";

/** A bound, a default, a form, or what must be sent beside. */
export function planConstraint({ finding, pairing }: Task, fact: string, place: Place): Plan {
  const { where, kind, after } = finding;
  if (fact === "requires") {
    const names = pairing.field(where.slice(0, -".requires".length))?.page?.requires?.value ?? [];
    return edited(
      place.has("x-requires")
        ? replaceNode(place.at("x-requires"), names)
        : addField(place, "x-requires", names),
    );
  }
  const schema = definition(place);
  if (fact === "length") return planLength(schema, after);
  if (kind === "removed") {
    if (schema.has(fact)) return edited(removeField(schema.at(fact)));
    return leave("the specification says it in another way");
  }
  if (after === null) return leave("there is no value");
  return edited(schema.has(fact) ? replaceValue(schema.at(fact), after) : addField(schema, fact, after));
}

/** A fixed length: part of the form, or both bounds. */
function planLength(schema: Place, after: string | number | boolean | null): Plan {
  if (typeof after !== "number") return leave("there is no value");
  const pattern = schema.text("pattern");
  if (pattern !== undefined && /\{\d+\}\$$/.test(pattern))
    return edited(replaceValue(schema.at("pattern"), pattern.replace(/\{\d+\}\$$/, `{${after}}$`)));
  if (!schema.has("minLength") || !schema.has("maxLength"))
    return leave("the specification says it in another way");
  return edited([
    ...replaceValue(schema.at("minLength"), after),
    ...replaceValue(schema.at("maxLength"), after),
  ]);
}
