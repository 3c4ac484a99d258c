import type { Field, Note, Type } from "../facts.ts";
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

/** A table's number is followed to its name when all tables are known. */
function typeOf({ type: { table, ...type }, description }: Row): Type {
  const named = type.kind === "object" || type.kind === "array";
  const [, prose] =
    /(?:参见|see)\s?(?:表|table)\s?(\d{1,4})/i.exec(
      description
        .map(({ text }) => text)
        .join(" ")
        .slice(0, 4000),
    ) ?? [];
  const number =
    table ??
    (named && type.schema === undefined && type.items === undefined && prose !== undefined
      ? Number(prose)
      : undefined);
  if (number === undefined) return type;
  const schema = `Table${number}`;
  return type.kind === "array"
    ? { ...type, items: { kind: "object", at: type.at, schema } }
    : { ...type, schema };
}
