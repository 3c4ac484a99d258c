/** The documented example, as an answer to what is asked. */

import { at, isObject, type Json, withAt } from "./fields.js";
import { positionsOf } from "./mock-filters.js";
import { pageOf } from "./mock-pages.js";
import type { Job, Operation } from "./operation.js";

type Values = Readonly<Record<string, unknown>>;

/**
 * The answer to a request that asks for a place in a list or for a job by its id, or why it is refused: examples show
 * one page that names another, and a job that nobody asked for. Undefined where nothing of that is asked: the example
 * as it stands.
 */
export function exampleFor(
  query: Values,
  path: Values,
  operation: Operation,
  example: unknown,
): Json | string | undefined {
  if (!isObject(example)) return undefined;
  const { pages, job } = operation;
  const ids = idsIn({ query, path }, job);
  if (!pages) return job && ids ? withAt(example, job.id, ids[0]) : undefined;
  const positions = positionsOf(pages);
  const place = Object.fromEntries(Object.entries(query).filter(([name]) => positions.has(name)));
  if (!ids && !Object.keys(place).length) return undefined;
  const shown = at(example, pages.items);
  const items: readonly unknown[] = Array.isArray(shown) ? shown : [];
  const listed = job && ids ? named(items, ids, job) : items;
  // The cursor that the example itself gives is no item's.
  return pageOf(listed, place, operation, example, { strangeCursors: "end" });
}

/** The ids that jobs are asked for by. */
function idsIn(request: Readonly<Record<string, Values>>, job: Job | undefined): unknown[] | undefined {
  const [where = "", name = ""] = job?.find?.replace("[]", "").split(".") ?? [];
  const asked = request[where]?.[name];
  return asked === undefined ? undefined : [...new Set([asked].flat())];
}

/** A job for each id: the example's of that id, or else its first one under it. */
function named(items: readonly unknown[], ids: readonly unknown[], job: Job): unknown[] {
  const jobs = items.filter(isObject);
  return ids.flatMap(
    (id) =>
      jobs.find((each) => String(at(each, job.id)) === String(id)) ??
      jobs.slice(0, 1).map((first) => withAt(first, job.id, id)),
  );
}
