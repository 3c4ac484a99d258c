import type { Fact, Facts, Field, In, Note, Parameter, Response, Type } from "../facts.ts";
import { cellGrid } from "../page/cell-rows.ts";
import { updatedIn } from "../page/date.ts";
import { PageError } from "../page/error.ts";
import { fieldOf } from "../page/field.ts";
import { type Item, isLine } from "../page/item.ts";
import { plain } from "../page/normalise.ts";
import type { Grid } from "../page/row.ts";
import { textGrids } from "../page/text-rows.ts";
import { STATUS_LINE } from "../page/words.ts";
import { endpointIn } from "./endpoint.ts";
import { examplesIn } from "./examples.ts";
import { Schemas } from "./schemas.ts";
import { type Section, type SectionName, sectionsOf } from "./sections.ts";
import { statusesIn } from "./statuses.ts";
import { guessRequest, roleOf } from "./tables.ts";

/** Whether this can be a page of Huawei Cloud: it has the headings that every one has. */
export function isHuaweiCloud(items: readonly Item[]): boolean {
  const names = sectionsOf(items).map(({ name }) => name);
  return names.includes("uri") && (names.includes("request") || names.includes("response"));
}

/** Reads a page of Huawei Cloud. */
export function readHuaweiCloud(page: string, items: readonly Item[], notes: Note[]): Facts {
  return new Reader(page, items, notes).read();
}

class Reader {
  readonly #page: string;
  readonly #items: readonly Item[];
  readonly #notes: Note[];
  readonly #sections: readonly Section[];
  readonly #schemas: Schemas;
  readonly #parameters: Parameter[] = [];
  readonly #responses = new Map<string, Response>();
  #body: Type | undefined;

  constructor(page: string, items: readonly Item[], notes: Note[]) {
    this.#page = page;
    this.#items = items;
    this.#notes = notes;
    this.#sections = sectionsOf(items);
    this.#schemas = new Schemas(notes);
  }

  read(): Facts {
    const uri = this.#sections.find(({ name }) => name === "uri");
    const endpoint = endpointIn(uri?.items ?? []);
    if (endpoint === undefined) {
      throw new PageError(
        this.#page,
        uri?.line ?? 1,
        'no line with method and path, such as "GET /v1/{id}", under the heading URI',
      );
    }
    const template = [...endpoint.path.value.matchAll(/\{([^{}]{1,100})\}/g)].map(([, name = ""]) => name);
    this.#request("uri", template);
    this.#request("request", template);
    this.#response();
    const examples = [
      ...examplesIn(this.#of("requestExample"), "request", this.#notes),
      ...examplesIn(this.#of("responseExample"), "response", this.#notes),
    ];
    for (const { value, at } of statusesIn(this.#of("statuses"))) {
      if (!this.#responses.has(value))
        this.#responses.set(value, { status: value, at, body: undefined, headers: [] });
    }
    const rows = this.#parameters.length + this.#schemas.all.length + this.#responses.size;
    if (rows === 0)
      throw new PageError(this.#page, endpoint.path.at, "neither parameters nor responses behind this line");
    this.#tellMissing(template, endpoint.path);
    this.#schemas.finish(this.#types());
    return {
      name: this.#sampleName(),
      title: this.#title(),
      updated: updatedIn(this.#items),
      ...endpoint,
      version: undefined,
      permission: undefined,
      parameters: this.#parameters,
      body: this.#body,
      responses: [...this.#responses.values()],
      schemas: this.#schemas.all,
      examples,
    };
  }

  #of(name: SectionName): readonly Item[] {
    return this.#sections.filter((section) => section.name === name).flatMap(({ items }) => items);
  }

  /** The tables of a section, whichever way the page was saved, and what stands between them. */
  #grids(name: SectionName): (Item | Grid)[] {
    const items: (Item | Grid)[] = this.#of(name).map((item) =>
      item.kind === "table" ? (cellGrid(item, this.#notes) ?? item) : item,
    );
    const plainItems = items.filter((item): item is Item => item.kind !== "grid");
    return plainItems.length === items.length ? textGrids(plainItems, this.#notes) : items;
  }

  #request(section: "uri" | "request", template: readonly string[]): void {
    for (const item of this.#grids(section)) {
      if (item.kind !== "grid") {
        this.#tellLoose(item, section);
        continue;
      }
      const named = roleOf(item.caption);
      const role =
        named === "unknown" && !this.#schemas.awaitsTable
          ? guessRequest(section, item, template, this.#known)
          : named;
      switch (role) {
        case "path":
        case "query":
        case "header":
        case "form":
          this.#add(role, item);
          break;
        case "body":
          this.#body = this.#root(item);
          break;
        case "unknown":
          if (section === "uri" && !this.#schemas.awaitsTable) {
            // Path and query in one table.
            for (const row of item.rows)
              this.#add(template.includes(row.name) ? "path" : "query", { ...item, rows: [row] });
            break;
          }
          this.#named(item);
          break;
        default:
          this.#named(item);
      }
    }
  }

  get #known() {
    return {
      hasPath: this.#parameters.some((parameter) => parameter.in === "path"),
      hasBody: this.#body !== undefined,
    };
  }

  #add(where: In, grid: Grid): void {
    for (const row of grid.rows) {
      const field = fieldOf(row, this.#notes);
      // A path without its value is another path.
      const required = where === "path" ? "yes" : field.required;
      this.#parameters.push({ ...field, required, in: where });
      this.#schemas.expect([field]);
    }
  }

  #root(grid: Grid): Type {
    const fields = grid.rows.map((row) => fieldOf(row, this.#notes));
    this.#schemas.expect(fields);
    return { kind: "object", at: grid.line, fields };
  }

  #named(grid: Grid): void {
    const name = roleOf(grid.caption) === "schema" ? grid.caption : undefined;
    const byNumber = grid.number === undefined ? undefined : `Table${grid.number}`;
    this.#schemas.add(
      name ?? (byNumber !== undefined && this.#schemas.awaits(byNumber) ? byNumber : undefined),
      grid,
    );
  }

  #response(): void {
    let status = "200";
    let hasRoot = false;
    for (const item of this.#grids("response")) {
      if (item.kind !== "grid") {
        const found = item.kind === "line" ? STATUS_LINE.exec(item.text.trim().slice(0, 60))?.[1] : undefined;
        if (found === undefined) {
          this.#tellLoose(item, "response");
          continue;
        }
        status = found;
        hasRoot = false;
        this.#answer(status, { at: item.line });
        continue;
      }
      const role = roleOf(item.caption);
      if (role === "responseHeader" || role === "header") {
        this.#answer(status, { at: item.line, headers: item.rows.map((row) => fieldOf(row, this.#notes)) });
      } else if (role === "responseBody" || role === "body" || (role === "unknown" && !hasRoot)) {
        this.#answer(status, { at: item.line, body: this.#root(item) });
        hasRoot = true;
      } else this.#named(item);
    }
  }

  #answer(status: string, part: { at: number; body?: Type; headers?: readonly Field[] }): void {
    const known = this.#responses.get(status);
    this.#responses.set(status, {
      status,
      at: known?.at ?? part.at,
      body: part.body ?? known?.body,
      headers: part.headers ?? known?.headers ?? [],
    });
  }

  /** Between the tables of a section there are captions and a few words; anything else is told. */
  #tellLoose(item: Item, section: string): void {
    if (item.kind === "code") return;
    if (item.kind === "table") {
      this.#notes.push({
        line: item.line,
        message: `a table in the section ${section} whose columns are not known`,
      });
      return;
    }
    const text = plain(item.text.slice(0, 300));
    const isKnown =
      endpointIn([item]) !== undefined ||
      STATUS_LINE.test(text) ||
      /^(?:无|none|n\/a|不涉及)[。.]?$/i.test(text) ||
      /^(?:表|table)\s?\d/i.test(text);
    if (!isKnown)
      this.#notes.push({ line: item.line, message: `in the section ${section}: "${text.slice(0, 60)}"` });
  }

  #tellMissing(template: readonly string[], path: Fact<string>): void {
    for (const name of template) {
      if (!this.#parameters.some((parameter) => parameter.in === "path" && parameter.name === name))
        this.#notes.push({ line: path.at, message: `{${name}} stands in the path and in no table` });
    }
  }

  #types(): Type[] {
    const ofFields = (fields: readonly Field[] | undefined): Type[] => (fields ?? []).map(({ type }) => type);
    return [
      ...ofFields(this.#parameters),
      ...ofFields(this.#body?.fields),
      ...[...this.#responses.values()].flatMap(({ body }) => ofFields(body?.fields)),
      ...this.#schemas.all.flatMap(({ fields }) => ofFields(fields)),
    ];
  }

  /** The last line before the first heading that is no chrome. */
  #title(): Fact<string> | undefined {
    const chrome = /^(?:更新时间|updated on|分享|share|view pdf|查看pdf|feedback|[#|>-]|链接复制)/i;
    const lines = this.#of("start").filter(isLine);
    const found = lines.findLast(({ text }) => !chrome.test(text.trim().slice(0, 60)));
    return found && { value: plain(found.text.slice(0, 300)), at: found.line };
  }

  /** The samples are named after the operation: `ListJobsSolution`, `ListJobsRequest`. */
  #sampleName(): Fact<string> | undefined {
    for (const item of this.#of("samples")) {
      if (item.kind === "table") continue;
      const [, name] = /class ([A-Za-z]\w{1,100}?)Solution\b/.exec(item.text.slice(0, 100_000)) ?? [];
      if (name !== undefined) return { value: name, at: item.line };
    }
    return undefined;
  }
}
