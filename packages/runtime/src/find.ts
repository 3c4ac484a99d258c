/** Asks for jobs by their ids: one request for one job, one walk through a list for many. */

import { ConfigError, NotFoundError, ResponseShapeError, ValidationError } from "./errors.js";
import { at, isObject } from "./fields.js";
import type { Job, Operation } from "./operation.js";
import { itemsOf, type PagingMemory, walkItems } from "./paginate.js";

/** Calls an operation. */
export type CallWith = (args: Record<string, unknown>) => Promise<unknown>;

/** So many ids fit into one URL, and their jobs on one page. */
const MOST_IDS = 100;

/** The way to ask for jobs. Those that the server does not know are not in the answer. */
export function finder(
  call: CallWith,
  operation: Operation,
  job: Job,
  name: string,
  rest: Record<string, unknown>,
  memory: PagingMemory,
): (ids: readonly string[]) => Promise<Map<string, unknown>> {
  const { pages } = operation;
  const [, group = "query", parameter, isList] = /^(path|query)\.(.*?)(\[\])?$/.exec(job.find ?? "") ?? [];
  const given = rest[group];
  if (parameter !== undefined && isObject(given) && given[parameter] !== undefined)
    throw new ValidationError(`${group}.${parameter}`, "is what jobs are asked for by: leave it out", {
      operation: name,
    });
  const asking = (value: unknown): Record<string, unknown> =>
    // A parameter's group is an object: the call checks it.
    parameter === undefined ? rest : { ...rest, [group]: { ...(rest[group] as object), [parameter]: value } };

  /** Adds what is asked for. Where the server was asked for nothing else, nothing else may come. */
  const add = (found: Map<string, unknown>, each: unknown, ids: ReadonlySet<string>, only: boolean): void => {
    const id = String(at(each, job.id));
    const isWanted = ids.has(id);
    if (only && (!isWanted || found.has(id))) {
      const got = isWanted ? "it twice" : "another";
      throw new ResponseShapeError(`${name}: asked for job ${[...ids].slice(0, 3).join(", ")}, got ${got}`, {
        operation: name,
      });
    }
    if (isWanted) found.set(id, each);
  };

  const ask = async (id: string, found: Map<string, unknown>): Promise<void> => {
    const body = await call(asking(isList ? [id] : id));
    for (const each of pages ? itemsOf(body, pages) : [body]) add(found, each, new Set([id]), true);
    // A service that filters page by page may begin with empty ones.
    if (!found.size && pages?.style === "cursor" && at(body, pages.next))
      await search([id], asking(isList ? [id] : id), true, found);
  };

  const search = async (
    ids: readonly string[],
    args: Record<string, unknown>,
    only: boolean,
    found: Map<string, unknown>,
  ): Promise<void> => {
    if (!pages) throw new ConfigError(`${name}: its specification says no way to find a job`);
    const wanted = new Set(ids);
    const enough = found.size + wanted.size;
    for await (const each of walkItems(call, operation, pages, name, args, memory)) {
      add(found, each, wanted, only);
      if (found.size === enough) return;
    }
  };

  // Where nobody knows what an offset counts, "the first rows" may leave the first one out: only a walk is sure.
  const byWalk = parameter === undefined || (pages?.style === "offset" && pages.base === "unknown");
  return async (ids) => {
    const found = new Map<string, unknown>();
    const [id] = ids;
    if (ids.length === 1 && id !== undefined) {
      await (byWalk ? search(ids, asking(id), parameter !== undefined, found) : ask(id, found)).catch(
        (error: unknown) => {
          // Of one job that says that it is not there; of a whole list, that something is wrong.
          if (!(error instanceof NotFoundError) || parameter === undefined) throw error;
        },
      );
    } else if (isList) {
      for (let first = 0; first < ids.length; first += MOST_IDS) {
        const some = ids.slice(first, first + MOST_IDS);
        await search(some, asking(some), true, found);
      }
    } else {
      await search(ids, rest, false, found);
    }
    return found;
  };
}
