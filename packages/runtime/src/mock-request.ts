/** How a mock reads a request: is it the operation's, and does it keep the documented rules? */

import type { Operation, Service } from "./operation.js";
import { problemWith } from "./query.js";

/** Is this request one of the operation's? On any host, below any path. RPC actions are told by header or query. */
export function matches(request: Request, service: Service, { method, path }: Operation): boolean {
  const url = new URL(request.url);
  if (service.style === "RPC") {
    const action = request.headers.get("x-acs-action") ?? url.searchParams.get("Action");
    return action === path.slice(1) && url.pathname.endsWith("/");
  }
  if (request.method.toLowerCase() !== method) return false;
  const wanted = path.split("/");
  const given = url.pathname.split("/").slice(-wanted.length + 1);
  return (
    given.length === wanted.length - 1 &&
    given.every((segment, index) =>
      wanted[index + 1]?.startsWith("{") ? segment !== "" : segment === wanted[index + 1],
    )
  );
}

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
export function readQuery(request: Request, operation: Operation): Record<string, unknown> {
  const query: Record<string, unknown> = {};
  for (const [key, text] of new URL(request.url).searchParams) {
    const name = key.replace(/\.\d+$/, ""); // JobIds.1
    const type = operation.query?.[name]?.type ?? operation.query?.[key]?.type;
    if (!type && RPC_PARAMETERS.has(key)) continue;
    if (type === "array") query[name] = [...((query[name] as string[] | undefined) ?? []), text];
    else if (type === "boolean" && (text === "true" || text === "false")) query[key] = text === "true";
    else if ((type === "integer" || type === "number") && /^-?\d+(\.\d+)?$/.test(text))
      query[key] = Number(text);
    else query[key] = text;
  }
  return query;
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
