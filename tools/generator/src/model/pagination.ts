import type { Pages } from "@typedcloud/runtime";
import { parseExtension } from "../extensions.ts";
import type { Place } from "../place.ts";
import { suggest } from "../validation.ts";
import type { ParameterPlace } from "./parameters.ts";
import type { Report } from "./report.ts";
import { fieldOf, suggestField, typeOf } from "./schema.ts";

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
    if (name === undefined || names.includes(name)) continue;
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
  return parseExtension.pagination(pagination.value);
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
  } else if (place.key === "items" && typeOf(schema) !== "array") {
    report(
      place.problem("pagination", `items: "${path}" is not an array. Name the list of the page's items.`),
    );
  }
}
