import type { Fact, Field, Note, Type } from "../facts.ts";
import { statementsOf } from "../statements/statements.ts";
import type { Row } from "./row.ts";

/** The facts of a row. */
export function fieldOf(row: Row, notes: Note[]): Field {
  const { notes: found, requires, ...statements } = statementsOf(row.description, row.type);
  // "offset and limit must be used together" stands beside both.
  const others = requires?.value.filter((name) => name !== row.name) ?? [];
  notes.push(...found.map((note) => ({ ...note, message: `${row.name}: ${note.message}` })));
  return {
    name: row.name,
    at: row.line,
    type: typeOf(row),
    required: row.required,
    requiredAt: row.requiredLine,
    ...statements,
    ...(requires === undefined || others.length === 0 ? {} : { requires: { ...requires, value: others } }),
  };
}

/** What a row says of whether it must be sent; nothing where the page does not say it. */
export const markOf = ({ required, requiredAt: at }: Field): Fact<"yes" | "no"> | undefined =>
  required === "unknown" ? undefined : { value: required, at };

/** What a structure without a name is called until the table of that number is found. */
export const tableName = (number: number): string => `#${number}`;

const SEE =
  /(?:参见|参考|参照|参阅|详见|请见|见|如|\bsee|\brefer to|\bdescribed in|\blisted in|\bshown in|\bgiven in)\s?(?:the )?(?:表|table)\s?(\d{1,4})(?!\d)/i;

/** The shape of an object may stand in a table that its type, or the prose beside it, names by its number. */
function typeOf({ type: { table, ...type }, description }: Row): Type {
  const prose = description
    .map(({ text }) => text)
    .join(" ")
    .slice(0, 4000);
  const number = table ?? SEE.exec(prose)?.[1];
  return number === undefined ? type : withShape(type, tableName(Number(number)));
}

/** An object without a name, alone or in a list, takes this shape; any other type stays what it is. */
export function withShape(type: Type, schema: string): Type {
  if (type.kind === "array" || type.kind === "map") {
    const isOpen = type.kind === "array" && type.items === undefined;
    const items: Type | undefined = isOpen ? { kind: "object", at: type.at } : type.items;
    return items === undefined ? type : { ...type, items: withShape(items, schema) };
  }
  const isFree = (type.kind === "object" || type.kind === "any") && type.schema === undefined;
  return isFree ? { ...type, schema } : type;
}
