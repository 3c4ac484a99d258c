/**
 * Reads a list by position, and reads it again if it changed meanwhile.
 *
 * Rows that are inserted or deleted while a list is read shift the others across the borders of pages: some come
 * twice, some not at all. So a pass counts as complete only if the server's total stayed the same and as many different
 * items came as it says. Items that went missing without a trace are found by the next pass.
 */

import { IncompletePaginationError } from "./errors.js";
import type { FetchedPage, Walk } from "./paginate.js";

/** After so many passes over a list that does not hold still, the caller is told instead. */
const MOST_PASSES = 5;

/** Where a page stands: the query that asks for it, and the position after it. */
export interface Place {
  readonly query: Record<string, unknown>;
  next(page: FetchedPage): number;
}

/** What a pass has seen so far. */
export interface Pass {
  readonly ids: Set<string>;
  /** Items received where they have no ids. */
  count: number;
  total: number | undefined;
  /** The total changed while the pass was under way. */
  moved: boolean;
}

export const newPass = (): Pass => ({ ids: new Set(), count: 0, total: undefined, moved: false });

/** Adds a page to a pass. */
export function record(pass: Pass, page: FetchedPage): void {
  if (pass.total !== undefined && page.total !== pass.total) pass.moved = true;
  pass.total = page.total;
  pass.count += page.received;
  for (const id of page.ids ?? []) pass.ids.add(id);
}

/** How many different items a pass has seen, as far as that can be known. */
export const found = (pass: Pass): number => pass.ids.size || pass.count;

/** What a pass reads. */
export interface Reading {
  /** The position of its first page. */
  readonly start: number;
  /** Items of the whole list that stand before `start`; undefined if that cannot be known, nor completeness then. */
  readonly skipped: number | undefined;
  /** A pass that is already under way, and its next position. */
  readonly resumed?: { readonly pass: Pass; readonly position: number };
  at(position: number): Place;
}

/** Yields pages until a pass is complete. */
export async function* passes(
  walk: Walk,
  { start, skipped, resumed, at }: Reading,
): AsyncGenerator<FetchedPage, void, undefined> {
  let { pass, position } = resumed ?? { pass: newPass(), position: start };
  for (let number = 1; ; number++) {
    for (;;) {
      const { query, next } = at(position);
      const page = await walk.fetch(position, query);
      record(pass, page);
      if (page.fresh > 0 || (number === 1 && page.received > 0) || found(pass) === 0) yield page;
      if (page.received === 0 || isWhole(pass, skipped)) break;
      position = next(page);
    }
    const { total } = pass;
    if (skipped === undefined || total === undefined) return;
    const expected = Math.max(0, total - skipped);
    if (!pass.moved && found(pass) >= expected) return;
    if (number === MOST_PASSES) {
      throw new IncompletePaginationError(
        `${walk.name}: ${MOST_PASSES} passes did not add up; the last one found ${found(pass)} of ${expected} items`,
        expected,
        found(pass),
        { operation: walk.name },
      );
    }
    pass = newPass();
    position = start;
  }
}

/**
 * Has a pass seen as many items as the server counts? Exactly as many: a server that counts fewer than it sends does
 * not know where its list ends, and only an empty page will tell.
 */
export const isWhole = (pass: Pass, skipped: number | undefined = 0): boolean =>
  !pass.moved && pass.total !== undefined && skipped !== undefined && found(pass) === pass.total - skipped;
