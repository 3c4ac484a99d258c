import type { Field, Parameter, Type } from "../facts.ts";
import { singular } from "./singular.ts";

/** Fields of `x-pagination`, by our names for them. */
export type Pagination = Readonly<Record<string, string>>;

const CURSORS = ["marker", "NextToken", "next_token", "cursor", "page_token", "Marker"];
const NEXT = ["next_marker", "NextToken", "next_token", "nextMarker", "next_cursor", "NextMarker", "marker"];
const PREVIOUS = ["previous_marker", "prev_marker", "PreviousToken"];
const LIMITS = ["limit", "MaxResults", "PageSize", "page_size", "pageSize", "size", "per_page", "Limit"];
const TOTALS = ["total", "total_count", "TotalCount", "totalCount", "TotalSize", "count"];
const COUNTS = ["current_count", "currentCount"];
const PAGES = ["PageNumber", "page", "page_number", "pageNo", "page_no", "CurrentPage"];

/** How a list is paged, where the names of its fields make that evident. */
export function paginationOf(
  parameters: readonly Parameter[],
  root: Type | undefined,
  fieldsOf: (type: Type) => readonly Field[],
): Pagination | undefined {
  const query = new Set(parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name));
  const fields = root === undefined ? [] : fieldsOf(root);
  const items = itemsIn(fields, fieldsOf);
  if (items === undefined) return undefined;
  const inQuery = (names: readonly string[]) => names.find((name) => query.has(name));
  const inAnswer = (names: readonly string[]) => {
    for (const name of names) {
      if (fields.some((field) => field.name === name)) return name;
      const parent = fields.find(
        ({ type }) => type.kind === "object" && fieldsOf(type).some((field) => field.name === name),
      );
      if (parent !== undefined) return `${parent.name}.${name}`;
    }
    return undefined;
  };
  const known = (facts: Readonly<Record<string, string | undefined>>): Pagination =>
    Object.fromEntries(
      Object.entries(facts).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
  const limit = inQuery(LIMITS);
  const [cursor, next] = [inQuery(CURSORS), inAnswer(NEXT)];
  const [total, count] = [inAnswer(TOTALS), inAnswer(COUNTS)];
  if (cursor !== undefined && next !== undefined) {
    const previous = inAnswer(PREVIOUS);
    const reverse = previous === undefined ? undefined : inQuery(["page_reverse", "reverse"]);
    return known({
      style: "cursor",
      items,
      cursor,
      next,
      reverse,
      previous: reverse && previous,
      limit,
      total,
      count,
    });
  }
  if (limit === undefined) return undefined;
  // A default of 1 may count rows from 1, or pages: whoever pages has to find out.
  const base =
    String(parameters.find(({ name }) => name === "offset")?.default?.value) === "1" ? "unknown" : undefined;
  if (query.has("offset"))
    return known({ style: "offset", items, offset: "offset", base, limit, total, count });
  const page = inQuery(PAGES);
  return page === undefined ? undefined : known({ style: "page", items, page, limit, total, count });
}

/** What tells a list's items apart, where a field is called like it: `id`, or `server_id` in a list of servers. */
export function itemIdOf(items: string, fields: readonly Field[]): string | undefined {
  const item = singular(items.split(".").at(-1) ?? "");
  const names = ["id", "Id", `${item}_id`, `${item}Id`];
  return names.find((name) =>
    fields.some((field) => field.name === name && /^(?:string|integer)$/.test(field.type.kind)),
  );
}

const isList = ({ type }: Field): boolean => type.kind === "array" && type.items?.kind === "object";

/** The list of the answer, or the one in the structure around it: `TaskSet.Task`. */
function itemsIn(fields: readonly Field[], fieldsOf: (type: Type) => readonly Field[]): string | undefined {
  const own = fields.find(isList);
  if (own !== undefined) return own.name;
  for (const { name, type } of fields) {
    const inner = type.kind === "object" ? fieldsOf(type).filter(isList) : [];
    if (inner.length === 1) return `${name}.${inner[0]?.name}`;
  }
  return undefined;
}
