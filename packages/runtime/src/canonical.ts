/** The parts of a request in the one spelling that both sides of a signature compute for themselves. */

/** A signed request. */
export interface Signed {
  /** All headers to send, except `host`, which the transport writes from the URL. */
  readonly headers: Record<string, string>;
  readonly canonicalRequest: string;
  readonly stringToSign: string;
}

import { encode } from "./url.js";

/** SHA-256 of nothing. */
export const EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** A path with every segment encoded once, however it was written. */
export const canonicalPath = (pathname: string): string =>
  PLAIN_PATH.test(pathname) ? pathname : pathname.split("/").map(recode).join("/");

/** A query, sorted by name and then by value as they are before encoding, and encoded once. */
export function canonicalQuery(search: string): string {
  const pairs: (readonly [name: string, value: string])[] = [];
  for (const part of search.slice(1).split("&")) {
    if (!part) continue;
    const equals = part.indexOf("=");
    pairs.push(
      equals < 0
        ? [decodePlus(part), ""]
        : [decodePlus(part.slice(0, equals)), decodePlus(part.slice(equals + 1))],
    );
  }
  // By UTF-16 code unit, as `<` compares: a locale must not decide what is signed.
  pairs.sort(([a, x], [b, y]) => compare(a, b) || compare(x, y));
  return pairs.map(([name, value]) => `${encodeText(name)}=${encodeText(value)}`).join("&");
}

/** Compares by UTF-16 code unit. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const PLAIN_PATH = /^[\w.~/-]*$/;
const PLAIN = /^[\w.~-]*$/;

const recode = (text: string): string => encodeText(decode(text));

/** Most names and values need no encoding, and to see that is cheaper than to encode them. */
const encodeText = (text: string): string => (PLAIN.test(text) ? text : encode(text));

/** In a query, unlike in a path, a plus is a space. */
const decodePlus = (text: string): string => decode(text.includes("+") ? text.replaceAll("+", " ") : text);

/** Percent signs that encode nothing stand for themselves. */
function decode(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
