import type { Field, Note, Schema, Type } from "../facts.ts";
import { fieldOf } from "../page/field.ts";
import type { Grid } from "../page/row.ts";

/** The named structures of a page: tables that type cells point at. */
export class Schemas {
  readonly #byName = new Map<string, { readonly schema: Schema; readonly number: number | undefined }>();
  /** Names that types have used and no table has yet, in the order in which the page shows them. */
  #awaited: string[] = [];
  readonly #notes: Note[];

  constructor(notes: Note[]) {
    this.#notes = notes;
  }

  get all(): Schema[] {
    return [...this.#byName.values()].map(({ schema }) => schema);
  }

  get awaitsTable(): boolean {
    return this.#awaited.length > 0;
  }

  awaits(name: string): boolean {
    return this.#awaited.includes(name);
  }

  /** A table with a name, or the next one of those that types have named. */
  add(name: string | undefined, grid: Grid): void {
    const taken = name ?? this.#awaited[0];
    if (taken === undefined) {
      this.#notes.push({
        line: grid.line,
        message: "a table that no type refers to; its fields are not read",
      });
      return;
    }
    this.#awaited = this.#awaited.filter((awaited) => awaited !== taken);
    if (this.#byName.has(taken)) {
      this.#notes.push({ line: grid.line, message: `a second table for ${taken}; the first one counts` });
      return;
    }
    const fields = grid.rows.map((row) => fieldOf(row, this.#notes));
    this.#byName.set(taken, { schema: { name: taken, at: grid.line, fields }, number: grid.number });
    this.expect(fields);
  }

  /** Depth first: the tables of these fields stand before those that were awaited already. */
  expect(fields: readonly Field[]): void {
    const names = fields.flatMap(({ type }) => schemasOf(type)).filter((name) => !this.#byName.has(name));
    this.#awaited = [...new Set([...names, ...this.#awaited])];
  }

  /** Tells which names have no table. */
  finish(used: readonly Type[]): void {
    for (const type of used) {
      for (const name of schemasOf(type)) {
        if (this.#byName.has(name)) continue;
        this.#notes.push({ line: type.at, message: `there is no table for ${name}` });
      }
    }
  }
}

const schemasOf = (type: Type): string[] => [
  ...(type.schema === undefined ? [] : [type.schema]),
  ...(type.items === undefined ? [] : schemasOf(type.items)),
];
