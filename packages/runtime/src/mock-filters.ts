/** Which items of a list a query asks for. */

import { at, isObject } from "./fields.js";
import type { Job, Operation, Pages } from "./operation.js";
import { timeOf } from "./times.js";

/**
 * The items that pass all of the query's filters. A parameter filters if it finds jobs, if items have a field of its
 * name (a list's `ResourceIds` goes with the field `ResourceId`), or if it begins or ends a time window: windows are
 * compared with the jobs' start and include their ends, as nothing is documented about them.
 */
export function filtered(
  items: readonly unknown[],
  query: Readonly<Record<string, unknown>>,
  { job, pages }: Operation,
): readonly unknown[] {
  const positions = positionsOf(pages);
  const filters = Object.entries(query)
    .filter(([name]) => !positions.has(name))
    .flatMap(([name, value]) => filterOf(name, value, items, job) ?? []);
  return filters.length ? items.filter((item) => filters.every((passes) => passes(item))) : items;
}

type Filter = (item: unknown) => boolean;

function filterOf(
  name: string,
  value: unknown,
  items: readonly unknown[],
  job: Job | undefined,
): Filter | undefined {
  if (job?.find === `query.${name}`) return (item) => same(at(item, job.id), value);
  if (job?.find === `query.${name}[]`) return (item) => isAmong(at(item, job.id), value);
  const window = job?.startedAt === undefined ? undefined : windowOf(name, value, job.startedAt);
  if (window) return window;
  if (items.some((item) => isObject(item) && Object.hasOwn(item, name)))
    return (item) => same(at(item, name), value);
  const singular = name.replace(/s$/, "");
  if (Array.isArray(value) && items.some((item) => isObject(item) && Object.hasOwn(item, singular)))
    return (item) => isAmong(at(item, singular), value);
  return undefined;
}

function windowOf(name: string, value: unknown, startedAt: string): Filter | undefined {
  const bound = timeOf(value) ?? Number.NaN; // what is no time bounds nothing
  const startOf = (item: unknown): number => timeOf(at(item, startedAt)) ?? Number.NaN;
  if (/^(begin|start)_?time$/i.test(name)) return (item) => !(startOf(item) < bound);
  if (/^end_?time$/i.test(name)) return (item) => !(startOf(item) > bound);
  return undefined;
}

const same = (field: unknown, value: unknown): boolean =>
  field !== undefined && String(field) === String(value);

const isAmong = (field: unknown, values: unknown): boolean =>
  Array.isArray(values) && values.some((value) => same(field, value));

/** The parameters that say where a page starts and how long it is. */
export function positionsOf(pages: Pages | undefined): ReadonlySet<string> {
  const { limit, cursor, reverse, offset, page } = (pages ?? {}) as Readonly<Partial<Record<string, string>>>;
  return new Set([limit, cursor, reverse, offset, page].filter((name) => name !== undefined));
}
