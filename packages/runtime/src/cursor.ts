/** Lists in which each page names the next. */

import { PaginationLoopError, ResponseShapeError } from "./errors.js";
import { at } from "./fields.js";
import type { CursorPages } from "./operation.js";
import type { FetchedPage, Walk } from "./paginate.js";

/** Follows the cursors to the end. A short or empty page is not the end: only a page that names no next one is. */
export async function* cursorPages(walk: Walk<CursorPages>): AsyncGenerator<FetchedPage, void, undefined> {
  const { pages, query, name } = walk;
  const backwards = pages.reverse !== undefined && query[pages.reverse] === true;
  const nextField = backwards ? (pages.previous ?? pages.next) : pages.next;
  let cursor = walk.from ?? query[pages.cursor];
  const used = new Set([cursor]);

  for (;;) {
    const position = typeof cursor === "string" || typeof cursor === "number" ? cursor : undefined;
    const page = await walk.fetch(position, { [pages.cursor]: cursor });
    yield page;
    const next = at(page.body, nextField);
    if (next === undefined || next === null || next === "") return;
    if (typeof next !== "string" || !next.trim()) {
      throw new ResponseShapeError(`${name}: ${nextField} is not a cursor`, { operation: name });
    }
    // Walking backwards, services name a previous page even on the first one: nothing new is the end.
    if (backwards && (page.fresh === 0 || used.has(next))) return;
    if (used.has(next)) {
      throw new PaginationLoopError(`${name}: ${nextField} leads back to a page that was read before`, {
        operation: name,
      });
    }
    used.add(next);
    cursor = next;
  }
}
