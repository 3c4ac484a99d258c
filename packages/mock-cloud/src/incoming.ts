/** A request as it arrived: signatures are over its bytes, so nothing in it is normalised. */

import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";

export interface Incoming {
  readonly method: string;
  /** Path and query, raw. */
  readonly target: string;
  /** The raw path. */
  readonly path: string;
  /** The raw query, without its question mark. */
  readonly query: string;
  /** The `Host` header. */
  readonly host: string;
  /** By lower-case name; the values of a repeated header are joined with a comma. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Reads a request to its end. */
export async function receive(message: IncomingMessage): Promise<Incoming> {
  const body = new Uint8Array(await buffer(message));
  const headers = new Map<string, string>();
  const { rawHeaders, method = "", url = "" } = message;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? "").toLowerCase();
    const value = rawHeaders[index + 1] ?? "";
    const earlier = headers.get(name);
    headers.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  const [path = "", ...query] = url.split("?");
  return {
    method,
    target: url,
    path,
    query: query.join("?"),
    host: headers.get("host") ?? "",
    headers,
    body,
  };
}

/** The parameters of a query or form, decoded. A name that comes twice has its last value. */
export const parametersOf = (text: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(text));
