import { describeType } from "../drift/type.ts";
import type { Field, Note, Schema, Type } from "../facts.ts";
import { fieldOf, tableName, withShape } from "../page/field.ts";
import type { Grid, Row } from "../page/row.ts";

/** What the page will show a table for: a name, or a row whose type or name a rendering has lost with its link. */
type Awaited = string | Row;

/** The structures of a page: tables that type cells point at by name, and prose by number. */
export class Schemas {
  readonly #byName = new Map<string, Schema>();
  /** What types have named and no table has shown yet, in the order in which the page shows it. */
  #awaited: Awaited[] = [];
  /** Tables that are called by number and by name. */
  readonly #aliases = new Map<string, string>();
  /** Fields that are objects of which nothing is said: a caption may name them. */
  readonly #free = new Map<string, string>();
  readonly #notes: Note[];

  constructor(notes: Note[]) {
    this.#notes = notes;
  }

  get all(): Schema[] {
    return [...this.#byName.values()];
  }

  get awaitsTable(): boolean {
    return this.#awaited.length > 0;
  }

  awaits(name: string): boolean {
    return this.#awaited.includes(name);
  }

  /** The fields that the rows of a table describe. A row that has lost its name or its type is told. */
  fieldsOf({ rows, hasTypes }: Grid): Field[] {
    const fields: Field[] = [];
    const awaited: Awaited[] = [];
    for (const row of rows) {
      if (row.name === "") {
        this.#notes.push({
          line: row.line,
          message: `a row of the type ${describeType(row.type)} without a name; it is not read`,
        });
        awaited.push(row);
        continue;
      }
      const field = fieldOf(row, this.#notes);
      fields.push(field);
      if (hasTypes && !row.isTyped) {
        this.#notes.push({ line: row.line, message: `${row.name}: it has no type` });
        awaited.push(row);
      }
      const names = schemasOf(field.type).filter((name) => !this.#byName.has(name));
      awaited.push(...names);
      if (names.length === 0 && isFree(field.type)) this.#free.set(field.name, "");
    }
    // Depth first: the tables of these fields stand before those that were awaited already.
    this.#awaited = [...new Set([...awaited, ...this.#awaited])];
    return fields;
  }

  /** A table with a name, a number, or the next one of those that types have named. */
  add(name: string | undefined, grid: Grid): void {
    const byNumber = this.#numbered(grid);
    if (name !== undefined && this.awaits(name) && byNumber !== undefined) this.#aliases.set(byNumber, name);
    const taken = (name !== undefined && this.awaits(name) ? name : byNumber) ?? name ?? this.#awaited[0];
    if (taken === undefined) {
      this.#notes.push({
        line: grid.line,
        message: "a table that no type refers to; its fields are not read",
      });
      return;
    }
    this.#awaited = this.#awaited.filter((awaited) => awaited !== taken && awaited !== byNumber);
    if (typeof taken !== "string") {
      const row = taken.name === "" ? "the row without a name" : taken.name;
      this.#notes.push({
        line: grid.line,
        message: `a table that belongs to ${row} in line ${taken.line}; its fields are not read`,
      });
      return;
    }
    const known = this.#byName.get(taken);
    if (known !== undefined) {
      // A request and an answer show the same structure twice.
      const rows = (names: readonly { readonly name: string }[]) => names.map(({ name }) => name).join();
      if (rows(known.fields) !== rows(grid.rows))
        this.#notes.push({ line: grid.line, message: `a second table for ${taken}; the first one counts` });
      return;
    }
    const schema = { name: taken, at: grid.line, fields: [] };
    this.#byName.set(taken, schema);
    this.#byName.set(taken, { ...schema, fields: this.fieldsOf(grid) });
  }

  /** A number that types or prose have named, or the name of a field that the caption begins with. */
  #numbered({ number, caption }: Grid): string | undefined {
    const byNumber = number === undefined ? undefined : tableName(number);
    if (byNumber !== undefined && this.awaits(byNumber)) return byNumber;
    const [, word = ""] = /^["']?([A-Za-z_][\w.-]{0,100})/.exec(caption ?? "") ?? [];
    if (byNumber === undefined || this.#free.get(word) !== "") return undefined;
    this.#free.set(word, byNumber);
    return byNumber;
  }

  /** What a field's type is, now that every table is known: a structure without a name has its fields in its place. */
  resolve(field: Field, within: readonly string[] = []): Field {
    const named = this.#free.get(field.name) ?? "";
    const type = named === "" ? field.type : withShape(field.type, named);
    return { ...field, type: this.#resolved(type, within) };
  }

  /** The same of a body. */
  resolveType(type: Type): Type {
    const { fields } = type;
    return fields === undefined
      ? this.#resolved(type, [])
      : { ...type, fields: fields.map((field) => this.resolve(field)) };
  }

  #resolved(type: Type, within: readonly string[]): Type {
    if (type.items !== undefined) return { ...type, items: this.#resolved(type.items, within) };
    const { schema, ...rest } = type;
    if (schema === undefined || !isNumber(schema)) return type;
    const alias = this.#aliases.get(schema);
    if (alias !== undefined) return { ...rest, schema: alias };
    const table = this.#byName.get(schema);
    if (table === undefined || within.length > DEPTH) return rest;
    // One that contains itself is among those with several uses: it is not written out without end.
    if ((this.#uses.get(schema) ?? 0) > 1) return { ...rest, schema: titleOf(schema) };
    return { ...rest, fields: table.fields.map((field) => this.resolve(field, [...within, schema])) };
  }

  /** How often each is referred to: one that several types share is not written out in each. */
  #uses: ReadonlyMap<string, number> = new Map();

  /** The structures as they are to be shown; tells which names have no table. */
  finish(roots: readonly Field[]): Schema[] {
    const uses = new Map<string, number>();
    const all = [...roots, ...this.all.flatMap(({ fields }) => fields)];
    for (const { name, type } of all) {
      const named = this.#free.get(name) ?? "";
      for (const schema of schemasOf(named === "" ? type : withShape(type, named))) {
        uses.set(schema, (uses.get(schema) ?? 0) + 1);
        if (!this.#byName.has(schema) && !this.#aliases.has(schema))
          this.#notes.push({
            line: type.at,
            message: `there is no table for ${titleOf(schema)}`,
            hides: schema,
          });
      }
    }
    this.#uses = uses;
    return this.all
      .filter(({ name }) => !isNumber(name) || (uses.get(name) ?? 0) > 1)
      .map((schema) => ({
        ...schema,
        name: titleOf(schema.name),
        fields: schema.fields.map((field) => this.resolve(field, [schema.name])),
      }));
  }
}

const DEPTH = 12;

const isNumber = (schema: string): boolean => schema.startsWith("#");
const titleOf = (schema: string): string => schema.replace(/^#/, "Table");

function isFree(type: Type): boolean {
  if (type.items !== undefined) return isFree(type.items);
  return (type.kind === "object" || type.kind === "array") && type.schema === undefined;
}

const schemasOf = (type: Type): string[] => [
  ...(type.schema === undefined ? [] : [type.schema]),
  ...(type.items === undefined ? [] : schemasOf(type.items)),
];
