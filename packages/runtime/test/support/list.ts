/** A list as servers keep them: it changes while it is read, and its pages follow one of many rules. */

import { BadRequestError } from "../../src/errors.js";

/** How a service pages, and what it makes of an offset of 0. */
export const RULES = [
  "marker",
  "token",
  "rows from 0",
  "rows from 1, 0 refused",
  "rows from 1, 0 is 1",
  "pages, 0 refused",
  "pages, 0 is 1",
  "pages, 0 is 1, and empty is far",
] as const;
export type Rule = (typeof RULES)[number];

/** GaussDB's: six readings of one sentence of its documentation. */
export const OFFSET_RULES = RULES.slice(2);

export const refused = (): BadRequestError =>
  new BadRequestError({ status: 400, code: "DBS.200022", message: "offset" });

/** Rows with ids, in an order that their keys give. Remembers which of them were there all the time. */
export class List {
  rows: { id: string; key: number }[];
  /** Every row that ever was. */
  readonly ever = new Set<string>();
  /** Rows that were there from the beginning and were never deleted. */
  readonly stable: Set<string>;
  #next = 0;

  constructor(count: number) {
    this.rows = Array.from({ length: count }, (_, index) => ({ id: `row-${this.#next++}`, key: index }));
    this.stable = new Set(this.rows.map(({ id }) => id));
    for (const { id } of this.rows) this.ever.add(id);
  }

  /** Inserts or deletes one row somewhere. `where`: in [0, 1). */
  change(insert: boolean, where: number): void {
    const index = Math.floor(where * (this.rows.length + (insert ? 1 : 0)));
    if (insert) {
      const before = this.rows[index - 1]?.key ?? -1;
      const after = this.rows[index]?.key ?? before + 2;
      const id = `row-${this.#next++}`;
      this.ever.add(id);
      this.rows.splice(index, 0, { id, key: (before + after) / 2 });
    } else {
      const [gone] = this.rows.splice(index, 1);
      if (gone) this.stable.delete(gone.id);
    }
  }

  /** A page of at most so many rows, and where the next one starts. Undefined: refused. */
  page(
    rule: Rule,
    position: string | undefined,
    limit: number,
  ): { ids: string[]; next?: string } | undefined {
    const from = (first: number) => ({
      ids: this.rows.slice(Math.max(0, first), Math.max(0, first) + limit).map(({ id }) => id),
    });
    if (rule === "marker" || rule === "token") {
      // The marker's row may be gone by now; its key still says where it stood.
      const after = position === undefined ? -2 : Number.parseFloat(position.slice(1));
      const rows = this.rows.filter(({ key }) => key > after);
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return { ids: page.map(({ id }) => id), ...(last && rows.length > limit && { next: `k${last.key}` }) };
    }
    const offset = Number(position ?? 1);
    if (offset === 0 && rule.endsWith("0 refused")) return undefined;
    if (rule === "rows from 0") return from(offset);
    const clamped = Math.max(1, offset);
    return rule.startsWith("rows") ? from(clamped - 1) : from((clamped - 1) * limit);
  }
}
