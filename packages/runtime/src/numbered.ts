/** Lists whose pages have numbers. */

import type { NumberedPages } from "./operation.js";
import type { FetchedPage, Walk } from "./paginate.js";
import { passes } from "./passes.js";

/** Counts up until a page is empty, or every counted item was seen. */
export function numberedPages(walk: Walk<NumberedPages>): AsyncGenerator<FetchedPage, void, undefined> {
  const { pages, query } = walk;
  const start = Number(walk.from ?? query[pages.page] ?? 1);
  return passes(walk, {
    start,
    skipped: start === 1 ? 0 : undefined,
    parameter: pages.page,
    next: (number) => number + 1,
  });
}
