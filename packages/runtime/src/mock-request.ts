/** How a mock reads a request's query: what does it say, and does it keep the documented rules? */

import type { Operation } from "./operation.js";
import { problemWith } from "./query.js";

/** RPC's own parameters, which travel in the query where the caller prefers that to headers. */
const RPC_PARAMETERS: ReadonlySet<string> = new Set([
  "Action",
  "Version",
  "Format",
  "RegionId",
  "SignatureType",
  "AccessKeyId",
  "Signature",
  "SignatureMethod",
  "SignatureNonce",
  "SignatureVersion",
  "Timestamp",
  "SecurityToken",
]);

/** The query, its values as the documentation types them. Values that are not of their type stay text. */
export function readQuery(request: Request, { query: parameters = {} }: Operation): Record<string, unknown> {
  const query: Record<string, unknown> = {};
  const lists = new Map<string, Tree>();
  const typeOf = (name: string) => (Object.hasOwn(parameters, name) ? parameters[name]?.type : undefined);
  for (const [key, text] of new URL(request.url).searchParams) {
    const [, name = key, place] = /^(.+?)\.(\d+(?:\..+)?)$/.exec(key) ?? []; // JobIds.1, Tag.1.Key
    const type = typeOf(key) ?? typeOf(name);
    if (!type && RPC_PARAMETERS.has(key)) continue;
    if (type === "array") {
      const list: Tree = lists.get(name) ?? new Map();
      lists.set(name, list);
      put(list, place?.split(".") ?? [String(list.size + 1)], text);
      query[name] = list; // keeps its place among the others
    } else if (type === "boolean" && (text === "true" || text === "false")) query[key] = text === "true";
    else if ((type === "integer" || type === "number") && /^-?\d+(\.\d+)?$/.test(text))
      query[key] = Number(text);
    else query[key] = text;
  }
  for (const [name, list] of lists) query[name] = written(list);
  return query;
}

/** A list or an object that comes in pieces: by index or by name, in the order of their coming. */
type Tree = Map<string, Tree | string>;

function put(tree: Tree, [key = "", ...rest]: readonly string[], text: string): void {
  const branch = tree.get(key);
  if (!rest.length) tree.set(key, text);
  else if (branch instanceof Map) put(branch, rest, text);
  else {
    const grown: Tree = new Map();
    tree.set(key, grown);
    put(grown, rest, text);
  }
}

/** What has numbers for names is a list; what was left out of it leaves no hole. */
function written(tree: Tree): unknown {
  const entries = [...tree].map(
    ([key, value]) => [key, value instanceof Map ? written(value) : value] as const,
  );
  return entries.every(([key]) => /^\d+$/.test(key))
    ? entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value)
    : Object.fromEntries(entries);
}

/** The first documented rule that a query breaks, as a sentence; undefined if it keeps them all. */
export function refusalOf(
  query: Record<string, unknown>,
  { query: parameters = {} }: Operation,
): string | undefined {
  for (const [name, value] of Object.entries(query)) {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (!parameter) return `${name} is not a parameter`;
    const problem = problemWith(value, parameter);
    if (problem) return `${name} ${problem}`;
    const missing = parameter.requires?.find((other) => query[other] === undefined);
    if (missing) return `${name} needs ${missing} beside it`;
  }
  return undefined;
}
