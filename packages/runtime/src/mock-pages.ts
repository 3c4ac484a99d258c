/** Cuts a page out of a list, as the service would. */

import { at, isObject, type Json, withAt } from "./fields.js";
import { filtered } from "./mock-filters.js";
import type { CursorPages, Operation, Pages } from "./operation.js";
import type { OffsetModel } from "./paginate.js";

/** How a paged mock behaves where the documentation leaves it open. */
export interface PagedOptions {
  /** What an offset counts, where the documentation contradicts itself. Default `"rows from 0"`. */
  offsets?: OffsetBehaviour;
}

/**
 * How a service reads offsets. Where they count from 1, 0 is refused, unless it says otherwise: 0 may be taken for 1,
 * or for the page before the first one, which is empty.
 */
export type OffsetBehaviour =
  | OffsetModel
  | "rows from 1, 0 is the first"
  | "pages, 0 is the first"
  | "pages, 0 is empty";

/** How a page is cut out. */
interface PageRules extends PagedOptions {
  /** What a cursor that is no item's leads to: a refusal, or what is after the last item. Default `"refusal"`. */
  strangeCursors?: "refusal" | "end";
}

/** The page that a query asks for, or why it is refused. */
export function pageOf(
  items: readonly unknown[],
  query: Record<string, unknown>,
  operation: Operation,
  example: unknown,
  options: PageRules = {},
): Json | string {
  const { pages, query: parameters = {} } = operation;
  if (!pages || !isObject(example)) return "this operation has no pages";
  const listed = filtered(items, query, operation);
  const limit = Number(
    (pages.limit && (query[pages.limit] ?? parameters[pages.limit]?.default)) ?? listed.length,
  );

  const start = startOf(listed, query, operation, limit, options);
  if (typeof start === "string") return start;
  const page = listed.slice(Math.max(0, start), Math.max(0, start + limit));

  let body = withAt(example, pages.items, page);
  if (pages.total) body = withAt(body, pages.total, listed.length);
  if (pages.count) body = withAt(body, pages.count, page.length);
  // Services that say which page size they used call it by the parameter's name.
  if (pages.limit && Object.hasOwn(body, pages.limit)) body = { ...body, [pages.limit]: limit };
  if (pages.style !== "cursor") return body;
  const cursors = cursorsOf(listed, pages);
  const isLast = page.length === 0 || start + limit >= listed.length;
  body = withAt(body, pages.next, isLast ? undefined : cursors[start + limit - 1]);
  return pages.previous
    ? withAt(body, pages.previous, page.length ? cursors[Math.max(0, start)] : undefined)
    : body;
}

/** The index of the page's first item, or why there is no such page. */
function startOf(
  listed: readonly unknown[],
  query: Record<string, unknown>,
  operation: Operation,
  limit: number,
  options: PageRules,
): number | string {
  const pages = operation.pages as Pages; // the caller looked
  switch (pages.style) {
    case "cursor":
      return startAfter(listed, query, pages, limit, options);
    case "page":
      return (Number(query[pages.page] ?? 1) - 1) * limit;
    default: {
      const { base = 0 } = pages;
      const behaviour = base === "unknown" ? (options.offsets ?? "rows from 0") : `rows from ${base}`;
      const [counts = "", zero] = behaviour.split(", 0 is ");
      const offset = Number(query[pages.offset] ?? operation.query?.[pages.offset]?.default ?? 0);
      if (counts === "rows from 0") return offset;
      if (offset < 1 && zero === undefined) return `${pages.offset} must be 1 or more`;
      const first = zero === "the first" ? Math.max(1, offset) : offset;
      return counts === "pages" ? (first - 1) * limit : first - 1;
    }
  }
}

function startAfter(
  listed: readonly unknown[],
  query: Record<string, unknown>,
  pages: CursorPages,
  limit: number,
  { strangeCursors }: PageRules,
): number | string {
  const cursor = query[pages.cursor];
  if (cursor === undefined) return 0;
  const index = cursorsOf(listed, pages).indexOf(String(cursor));
  if (index < 0) return strangeCursors === "end" ? listed.length : `${pages.cursor} is not the id of an item`;
  return pages.reverse && query[pages.reverse] === true ? index - limit : index + 1;
}

/** What a page may start after: the items' ids; their places where ids are missing or not their own. */
function cursorsOf(listed: readonly unknown[], { id }: Pages): string[] {
  const ids = new Set(listed.map((item) => (id === undefined ? undefined : at(item, id))));
  return ids.size === listed.length && !ids.has(undefined)
    ? [...ids].map(String)
    : listed.map((_, index) => String(index));
}
