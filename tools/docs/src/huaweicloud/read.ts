import type { Fact, Facts, Field, In, Note, Parameter, Response, Type } from "../facts.ts";
import { cellGrid } from "../page/cell-rows.ts";
import { updatedIn } from "../page/date.ts";
import { PageError } from "../page/error.ts";
import { markOf, tableName } from "../page/field.ts";
import type { Item } from "../page/item.ts";
import { plain } from "../page/normalise.ts";
import type { Grid } from "../page/row.ts";
import { tellMissing, templateOf } from "../page/template.ts";
import { textGrids } from "../page/text-rows.ts";
import { CAPTION, STATUS_LINE, WHOLE } from "../page/words.ts";
import { endpointIn } from "./endpoint.ts";
import { examplesIn } from "./examples.ts";
import { tellLoose } from "./loose.ts";
import { sampleNameIn, titleIn, versionOf } from "./names.ts";
import { permissionIn } from "./permission.ts";
import { Schemas } from "./schemas.ts";
import { type Section, type SectionName, sectionsOf } from "./sections.ts";
import { statusesIn } from "./statuses.ts";
import { guessRequest, isOfHeaders, type Role, roleOf } from "./tables.ts";

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
  /** What tables with captions are called. */
  readonly #structures: ReadonlySet<string>;
  readonly #parameters: Parameter[] = [];
  readonly #responses = new Map<string, Response>();
  readonly #statuses: readonly Fact<string>[];
  #body: Type | undefined;
  #bodyRequired: Fact<"yes" | "no"> | undefined;
  /** Where all captions are lost, tables are numbered as they come: numbers run through the page without gaps. */
  #count = 0;

  constructor(page: string, items: readonly Item[], notes: Note[]) {
    this.#page = page;
    this.#items = items;
    this.#notes = notes;
    this.#sections = sectionsOf(items);
    this.#structures = new Set(items.map(captionOf));
    this.#schemas = new Schemas(notes);
    this.#statuses = statusesIn(this.#of("statuses"));
  }

  /** The status of an answer under none: the only one of success that the page knows. */
  get #success(): string {
    const all = new Set(this.#statuses.map(({ value }) => value).filter((value) => value.startsWith("2")));
    return all.size === 1 ? ([...all][0] ?? "200") : "200";
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
    const template = templateOf(endpoint.path.value);
    this.#request("uri", template);
    this.#request("request", template);
    this.#response();
    const examples = [
      ...examplesIn(this.#of("requestExample"), "request", this.#success, this.#notes),
      ...examplesIn(this.#of("responseExample"), "response", this.#success, this.#notes),
    ];
    for (const { value, at } of this.#statuses) {
      if (!this.#responses.has(value))
        this.#responses.set(value, { status: value, at, body: undefined, headers: [] });
    }
    const rows = this.#parameters.length + this.#schemas.all.length + this.#responses.size;
    if (rows === 0)
      throw new PageError(
        this.#page,
        endpoint.path.at,
        "neither parameters nor responses behind this line; saved text loses cells of some tables: save the page as HTML",
      );
    tellMissing(endpoint.path, this.#parameters, this.#notes);
    const { title, name } = titleIn(this.#of("start"));
    const schemas = this.#schemas.finish(this.#roots());
    const resolved = (type: Type | undefined) => type && this.#schemas.resolveType(type);
    return {
      name: sampleNameIn(this.#of("samples")) ?? name,
      title,
      updated: updatedIn(this.#items),
      ...endpoint,
      version: versionOf(endpoint.path),
      permission: permissionIn(this.#of("authorization"), this.#notes),
      parameters: this.#parameters.map((each) => ({ ...each, ...this.#schemas.resolve(each) })),
      body: resolved(this.#body),
      bodyRequired: this.#bodyRequired,
      responses: [...this.#responses.values()].map((each) => ({
        ...each,
        body: resolved(each.body),
        headers: each.headers.map((field) => this.#schemas.resolve(field)),
      })),
      schemas,
      examples,
    };
  }

  #of(name: SectionName): readonly Item[] {
    return this.#sections.filter((section) => section.name === name).flatMap(({ items }) => items);
  }

  /** The tables of a section, whichever way the page was saved, and what stands between them. */
  #grids(name: SectionName): (Item | Grid)[] {
    const items: (Item | Grid)[] = this.#of(name).map((item) =>
      item.kind === "table" ? (cellGrid(item, this.#notes, this.#structures) ?? item) : item,
    );
    const plainItems = items.filter((item): item is Item => item.kind !== "grid");
    const found =
      plainItems.length === items.length ? textGrids(plainItems, this.#structures, this.#notes) : items;
    return found.map((item) => {
      if (item.kind !== "grid") return item;
      this.#count++;
      return item.caption === undefined ? { ...item, number: this.#count } : item;
    });
  }

  #request(section: "uri" | "request", template: readonly string[]): void {
    let above: Role = "unknown";
    for (const item of this.#grids(section)) {
      if (item.kind !== "grid") {
        tellLoose(item, section, this.#notes);
        above = item.kind === "line" && item.text.length < 60 ? roleOf(plain(item.text)) : "unknown";
        continue;
      }
      const hint = above === "schema" ? "unknown" : above;
      above = "unknown";
      const named = roleOf(item.caption);
      const isOpen = named === "unknown" && !this.#isAwaited(item);
      const role = isOpen ? this.#roleIn(section, item, template, hint) : named;
      switch (role) {
        case "path":
        case "query":
        case "header":
        case "form":
          this.#add(role, item);
          break;
        case "body":
          ({ type: this.#body, required: this.#bodyRequired } = this.#root(item));
          break;
        case "unknown":
          if (section === "uri" && isOpen) {
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

  /** What a table is whose caption does not say it: the words above it, or the section and its rows. */
  #roleIn(section: "uri" | "request", grid: Grid, template: readonly string[], hint: Role): Role {
    if (hint === "header" || hint === "body" || hint === "form") return hint;
    return guessRequest(section, grid, template, this.#known);
  }

  /** Whether a type points at this table. Where captions are lost, the next table is the one that is awaited. */
  #isAwaited({ caption, number }: Grid): boolean {
    if (number !== undefined && this.#schemas.awaits(tableName(number))) return true;
    return caption === undefined && this.#schemas.awaitsTable;
  }

  get #known() {
    return {
      hasPath: this.#parameters.some((parameter) => parameter.in === "path"),
      hasBody: this.#body !== undefined,
    };
  }

  #add(where: In, grid: Grid): void {
    for (const field of this.#schemas.fieldsOf(grid)) {
      // A path without its value is another path.
      const required = where === "path" ? "yes" : field.required;
      this.#parameters.push({ ...field, required, in: where });
    }
  }

  /** A body: its fields, or the row that describes the whole of it. */
  #root(grid: Grid): { type: Type; required: Fact<"yes" | "no"> | undefined } {
    const fields = this.#schemas.fieldsOf(grid);
    const [only] = fields;
    return only !== undefined && fields.length === 1 && WHOLE.test(only.name)
      ? { type: only.type, required: markOf(only) }
      : { type: { kind: "object", at: grid.line, fields }, required: undefined };
  }

  #named(grid: Grid): void {
    this.#schemas.add(roleOf(grid.caption) === "schema" ? grid.caption : undefined, grid);
  }

  #response(): void {
    let status = this.#success;
    let hasRoot = false;
    /** Below a status there may be a line that says what it means. */
    let isBelowStatus = false;
    for (const item of this.#grids("response")) {
      if (item.kind !== "grid") {
        const found = item.kind === "line" ? STATUS_LINE.exec(item.text.trim().slice(0, 60))?.[1] : undefined;
        if (found === undefined) {
          if (!isBelowStatus || item.kind !== "line") tellLoose(item, "response", this.#notes);
          isBelowStatus = false;
          continue;
        }
        isBelowStatus = true;
        status = found;
        hasRoot = false;
        this.#answer(status, { at: item.line });
        continue;
      }
      const named = roleOf(item.caption);
      const role = named === "unknown" && !hasRoot && isOfHeaders(item) ? "responseHeader" : named;
      if (role === "responseHeader" || role === "header") {
        this.#answer(status, { at: item.line, headers: this.#schemas.fieldsOf(item) });
      } else if (role === "responseBody" || role === "body" || (role === "unknown" && !hasRoot)) {
        this.#answer(status, { at: item.line, body: this.#root(item).type });
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

  /** The fields that stand in no structure with a name. */
  #roots(): Field[] {
    return [
      ...this.#parameters,
      ...fieldsIn(this.#body),
      ...[...this.#responses.values()].flatMap(({ body, headers }) => [...fieldsIn(body), ...headers]),
    ];
  }
}

/** The fields of a body; one that is no object stands for itself. */
function fieldsIn(body: Type | undefined): readonly Field[] {
  if (body === undefined) return [];
  const whole: Field = { name: "", at: body.at, type: body, required: "unknown", requiredAt: body.at };
  return body.fields ?? [whole];
}

function captionOf(item: Item): string {
  const text = item.kind === "table" ? (item.caption ?? "") : item.text;
  const isCaption = text.length < 300 && (item.kind !== "line" || item.bullet === 0);
  return isCaption ? (CAPTION.exec(plain(text))?.[2] ?? "") : "";
}
