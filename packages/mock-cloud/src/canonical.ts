/**
 * The canonical forms of a path and a query as the vendors' guides describe them, read from the wire. Written apart
 * from the runtime's: a mistake in the one does not hide in the other.
 */

/** Percent-encodes all but `A-Z a-z 0-9 - _ . ~`, with upper-case digits. */
export const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** @throws URIError where something is not percent-encoded as it should be */
export const canonicalPath = (path: string): string =>
  path
    .split("/")
    .map((segment) => encode(decodeURIComponent(segment)))
    .join("/");

/**
 * Every `name=value`, in the order of the decoded names and then of the decoded values.
 *
 * @throws URIError where something is not percent-encoded as it should be
 */
export function canonicalQuery(query: string): string {
  if (query === "") return "";
  return query
    .split("&")
    .map((pair) => {
      const end = pair.indexOf("=");
      const [name, value] = end < 0 ? [pair, ""] : [pair.slice(0, end), pair.slice(end + 1)];
      return [decode(name), decode(value)] as const;
    })
    .sort(([nameA, valueA], [nameB, valueB]) => order(nameA, nameB) || order(valueA, valueB))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join("&");
}

/** Some clients write a space as a plus sign, as forms do. */
const decode = (text: string): string => decodeURIComponent(text.replaceAll("+", " "));

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
