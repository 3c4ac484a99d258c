/**
 * Reads a list by position, and reads it again if it changed meanwhile.
 *
 * Rows that are inserted or deleted while a list is read shift the others across the borders of pages: some come
 * twice, some not at all. So a pass counts as complete only if the server's total stayed the same and exactly as many
 * different items came as it says. Items that went missing without a trace are found by the next pass. One hole is
 * left: a deletion and an insertion between the same two pages leave the total as it was, and may hide a row. Where
 * pages start at a row they overlap by one, and a deletion before it shows all the same; where they have numbers, no
 * client can see it in the answers.
 */

import { PaginationLoopError } from "./errors.js";
import { type FetchedPage, MOST_IDLE_PAGES, type Walk } from "./paginate.js";

/** After so many passes over a list that does not hold still, the caller is told instead. */
const MOST_PASSES = 5;

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

/** Adds a page to a pass. Returns how many of its items are new to it. */
export function record(pass: Pass, page: FetchedPage): number {
  const before = found(pass);
  if (pass.total !== undefined && page.total !== pass.total) pass.moved = true;
  pass.total = page.total;
  pass.count += page.items.length;
  for (const id of page.ids ?? []) pass.ids.add(id);
  return found(pass) - before;
}

/** How many different items a pass has seen, as far as that can be known. */
const found = (pass: Pass): number => pass.ids.size || pass.count;

/** What a pass reads. */
export interface Reading {
  /** The position of its first page. */
  readonly start: number;
  /** Items of the whole list that stand before `start`; undefined if that cannot be known. */
  readonly skipped: number | undefined;
  /** A pass that is already under way, and its next position. */
  readonly resumed?: {
    readonly pass: Pass;
    readonly position: number;
    /** Ids of items on the next page that were handed out before. */
    readonly after: readonly string[] | undefined;
    /** The id that the next page is to hold. */
    readonly overlap: string | undefined;
  };
  /** The query parameter that takes a position. */
  readonly parameter: string;
  /** Each page is to begin with the last item of the one before; one that lacks it shows that the list moved. */
  readonly overlaps?: boolean;
  /** The position after a page. */
  next(position: number, page: FetchedPage): number;
}

/** Does a walk go on at a page that has nothing of what was handed out there? Rows are missing then: the list moved. */
export const lacksOverlap = ({ from, after }: Walk, { ids }: FetchedPage): boolean =>
  from !== undefined && !!after?.length && !!ids && !after.some((id) => ids.includes(id));

/** Where a walk goes on at a row: if the list moved meanwhile, rows may stand before it which nobody was given. */
export function checkGoingOn(walk: Walk, page: FetchedPage, pass: Pass): void {
  if (lacksOverlap(walk, page))
    walk.incomplete("the list has moved since the walk was left", page.total ?? 0, found(pass));
}

/** Yields pages until a pass is complete. */
export async function* passes(
  walk: Walk,
  { start, skipped, resumed, parameter, overlaps, next }: Reading,
): AsyncGenerator<FetchedPage, void, undefined> {
  const { name } = walk;
  let { pass, position, after, overlap } = resumed ?? {
    pass: newPass(),
    position: start,
    after: walk.after,
    overlap: undefined,
  };
  for (let number = 1; ; number++) {
    let idle = 0;
    let text: string | undefined;
    for (;;) {
      const query = { [parameter]: position };
      // What a later pass finds stands anywhere: if it fails, only where the walk began is a place to go on from.
      const page = await (number === 1 ? walk.fetch(position, query, after) : walk.fetch(walk.from, query));
      const { length } = page.items;
      // Of items without ids it can only be told that the same page comes again.
      const added = record(pass, page);
      if (overlaps && number === 1 && text === undefined && !resumed) checkGoingOn(walk, page, pass);
      if (overlap !== undefined && !page.ids?.includes(overlap)) pass.moved = true;
      const before = text;
      text = page.ids ? "" : JSON.stringify(page.items);
      idle = (page.ids ? added === 0 : text === before) ? idle + 1 : 0;
      if (page.fresh > 0 || (number === 1 && (length > 0 || found(pass) === 0))) yield page;
      if (length === 0 || isWhole(pass, skipped)) break;
      if (idle > MOST_IDLE_PAGES)
        throw new PaginationLoopError(
          `${name}: ${parameter} makes no difference, the same items keep coming`,
          {
            operation: name,
          },
        );
      position = next(position, page);
      overlap = overlaps && length > 1 ? page.ids?.at(-1) : undefined;
      after = overlap === undefined ? undefined : [overlap];
    }
    const { total, moved } = pass;
    if (total === undefined || isWhole(pass, skipped) || (skipped === undefined && !moved)) return;
    // Items without ids cannot be told from those that were handed out before: they are not read again.
    if (number === MOST_PASSES || found(pass) > pass.ids.size) {
      const passes = number > 1 ? `${number} passes do` : "the list does";
      return walk.incomplete(`${passes} not add up`, Math.max(0, total - (skipped ?? 0)), found(pass));
    }
    pass = newPass();
    position = start;
    overlap = undefined;
  }
}

/**
 * Has a pass seen as many items as the server counts? Exactly as many: a server that counts fewer than it sends does
 * not know where its list ends, and only an empty page will tell.
 */
export const isWhole = (pass: Pass, skipped: number | undefined): boolean =>
  !pass.moved &&
  pass.total !== undefined &&
  skipped !== undefined &&
  found(pass) === Math.max(0, pass.total - skipped);
