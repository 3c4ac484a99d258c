/** Walks lists that come in pages. What differs between styles is where the next page starts; the rest is here. */

import { abortError } from "./abort.js";
import { ahead } from "./ahead.js";
import type { PagesOptions } from "./client.js";
import {
  CloudError,
  IncompletePaginationError,
  PaginationError,
  PaginationLoopError,
  type Position,
  ValidationError,
} from "./errors.js";
import { at, isObject, withAt } from "./fields.js";
import type { Operation, Pages } from "./operation.js";

/** Calls the operation once. */
export type CallOnce = (args: { query?: Record<string, unknown> }) => Promise<unknown>;

/** What an operation has learned about its service, kept between walks. */
export interface PagingMemory {
  /** How the service counts offsets, where its documentation contradicts itself. */
  offsets?: OffsetModel;
}

/** Offsets count rows, from 0 or from 1, or they are page numbers. */
export type OffsetModel = "rows from 0" | "rows from 1" | "pages";

/** A page that was fetched. */
export interface FetchedPage {
  /** The body, without the items that were handed out before. */
  readonly body: unknown;
  /** The items that the server sent. */
  readonly items: readonly unknown[];
  /** How many of them were new. */
  readonly fresh: number;
  /** Their ids, or undefined where items have none. */
  readonly ids: readonly string[] | undefined;
  /** The server's count of all items, where it gives one. */
  readonly total: number | undefined;
}

/** A walk under way, as the styles see it. */
export interface Walk<P extends Pages = Pages> {
  readonly pages: P;
  readonly name: string;
  /** The caller's query, page size included. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly from: string | number | undefined;
  /** Of a walk that goes on: ids of items on its first page that were handed out before. */
  readonly after: readonly string[] | undefined;
  readonly memory: PagingMemory;
  /**
   * Fetches one page. `position` is what to go on from if it fails, `after` the ids of those items of the page that
   * were handed out before.
   */
  fetch(
    position: string | number | undefined,
    query: Record<string, unknown>,
    after?: readonly string[],
  ): Promise<FetchedPage>;
  /** Says that the list cannot be shown to be complete: an error, unless the caller wanted to be told otherwise. */
  incomplete(why: string, expected: number, received: number): void;
}

/** So many pages in a row that bring nothing, each naming another, are a server that never ends. */
export const MOST_IDLE_PAGES = 100;

interface WalkArguments extends PagesOptions {
  query?: Record<string, unknown>;
}

/** A page on its way to the caller. */
interface Step {
  readonly body: unknown;
  /** Where to go on if nothing of it was handed out. */
  readonly position: Position;
}

/** Where a walk starts. What callers without types give may be anything, and a wrong place loses items. */
function startOf(given: PagesOptions["from"], { style }: Pages, name: string): Position {
  const position = typeof given === "object" && given ? given : { from: given, itemsYielded: 0 };
  const { from, after = [] } = position;
  const isPlace =
    from === undefined ||
    (style === "cursor"
      ? (typeof from === "string" && from.trim() !== "") || Number.isFinite(from)
      : /^\d+$/.test(String(from)) && typeof from !== "object");
  const isPosition = "itemsYielded" in position && Array.isArray(after);
  if (isPlace && isPosition) return position;
  const own = style === "cursor" ? "cursor" : style === "page" ? "number" : "offset";
  throw new ValidationError("from", `must be an error's position, or a page's ${own}`, { operation: name });
}

/** Every page, without the items that a shifting list repeats. */
export async function* walkPages(
  ...walk: Parameters<typeof walkSteps>
): AsyncGenerator<unknown, void, undefined> {
  for await (const { body } of walkSteps(...walk)) yield body;
}

/** Every item of every page, once. */
export async function* walkItems(
  ...walk: Parameters<typeof walkSteps>
): AsyncGenerator<unknown, void, undefined> {
  const [, , pages, name, { signal }] = walk;
  for await (const { body, position } of walkSteps(...walk)) {
    const items = itemsOf(body, pages);
    for (const [index, item] of items.entries()) {
      if (signal?.aborted) {
        const error = abortError(signal, name);
        const ids = idsOf(items.slice(0, index), pages);
        error.position = {
          ...position,
          itemsYielded: position.itemsYielded + index,
          ...(ids && { after: [...(position.after ?? []), ...ids] }),
        };
        throw error;
      }
      yield item;
    }
  }
}

function walkSteps(
  call: CallOnce,
  operation: Operation,
  pages: Pages,
  name: string,
  { prefetch, ...args }: WalkArguments,
  memory: PagingMemory,
): AsyncGenerator<Step, void, undefined> {
  const walk = (signal = args.signal) =>
    walkInTurn(call, operation, pages, name, { ...args, ...(signal && { signal }) }, memory);
  return prefetch ? ahead(args.signal, name, walk) : walk();
}

async function* walkInTurn(
  call: CallOnce,
  operation: Operation,
  pages: Pages,
  name: string,
  args: WalkArguments,
  memory: PagingMemory,
): AsyncGenerator<Step, void, undefined> {
  const { from, query, onIncomplete, ...rest } = args;
  const sized = withPageSize({ ...query }, operation, pages, name); // a copy: the original is the caller's to change
  const start = startOf(from, pages, name);
  let position = start;
  const seen = new Set(start.after);
  let itemsYielded = 0;
  let idlePages = 0;

  const walk: Walk = {
    pages,
    name,
    query: sized,
    from: start.from,
    after: start.after,
    memory,
    async fetch(from, where, after = from === start.from ? start.after : undefined) {
      position = { from, itemsYielded, ...(after && { after }) };
      const body = await call({ ...rest, query: { ...sized, ...asDeclared(where, operation) } });
      const page = sift(body, pages, seen);
      const count = pages.count && at(body, pages.count);
      // A body that lost some of its items on the way is still JSON: only the count tells.
      if (typeof count === "number" && count !== page.items.length)
        walk.incomplete(`${pages.count} does not agree with the items`, count, page.items.length);
      return page;
    },
    incomplete(why, expected, received) {
      delete memory.offsets; // what was learned may be wrong by now: the next walk finds out anew
      const error = new IncompletePaginationError(
        `${name}: ${why}: ${received} of ${expected} items came`,
        expected,
        received,
        { operation: name },
      );
      error.position = { ...position, itemsYielded };
      if (!onIncomplete) throw error;
      onIncomplete(error);
    },
  };
  try {
    for await (const page of await styleOf(pages, walk)) {
      idlePages = page.fresh ? 0 : idlePages + 1;
      if (idlePages > MOST_IDLE_PAGES)
        throw page.items.length
          ? new PaginationLoopError(`${name}: the same items keep coming`, { operation: name })
          : new PaginationError(`${name}: ${MOST_IDLE_PAGES} empty pages in a row`, { operation: name });
      yield { body: page.body, position: { ...position, itemsYielded } };
      // What goes wrong from here on until the next page is fetched, goes wrong after this one was handed out.
      itemsYielded += page.fresh;
      position = { ...position, after: [...(position.after ?? []), ...(page.ids ?? [])] };
    }
  } catch (error) {
    if (error instanceof CloudError) error.position ??= { ...position, itemsYielded };
    throw error;
  }
}

/** Loaded when it is needed: an app pays only for the style that its services use. */
async function styleOf(pages: Pages, walk: Walk): Promise<AsyncGenerator<FetchedPage, void, undefined>> {
  switch (pages.style) {
    case "cursor":
      return (await import("./cursor.js")).cursorPages({ ...walk, pages });
    case "offset":
      return (await import("./offset.js")).offsetPages({ ...walk, pages });
    default:
      return (await import("./numbered.js")).numberedPages({ ...walk, pages });
  }
}

/** A list's items; none where an empty list was left out of the body. */
export function itemsOf(body: unknown, pages: Pages): readonly unknown[] {
  const items = at(body, pages.items);
  return Array.isArray(items) ? items : [];
}

/** What tells items apart, where there is something. */
const idsOf = (items: readonly unknown[], { id }: Pages): string[] | undefined =>
  id === undefined ? undefined : items.map((item) => String(at(item, id)));

/** Takes out of a page what was handed out before, by id. */
function sift(body: unknown, pages: Pages, seen: Set<string>): FetchedPage {
  const items = itemsOf(body, pages);
  const count = pages.total === undefined ? undefined : at(body, pages.total);
  const total = typeof count === "number" ? count : undefined;
  const ids = idsOf(items, pages);
  if (!ids || !isObject(body)) return { body, items, fresh: items.length, ids: undefined, total };

  const fresh = items.filter((_, index) => {
    const id = ids[index] ?? "";
    return !seen.has(id) && seen.add(id);
  });
  return {
    body: fresh.length === items.length ? body : withAt(body, pages.items, fresh),
    items,
    fresh: fresh.length,
    ids,
    total,
  };
}

/** Asks for the largest page that is documented, unless the caller asks for another size. */
function withPageSize(
  query: Record<string, unknown>,
  { query: parameters }: Operation,
  { limit }: Pages,
  name: string,
): Record<string, unknown> {
  if (limit === undefined) return query;
  if (query[limit] === 0)
    throw new ValidationError(`query.${limit}`, "must not be 0: such pages never end", { operation: name });
  if (query[limit] !== undefined) return query;
  const { enum: sizes, maximum, default: size } = parameters?.[limit] ?? {};
  const largest = sizes?.reduce((a, b) => (Number(b) > Number(a) ? b : a)) ?? maximum ?? size;
  return largest === undefined ? query : { ...query, [limit]: largest };
}

/** Positions are counted as numbers; some services document theirs as strings. */
function asDeclared(where: Record<string, unknown>, { query }: Operation): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(where).map(([name, value]) => [
      name,
      typeof value === "number" && query?.[name]?.type === "string" ? String(value) : value,
    ]),
  );
}
