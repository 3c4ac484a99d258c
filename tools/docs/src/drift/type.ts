import type { Type } from "../facts.ts";

/** A type in words; structures by their names, or as "object". */
export function describeType<At>({ kind, format, items, schema }: Type<At>): string {
  if (kind === "array" || kind === "map")
    return items === undefined ? kind : `${kind} of ${describeType(items)}`;
  if (kind === "object") return schema ?? "object";
  return format === undefined ? kind : `${kind}(${format})`;
}

/** The same, without names: what a type is, whatever its structures are called. */
export function shapeOf<At>({ kind, format, items }: Type<At>): string {
  if (kind === "array" || kind === "map") return items === undefined ? kind : `${kind} of ${shapeOf(items)}`;
  return kind === "object" || format === undefined ? kind : `${kind}(${format})`;
}

/** Whether two types agree, as far as both say what they are. An old page has no types; a list may not say of what. */
export function agree<A, B>(a: Type<A>, b: Type<B>): boolean {
  if (a.kind === "any" || b.kind === "any") return true;
  // Pages use "Object" for maps, too.
  const isMap = (kind: string) => kind === "map" || kind === "object";
  if (a.kind !== b.kind)
    return isMap(a.kind) && isMap(b.kind) && a.schema === undefined && a.fields === undefined;
  if (a.format !== b.format && a.kind !== "object") return false;
  return a.items === undefined || b.items === undefined || agree(a.items, b.items);
}
