import type { Place } from "typedcloud/checked";
import type { Type } from "../facts.ts";
import type { Context } from "./context.ts";
import { compareMembers } from "./members.ts";
import { agree, describeType, shapeOf } from "./type.ts";

/** Two types, and the structures within them. */
export function compareType(
  context: Context,
  page: Type,
  spec: Type<Place>,
  where: string,
  isRequest: boolean,
): void {
  if (!agree(page, spec)) {
    tellType(context, page, spec, where);
    // Structures are the same in a list and alone.
    const [mine, theirs] = [innermost(page), innermost(spec)];
    if (mine.kind === "object" && theirs.kind === "object")
      compareStructure(context, mine, theirs, where, isRequest);
    return;
  }
  if (page.kind === "object") compareStructure(context, page, spec, where, isRequest);
  else if (page.items !== undefined && spec.items !== undefined)
    compareType(context, page.items, spec.items, `${where}${page.kind === "array" ? "[]" : "{}"}`, isRequest);
}

const tellType = (context: Context, page: Type, spec: Type<Place>, where: string): void =>
  context.changed(
    `${where}.type`,
    { value: describeType(spec), at: spec.at },
    { value: describeType(page), at: page.at },
    "breaking",
  );

function innermost<At>(type: Type<At>): Type<At> {
  return type.items === undefined ? type : innermost(type.items);
}

function compareStructure(
  context: Context,
  page: Type,
  spec: Type<Place>,
  where: string,
  isRequest: boolean,
): void {
  if (page.schema !== undefined && spec.schema !== undefined && page.schema !== spec.schema) {
    // Another structure that both know is another type; a name that only one of them knows is another name.
    const isKnown = context.spec.schemas.some(({ name }) => name === page.schema);
    if (isKnown || context.pageSchemas.has(spec.schema)) {
      tellType(context, page, spec, where.replace(/(\[\]|\{\})$/, ""));
      return;
    }
    const [mine, theirs] = [context.pageSchemas.get(page.schema), context.structureOf(spec)];
    context.renames(
      spec.schema,
      { value: spec.schema, at: theirs?.at ?? spec.at },
      { value: page.schema, at: mine?.at ?? page.at },
      "naming",
    );
  }
  compareObject(context, page, spec, where, isRequest);
}

/** The fields of two objects. */
export function compareObject(
  context: Context,
  page: Type,
  spec: Type<Place>,
  where: string,
  isRequest: boolean,
): void {
  if (spec.kind !== "object" || page.kind !== "object") {
    if (shapeOf(page) !== shapeOf(spec)) tellType(context, page, spec, where);
    return;
  }
  const schema = page.schema === undefined ? undefined : context.pageSchemas.get(page.schema);
  const mine = page.fields ?? schema?.fields;
  const theirs = spec.fields ?? context.structureOf(spec)?.fields;
  // "Object" alone says nothing about its fields.
  if (mine === undefined || theirs === undefined) return;
  if (page.schema !== undefined) {
    const key = `${page.schema} ${spec.schema} ${(spec.at.follow() ?? spec.at).pointer}`;
    if (context.seen.has(key)) return;
    context.seen.add(key);
  }
  const changes = ({ name }: { readonly name: string }): boolean => {
    context.renamed.add(name);
    return false;
  };
  compareMembers(context, {
    page: mine,
    spec: theirs,
    where: page.schema === undefined ? where : (spec.schema ?? page.schema),
    isRequest,
    line: schema?.at ?? page.at,
    place: spec.at.follow() ?? spec.at,
    onAdded: changes,
    onRemoved: changes,
  });
}
