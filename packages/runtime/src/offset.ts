/** Lists whose pages start at a row. */

import { BadRequestError } from "./errors.js";
import type { OffsetPages } from "./operation.js";
import type { FetchedPage, OffsetModel, Walk } from "./paginate.js";
import {
  checkGoingOn,
  isWhole,
  lacksOverlap,
  newPass,
  type Pass,
  passes,
  type Reading,
  record,
} from "./passes.js";

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
    yield* detect(walk, start);
    return;
  }
  try {
    yield* passes(walk, reading(walk, memory.offsets, start));
  } catch (error) {
    if (error instanceof BadRequestError) delete memory.offsets; // the next walk finds out anew
    throw error;
  }
}

/** How to read a list, from a position or from its beginning. */
function reading({ pages }: Walk<OffsetPages>, model: OffsetModel, from?: number): Reading {
  const first = model === "rows from 0" ? 0 : 1;
  const start = from ?? first;
  // A server that counts from 1 and takes 0 for 1 looks like one that counts from 0: from the middle, nobody can tell.
  const counts = from === undefined || (model !== "pages" && pages.base !== "unknown");
  return {
    start,
    skipped: counts || start === first ? start - first : undefined,
    parameter: pages.offset,
    overlaps: model !== "pages",
    next:
      model === "pages"
        ? (number) => number + 1
        : // Each page starts with the last row of the one before, so that a row deleted between them hides nothing.
          (offset, { items, ids }) => offset + (ids ? Math.max(1, items.length - 1) : items.length),
  };
}

/**
 * The first walk over a list whose documentation contradicts itself ("skip so many rows", "default 1"): three
 * meanings are in use, and each wrong guess loses items without a word. Three requests tell them apart, and they are
 * part of the walk: what they bring is handed out. From a position in the middle two do: whether rows count from 0 or
 * from 1 does not matter there, and stays open.
 */
async function* detect(
  walk: Walk<OffsetPages>,
  from: number | undefined,
): AsyncGenerator<FetchedPage, void, undefined> {
  const { pages, memory } = walk;
  const start = from ?? 1;
  const pass: Pass = newPass();
  let { after } = walk;
  const probe = async (offset: number): Promise<FetchedPage> => {
    const page = await walk.fetch(from, { [pages.offset]: offset }, after);
    record(pass, page);
    after = [...new Set([...(walk.after ?? []), ...pass.ids])];
    return page;
  };

  const first = await probe(start);
  // Whether something is amiss shows only when it is known what an offset counts: until then it is not handed out.
  const isDoubtful = lacksOverlap(walk, first);
  if (isDoubtful) after = walk.after;
  else yield first;
  // Everything came: an account with no more jobs than fit on a page costs one request.
  if (from === undefined && isWhole(pass, 0)) return;

  const second = await probe(start + 1);
  // Counting rows, all items but one repeat. Most, not all: one may have been inserted in between.
  // Nothing at all after several rows is no second row, either.
  const byPage = second.items.length ? second.fresh * 2 > second.items.length : first.items.length > 1;
  let model: OffsetModel = byPage ? "pages" : "rows from 1";
  // Before anything is handed out: whoever has found what he looks for leaves, and what was learned stays.
  if (model === "pages") memory.offsets = model;
  else checkGoingOn(walk, first, pass);
  if (isDoubtful) yield first;
  if (second.fresh > 0) yield second;
  if (model !== "pages" && from === undefined) {
    let zeroth: FetchedPage | undefined;
    try {
      zeroth = await probe(0);
    } catch (error) {
      if (!(error instanceof BadRequestError)) throw error; // a refusal of 0 is an answer, too
    }
    // A server that takes 0 has its first row there, or at 1 as well: to begin at 0 is right for both.
    if (zeroth) model = "rows from 0";
    // A list with one row or none tells nothing, unless it is at 0 that the row stands.
    if (zeroth?.fresh || first.items.length > 1) memory.offsets = model;
    if (zeroth?.fresh) yield zeroth;
    if (isWhole(pass, 0)) return;
  }
  const position = model === "pages" ? start + 2 : start - 1 + Math.max(1, first.items.length);
  yield* passes(walk, {
    ...reading(walk, model, from),
    ...(from !== undefined && { skipped: undefined }),
    resumed:
      model === "pages"
        ? { pass, position, after: undefined, overlap: undefined }
        : { pass, position, after, overlap: first.ids?.at(-1) },
  });
}
