/** Reading a value's fields by dotted path, without ever touching a prototype. */

/** A JSON object. */
export type Json = Record<string, unknown>;

/** Is it a JSON object, neither null nor an array? */
export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An object of a caller whose entries are its properties, unlike those of a `Map`, a `Headers` or a `Date`. */
export const isPlain = (value: unknown): value is Record<string, unknown> =>
  Object.prototype.toString.call(value) === "[object Object]" && !(Symbol.iterator in Object(value));

/** The value at a dotted path; undefined where there is none. */
export function at(value: unknown, path: string): unknown {
  let here = value;
  for (const name of path.split(".")) {
    if (!isObject(here) || !Object.hasOwn(here, name)) return undefined;
    here = here[name];
  }
  return here;
}

/**
 * A copy with the value at a dotted path replaced; objects that are missing on the way are made. What lies beside the
 * path is shared, not copied.
 */
export function withAt(value: Json, path: string, replacement: unknown): Json {
  const [name = "", ...rest] = path.split(".");
  if (!rest.length) return { ...value, [name]: replacement };
  const field = Object.hasOwn(value, name) ? value[name] : undefined;
  return { ...value, [name]: withAt(isObject(field) ? field : {}, rest.join("."), replacement) };
}
