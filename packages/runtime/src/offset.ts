/** Lists whose pages start at a row. */

import { BadRequestError, IncompletePaginationError } from "./errors.js";
import type { OffsetPages } from "./operation.js";
import type { FetchedPage, OffsetModel, Walk } from "./paginate.js";
import { isWhole, newPass, type Place, passes, type Reading, record } from "./passes.js";

/** Reads rows in order; finds out first what an offset means where the documentation does not say. */
export async function* offsetPages(walk: Walk<OffsetPages>): AsyncGenerator<FetchedPage, void, undefined> {
  const { pages, query, memory } = walk;
  const { base = 0 } = pages;
  const given = walk.from ?? query[pages.offset];
  const start = given === undefined ? undefined : Number(given);
  if (base !== "unknown") {
    yield* passes(walk, reading(walk, base === 0 ? "rows from 0" : "rows from 1", start));
    return;
  }
  if (!memory.offsets) {
    yield* start === undefined ? detect(walk) : detectFrom(walk, start);
    return;
  }
  try {
    yield* passes(walk, reading(walk, memory.offsets, start));
  } catch (error) {
    // What was learned may be wrong by now: the next walk finds out anew.
    if (error instanceof BadRequestError || error instanceof IncompletePaginationError) delete memory.offsets;
    throw error;
  }
}

/** How to read a list, from a position or from its beginning. */
function reading(walk: Walk<OffsetPages>, model: OffsetModel, from?: number): Reading {
  const first = model === "rows from 0" ? 0 : 1;
  const start = from ?? first;
  return {
    start,
    skipped: model === "pages" && start !== first ? undefined : start - first,
    at: model === "pages" ? numbers(walk) : rows(walk),
  };
}

/** Each page starts with the last row of the one before, so that a row deleted between them hides nothing. */
const rows =
  ({ pages }: Walk<OffsetPages>) =>
  (offset: number): Place => ({
    query: { [pages.offset]: offset },
    next: ({ received, ids }) => offset + (ids ? Math.max(1, received - 1) : received),
  });

const numbers =
  ({ pages }: Walk<OffsetPages>) =>
  (number: number): Place => ({
    query: { [pages.offset]: number },
    next: () => number + 1,
  });

/**
 * The first walk over a list whose documentation contradicts itself ("skip so many rows", "default 1"): three
 * meanings are in use, and each wrong guess loses items without a word. Three requests tell them apart, and they are
 * part of the walk: what they bring is handed out.
 */
async function* detect(walk: Walk<OffsetPages>): AsyncGenerator<FetchedPage, void, undefined> {
  const { pages, memory } = walk;
  const pass = newPass();
  const probe = async (offset: number): Promise<FetchedPage> => {
    const page = await walk.fetch(undefined, { [pages.offset]: offset });
    record(pass, page);
    return page;
  };

  const first = await probe(1);
  yield first;
  // Everything came: an account with no more jobs than fit on a page costs one request.
  if (isWhole(pass)) return;

  const second = await probe(2);
  if (second.fresh > 0) yield second;
  if (countsPages(second)) {
    memory.offsets = "pages";
    yield* passes(walk, { ...reading(walk, "pages"), resumed: { pass, position: 3 } });
    return;
  }

  let model: OffsetModel = "rows from 1";
  try {
    const zeroth = await probe(0);
    if (zeroth.fresh > 0) {
      model = "rows from 0";
      yield zeroth;
    }
  } catch (error) {
    if (!(error instanceof BadRequestError)) throw error; // a refusal of 0 is an answer, too
  }
  memory.offsets = model;
  if (isWhole(pass)) return;
  const read = reading(walk, model);
  yield* passes(walk, { ...read, resumed: { pass, position: Math.max(read.start, first.received) } });
}

/** The same from a position in the middle. Whether rows count from 0 or 1 does not matter there, and stays open. */
async function* detectFrom(
  walk: Walk<OffsetPages>,
  start: number,
): AsyncGenerator<FetchedPage, void, undefined> {
  const { pages, memory } = walk;
  const first = await walk.fetch(start, { [pages.offset]: start });
  yield first;
  const second = await walk.fetch(start, { [pages.offset]: start + 1 });
  if (second.fresh > 0) yield second;
  const byPage = countsPages(second);
  if (byPage) memory.offsets = "pages";
  const position = byPage ? start + 2 : start + Math.max(1, first.received - 1);
  if (second.received === 0 && first.received < 2) return;
  yield* passes(walk, {
    start: position,
    skipped: undefined,
    at: byPage ? numbers(walk) : rows(walk),
  });
}

/** Counting rows, all items but one repeat. Most, not all: one may have been inserted in between. */
const countsPages = (second: FetchedPage): boolean => second.fresh * 2 > second.received;
