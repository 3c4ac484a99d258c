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
  const whole = cursor === undefined;
  const used = new Set([cursor]);
  const totals = new Set<number | undefined>();
  let received = 0;

  for (;;) {
    const position = typeof cursor === "string" || typeof cursor === "number" ? cursor : undefined;
    const page = await walk.fetch(position, { [pages.cursor]: cursor });
    // Of a walk that goes on, what the first page repeats was handed out before: it did come.
    received += used.size === 1 ? new Set(page.ids ?? page.items).size : page.fresh;
    totals.add(page.total);
    const next = at(page.body, nextField); // before the page is handed out: then it is the caller's to change
    yield page;
    const isIdle = page.fresh === 0 && (used.size > 1 || page.items.length === 0);
    // Walking backwards, services name a previous page even on the first one: nothing new is the end.
    const ended =
      next === undefined || next === null || next === "" || (backwards && (isIdle || used.has(next)));
    if (ended) {
      // The server says that this is the end, yet counted more all along. What it counts is not documented to be the
      // whole list, so fewer say nothing, and neither does a count that changes.
      const [total = 0] = totals;
      if (whole && totals.size === 1 && total > received)
        walk.incomplete(`${nextField} ends the list too early`, total, received);
      return;
    }
    if (typeof next !== "string" || !next.trim()) {
      throw new ResponseShapeError(`${name}: ${nextField} is not a cursor`, { operation: name });
    }
    if (used.has(next)) {
      throw new PaginationLoopError(`${name}: ${nextField} leads back to a page that was read before`, {
        operation: name,
      });
    }
    used.add(next);
    cursor = next;
  }
}
