import type { Place } from "typedcloud/checked";
import type { Field, PageFacts, Parameter, Response, Schema, Type } from "../facts.ts";
import type { SpecFacts } from "../spec/facts.ts";
import { compareConstraints } from "./constraints.ts";
import { Enums } from "./enums.ts";
import { compareExamples } from "./examples.ts";
import { describe, type Finding } from "./finding.ts";
import { pair } from "./pair.ts";
import type { Difference } from "./report.ts";
import { agree, describeType, shapeOf } from "./type.ts";

/**
 * Holds a page against its specification.
 *
 * @param snapshot the facts that the page stated when the specification was last brought into line with it
 */
export function compare(
  page: PageFacts,
  spec: SpecFacts,
  snapshot: ReadonlySet<string> = new Set(),
): Finding[] {
  return new Comparison(page, spec, snapshot).run();
}

class Comparison {
  readonly #page: PageFacts;
  readonly #spec: SpecFacts;
  readonly #snapshot: ReadonlySet<string>;
  readonly #found = new Map<string, Finding>();
  readonly #enums: Enums;
  readonly #names: ReadonlySet<string>;
  readonly #pageSchemas: ReadonlyMap<string, Schema>;
  readonly #specSchemas: ReadonlyMap<string, Schema<Place>>;
  /** Pairs of structures that are compared already: they may contain themselves. */
  readonly #seen = new Set<string>();
  /** Names of fields that differ: the example follows them, and that is no second finding. */
  readonly #renamed = new Set<string>();

  constructor(page: PageFacts, spec: SpecFacts, snapshot: ReadonlySet<string>) {
    this.#page = page;
    this.#spec = spec;
    this.#snapshot = snapshot;
    this.#enums = new Enums(
      (difference) => this.#tell(difference),
      (where) => snapshot.has(where),
    );
    this.#names = new Set(page.parameters.map(({ name }) => name));
    this.#pageSchemas = new Map(page.schemas.map((schema) => [schema.name, schema]));
    this.#specSchemas = new Map(spec.schemas.map((schema) => [schema.name, schema]));
  }

  run(): Finding[] {
    this.#operation();
    this.#parameters();
    this.#body();
    this.#responses();
    this.#enums.finish(this.#page.examples);
    compareExamples(this.#page.examples, this.#spec.examples, this.#renamed, (difference) =>
      this.#tell(difference),
    );
    return [...this.#found.values()].toSorted((a, b) => a.page.line - b.page.line);
  }

  #tell({ kind, where, before, after, severity, line, place }: Difference): void {
    const { file, line: specLine, column } = place.problem("", "");
    const id = `${this.#spec.service} ${this.#spec.operation} ${where}: ${describe(kind, before, after)}`;
    const finding: Finding = {
      id,
      kind,
      where,
      before,
      after,
      severity,
      page: { file: this.#page.page, line },
      spec: { file, line: specLine, column },
    };
    if (!this.#found.has(id)) this.#found.set(id, finding);
  }

  #operation(): void {
    const { method, path, name, permission, title } = this.#page;
    const spec = this.#spec;
    if (
      method !== undefined &&
      spec.method !== undefined &&
      !spec.isRpc &&
      method.value !== spec.method.value
    ) {
      this.#tell({
        kind: "changed",
        where: "method",
        before: spec.method.value,
        after: method.value,
        severity: "breaking",
        line: method.at,
        place: spec.method.at,
      });
    }
    if (
      path !== undefined &&
      spec.path !== undefined &&
      !spec.isRpc &&
      path.value !== spec.path.value &&
      !this.#isPathRename(path.value, spec.path.value)
    ) {
      this.#tell({
        kind: "changed",
        where: "path",
        before: spec.path.value,
        after: path.value,
        severity: "breaking",
        line: path.at,
        place: spec.path.at,
      });
    }
    const isRenamed =
      spec.isRpc && name !== undefined && spec.name !== undefined && name.value !== spec.name.value;
    if (isRenamed && spec.name !== undefined) {
      this.#tell({
        kind: "renamed",
        where: "action",
        before: spec.name.value,
        after: name.value,
        severity: "breaking",
        line: name.at,
        place: spec.name.at,
      });
    }
    if (permission !== undefined && spec.permission !== undefined) {
      const { action, access } = spec.permission.value;
      const follows = isRenamed && permission.value.action.endsWith(`:${name.value}`);
      if (permission.value.action !== action && !follows)
        this.#tell({
          kind: "changed",
          where: "permission.action",
          before: action,
          after: permission.value.action,
          severity: "compatible",
          line: permission.at,
          place: spec.permission.at,
        });
      // Editions in other languages call the same level by other names.
      if (permission.value.access !== access && this.#page.language === "zh")
        this.#tell({
          kind: "changed",
          where: "permission.access",
          before: access,
          after: permission.value.access,
          severity: "compatible",
          line: permission.at,
          place: spec.permission.at,
        });
    }
    if (
      title !== undefined &&
      spec.title !== undefined &&
      this.#page.language === "zh" &&
      title.value !== spec.title.value
    ) {
      this.#tell({
        kind: "changed",
        where: "title",
        before: spec.title.value,
        after: title.value,
        severity: "wording",
        line: title.at,
        place: spec.title.at,
      });
    }
  }

  /** Whether two paths differ in the names of their parameters only, and the parameters' table says the same. */
  #isPathRename(after: string, before: string): boolean {
    if (after.replace(/\{[^{}]*\}/g, "{}") !== before.replace(/\{[^{}]*\}/g, "{}")) return false;
    const inTable = new Set(
      this.#page.parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name),
    );
    return [...after.matchAll(/\{([^{}]*)\}/g)].every(([, name = ""]) => inTable.has(name));
  }

  #parameters(): void {
    const isCredential = ({ in: where, name }: Parameter<unknown>) =>
      where === "header" && this.#spec.credentials.has(name);
    const renamedCredentials = this.#credentials(isCredential);
    const page = this.#page.parameters.filter(
      (parameter) => !isCredential(parameter) && !renamedCredentials.has(parameter),
    );
    const moved = new Set<string>();
    for (const where of ["path", "query", "header", "form"] as const) {
      const mine = page.filter((parameter) => parameter.in === where);
      const theirs = this.#spec.parameters.filter((parameter) => parameter.in === where);
      const { same, renamed, added, removed } = pair(mine, theirs);
      for (const found of same) this.#field(found.page, found.spec, `${where}.${found.page.name}`, true);
      for (const found of renamed) {
        this.#rename(`${where}.${found.spec.name}`, found.page, found.spec);
        this.#field(found.page, found.spec, `${where}.${found.spec.name}`, true);
      }
      for (const parameter of added) {
        const from = this.#spec.parameters.find(
          ({ name, in: other }) =>
            name === parameter.name &&
            other !== where &&
            !page.some((each) => each.name === name && each.in === other),
        );
        if (from !== undefined) {
          moved.add(`${from.in} ${from.name}`);
          this.#tell({
            kind: "changed",
            where: `${from.in}.${from.name}.in`,
            before: from.in,
            after: where,
            severity: "breaking",
            line: parameter.at,
            place: from.at,
          });
          continue;
        }
        const severity = parameter.required === "yes" ? "breaking" : "compatible";
        this.#tell({
          kind: "added",
          where: `${where}.${parameter.name}`,
          before: null,
          after: describeType(parameter.type),
          severity,
          line: parameter.at,
          place: this.#spec.place.at("parameters"),
        });
      }
      for (const parameter of removed) {
        if (
          moved.has(`${where} ${parameter.name}`) ||
          page.some(
            ({ name, in: other }) =>
              name === parameter.name &&
              other !== where &&
              !this.#spec.parameters.some((each) => each.name === name && each.in === other),
          )
        )
          continue;
        this.#tell({
          kind: "removed",
          where: `${where}.${parameter.name}`,
          before: describeType(parameter.type),
          after: null,
          severity: "breaking",
          line: this.#lineOf(where),
          place: parameter.at,
        });
      }
    }
  }

  /** Headers that carry credentials stand on some pages; the specification has them as security schemes. */
  #credentials(isCredential: (parameter: Parameter<unknown>) => boolean): ReadonlySet<Parameter> {
    const listed = this.#page.parameters.filter(isCredential);
    const renamed = new Set<Parameter>();
    const known = new Set(
      this.#spec.parameters.filter((each) => each.in === "header").map((each) => each.name),
    );
    const unknown = this.#page.parameters.filter(
      (each) => each.in === "header" && !isCredential(each) && !known.has(each.name),
    );
    for (const name of this.#spec.credentials) {
      const where = `header.${name}`;
      const parameter = listed.find((each) => each.name === name);
      if (parameter === undefined && this.#snapshot.has(where)) {
        const other = unknown.find(({ type }) => type.kind === "string");
        if (other !== undefined) renamed.add(other);
        this.#tell({
          kind: other === undefined ? "removed" : "renamed",
          where,
          before: other === undefined ? "string" : name,
          after: other?.name ?? null,
          severity: other === undefined ? "compatible" : "breaking",
          line: other?.at ?? this.#lineOf("header"),
          place: this.#spec.place,
        });
      }
      if (parameter !== undefined && !["string", "any"].includes(parameter.type.kind)) {
        this.#tell({
          kind: "changed",
          where: `${where}.type`,
          before: "string",
          after: describeType(parameter.type),
          severity: "breaking",
          line: parameter.type.at,
          place: this.#spec.place,
        });
      }
    }
    return renamed;
  }

  /** Where a missing parameter would stand. */
  #lineOf(where: string): number {
    return (
      this.#page.parameters.findLast((parameter) => parameter.in === where)?.at ??
      this.#page.path?.at ??
      this.#page.name?.at ??
      1
    );
  }

  #body(): void {
    const { body } = this.#page;
    if (body !== undefined && this.#spec.body !== undefined)
      this.#object(body, this.#spec.body, "body", true);
    else if (body !== undefined)
      this.#tell({
        kind: "added",
        where: "body",
        before: null,
        after: describeType(body),
        severity: "breaking",
        line: body.at,
        place: this.#spec.place,
      });
    else if (this.#spec.body !== undefined)
      this.#tell({
        kind: "removed",
        where: "body",
        before: describeType(this.#spec.body),
        after: null,
        severity: "breaking",
        line: this.#lineOf("query"),
        place: this.#spec.body.at,
      });
  }

  #responses(): void {
    const documented = this.#spec.responses.filter(({ status }) => status !== "default");
    const named = <At>(response: Response<At>) => ({
      name: response.status,
      type: response.body ?? { kind: "any" as const, at: response.at },
      response,
    });
    const page = this.#page.responses.filter(({ status }) => status !== "default");
    const { same, renamed, added, removed } = pair(page.map(named), documented.map(named));
    for (const found of [...same, ...renamed]) {
      const where = `response.${found.spec.name}`;
      const { page: mine, spec: theirs } = { page: found.page.response, spec: found.spec.response };
      if (found.page.name !== found.spec.name)
        this.#tell({
          kind: "renamed",
          where,
          before: found.spec.name,
          after: found.page.name,
          severity: found.spec.name.startsWith("2") ? "breaking" : "compatible",
          line: mine.at,
          place: theirs.at,
        });
      if (mine.body !== undefined && theirs.body !== undefined)
        this.#object(mine.body, theirs.body, where, false);
      else if (mine.body !== undefined)
        this.#tell({
          kind: "added",
          where: `${where}.body`,
          before: null,
          after: describeType(mine.body),
          severity: "compatible",
          line: mine.body.at,
          place: theirs.at,
        });
      else if (theirs.body !== undefined)
        this.#tell({
          kind: "removed",
          where: `${where}.body`,
          before: describeType(theirs.body),
          after: null,
          severity: "breaking",
          line: mine.at,
          place: theirs.body.at,
        });
    }
    for (const { name, response } of added)
      this.#tell({
        kind: "added",
        where: `response.${name}`,
        before: null,
        after: name,
        severity: "compatible",
        line: response.at,
        place: this.#spec.place.at("responses"),
      });
    for (const { name, response } of removed)
      this.#tell({
        kind: "removed",
        where: `response.${name}`,
        before: name,
        after: null,
        severity: name.startsWith("2") ? "breaking" : "compatible",
        line: page.at(-1)?.at ?? 1,
        place: response.at,
      });
  }

  #rename(where: string, page: Field, spec: Field<Place>): void {
    this.#renamed.add(page.name).add(spec.name);
    this.#tell({
      kind: "renamed",
      where,
      before: spec.name,
      after: page.name,
      severity: "breaking",
      line: page.at,
      place: spec.at,
    });
  }

  /** A parameter or a field that both have. */
  #field(page: Field, spec: Field<Place>, where: string, isRequest: boolean): void {
    this.#type(page.type, spec.type, where, isRequest);
    if (page.required !== "unknown" && page.required !== spec.required) {
      const severity = (page.required === "yes") === isRequest ? "breaking" : "compatible";
      this.#tell({
        kind: "changed",
        where: `${where}.required`,
        before: spec.required,
        after: page.required,
        severity,
        line: page.requiredAt,
        place: spec.requiredAt,
      });
    }
    this.#enums.compare(page, spec, where, isRequest);
    compareConstraints(
      {
        page,
        spec,
        where,
        isRequest,
        saidBefore: (fact) => this.#snapshot.has(fact),
        parameters: this.#names,
      },
      (difference) => this.#tell(difference),
    );
  }

  #type(page: Type, spec: Type<Place>, where: string, isRequest: boolean): void {
    if (!agree(page, spec)) {
      this.#tell({
        kind: "changed",
        where: `${where}.type`,
        before: describeType(spec),
        after: describeType(page),
        severity: "breaking",
        line: page.at,
        place: spec.at,
      });
      // Structures are the same in a list and alone.
      const [mine, theirs] = [innermost(page), innermost(spec)];
      if (mine.kind === "object" && theirs.kind === "object") this.#structure(mine, theirs, where, isRequest);
      return;
    }
    if (page.kind === "object") this.#structure(page, spec, where, isRequest);
    else if (page.items !== undefined && spec.items !== undefined)
      this.#type(page.items, spec.items, `${where}${page.kind === "array" ? "[]" : "{}"}`, isRequest);
  }

  #structure(page: Type, spec: Type<Place>, where: string, isRequest: boolean): void {
    if (page.schema !== undefined && spec.schema !== undefined && page.schema !== spec.schema) {
      // Another structure that both know is another type; a name that only one of them knows is another name.
      if (this.#specSchemas.has(page.schema) || this.#pageSchemas.has(spec.schema)) {
        this.#tell({
          kind: "changed",
          where: `${where.replace(/(\[\]|\{\})$/, "")}.type`,
          before: describeType(spec),
          after: describeType(page),
          severity: "breaking",
          line: page.at,
          place: spec.at,
        });
        return;
      }
      const schema = this.#specSchemas.get(spec.schema);
      const line = this.#pageSchemas.get(page.schema)?.at ?? page.at;
      this.#tell({
        kind: "renamed",
        where: spec.schema,
        before: spec.schema,
        after: page.schema,
        severity: "naming",
        line,
        place: schema?.at ?? spec.at,
      });
    }
    this.#object(page, spec, where, isRequest);
  }

  #object(page: Type, spec: Type<Place>, where: string, isRequest: boolean): void {
    if (spec.kind !== "object" || page.kind !== "object") {
      if (shapeOf(page) !== shapeOf(spec))
        this.#tell({
          kind: "changed",
          where: `${where}.type`,
          before: describeType(spec),
          after: describeType(page),
          severity: "breaking",
          line: page.at,
          place: spec.at,
        });
      return;
    }
    const isNamed = page.schema !== undefined;
    const mine = page.fields ?? this.#pageSchemas.get(page.schema ?? "")?.fields;
    const theirs = spec.fields ?? this.#specSchemas.get(spec.schema ?? "")?.fields;
    // "Object" alone says nothing about its fields.
    if (mine === undefined || theirs === undefined) return;
    const name = isNamed ? (spec.schema ?? page.schema ?? where) : where;
    if (isNamed) {
      const key = `${page.schema} ${spec.schema}`;
      if (this.#seen.has(key)) return;
      this.#seen.add(key);
    }
    const { same, renamed, added, removed } = pair(mine, theirs);
    for (const found of same) this.#field(found.page, found.spec, `${name}.${found.page.name}`, isRequest);
    for (const found of renamed) {
      this.#rename(`${name}.${found.spec.name}`, found.page, found.spec);
      this.#field(found.page, found.spec, `${name}.${found.spec.name}`, isRequest);
    }
    for (const field of added) {
      this.#renamed.add(field.name);
      const severity = isRequest && field.required === "yes" ? "breaking" : "compatible";
      this.#tell({
        kind: "added",
        where: `${name}.${field.name}`,
        before: null,
        after: describeType(field.type),
        severity,
        line: field.at,
        place: spec.at.follow() ?? spec.at,
      });
    }
    for (const field of removed) {
      this.#renamed.add(field.name);
      const line =
        (page.schema === undefined ? undefined : this.#pageSchemas.get(page.schema)?.at) ?? page.at;
      this.#tell({
        kind: "removed",
        where: `${name}.${field.name}`,
        before: describeType(field.type),
        after: null,
        severity: "breaking",
        line,
        place: field.at,
      });
    }
  }
}

function innermost<At>(type: Type<At>): Type<At> {
  return type.items === undefined ? type : innermost(type.items);
}
