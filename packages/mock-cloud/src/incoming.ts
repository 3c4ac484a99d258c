/** A request as it arrived: signatures are over its bytes, so nothing in it is normalised. */

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

/** The parameters of a query or form, decoded. A name that comes twice has its last value. */
export const parametersOf = (text: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(text));
