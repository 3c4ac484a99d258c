import type { Pages } from "@typedcloud/runtime/operation";
import { parseExtension } from "../extensions.ts";
import type { Place } from "../place.ts";
import { suggest } from "../validation.ts";
import type { ParameterPlace } from "./parameters.ts";
import type { Report } from "./report.ts";
import { fieldOf, itemOf, suggestField, typeOf } from "./schema.ts";

/** Fields of `x-pagination` that name query parameters, and those that name fields of the response. */
const REQUEST = ["limit", "cursor", "reverse", "offset", "page"];
const RESPONSE = ["items", "next", "previous", "total", "count"];

/** Reads `x-pagination`, and checks that what it names exists. */
export function readPages(
  operation: Place,
  response: Place | undefined,
  query: readonly ParameterPlace[],
  report: Report,
): Pages | undefined {
  const pagination = operation.at("x-pagination");
  const names = query.map(({ name }) => name);
  for (const field of REQUEST) {
    const name = pagination.text(field);
    if (name === undefined) continue;
    checkDistinct(pagination, field, report);
    if (names.includes(name)) continue;
    report(
      pagination
        .at(field)
        .problem("pagination", `${field}: there is no query parameter "${name}". ${suggest(name, names)}`),
    );
  }
  for (const field of RESPONSE) {
    const path = pagination.text(field);
    if (path !== undefined && response !== undefined)
      checkField(pagination.at(field), path, response, report);
  }
  const item = response && itemOf(response, pagination.text("items"));
  if (item !== undefined) checkId(pagination, item, report);
  const pages = parseExtension.pagination(pagination.value);
  // What jobs are asked for by tells them apart, too.
  const id = pages?.id ?? operation.at("x-job").text("id");
  return pages && (id === undefined ? pages : { ...pages, id });
}

function checkId(pagination: Place, item: Place, report: Report): void {
  const path = pagination.text("id");
  if (path === undefined) return;
  const schema = fieldOf(item, path);
  const refuse = (message: string) => report(pagination.at("id").problem("pagination", `id: ${message}`));
  if (schema === undefined) refuse(`the items have no field "${path}". ${suggestField(item, path)}`);
  else if (!["string", "integer"].includes(typeOf(schema) ?? "string"))
    refuse(`"${path}" is neither a string nor an integer. Name what tells items apart.`);
}

function checkField(place: Place, path: string, response: Place, report: Report): void {
  const schema = fieldOf(response, path);
  if (schema === undefined) {
    report(
      place.problem(
        "pagination",
        `${place.key}: the response has no field "${path}". ${suggestField(response, path)}`,
      ),
    );
    return;
  }
  // A $ref that leads nowhere has its own problem.
  const type = schema.has("$ref") ? undefined : typeOf(schema);
  const refuse = (message: string) =>
    report(place.problem("pagination", `${place.key}: "${path}" ${message}`));
  if (place.key === "items") {
    if (typeOf(schema) !== "array") refuse("is not an array. Name the list of the page's items.");
  } else if (place.key === "total" || place.key === "count") {
    if ((type ?? "integer") !== "integer") refuse("is not an integer. Name what counts items.");
  } else if (!["string", "integer"].includes(type ?? "string")) {
    refuse("is neither a string nor an integer. Name what the next request sends.");
  }
}

/** A parameter cannot say both where a page begins and how long it is. */
function checkDistinct(pagination: Place, field: string, report: Report): void {
  const name = pagination.text(field);
  const other = REQUEST.slice(0, REQUEST.indexOf(field)).find((before) => pagination.text(before) === name);
  if (other === undefined) return;
  const message = `${field}: "${name}" is the ${other} already. Name another query parameter.`;
  report(pagination.at(field).problem("pagination", message));
}
