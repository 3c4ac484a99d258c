import type { Place } from "typedcloud/checked";

/** The schema that says which values a parameter or a field has; of a list, that of its items. */
export function definition(place: Place): Place {
  const schema = place.has("schema") && place.has("in") ? place.at("schema") : place;
  const list = schema.follow() ?? schema;
  return list.text("type") === "array" && list.has("items") ? (list.at("items").follow() ?? list) : list;
}
