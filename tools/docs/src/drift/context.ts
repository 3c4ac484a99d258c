import type { Place } from "typedcloud/checked";
import type { Fact, PageFacts, Schema, Type, Value } from "../facts.ts";
import type { SpecFacts } from "../spec/facts.ts";
import { Enums } from "./enums.ts";
import { describe, type Finding, type Severity } from "./finding.ts";
import type { Difference } from "./report.ts";

/** Both sides of one comparison, what has been found, and what must not be told twice. */
export class Context {
  readonly page: PageFacts;
  readonly spec: SpecFacts;
  /** The facts that the page stated when the specification was last brought into line with it. */
  readonly snapshot: ReadonlySet<string>;
  readonly pageSchemas: ReadonlyMap<string, Schema>;
  readonly parameterNames: ReadonlySet<string>;
  readonly enums: Enums;
  /** Pairs of structures that are compared already: they may contain themselves. */
  readonly seen = new Set<string>();
  /** Names of fields that differ: the example follows them, and that is no second finding. */
  readonly renamed = new Set<string>();
  readonly #found = new Map<string, Finding>();

  constructor(page: PageFacts, spec: SpecFacts, snapshot: ReadonlySet<string>) {
    this.page = page;
    this.spec = spec;
    this.snapshot = snapshot;
    this.pageSchemas = new Map(page.schemas.map((schema) => [schema.name, schema]));
    this.parameterNames = new Set(page.parameters.map(({ name }) => name));
    this.enums = new Enums(this.report, (where) => snapshot.has(where));
  }

  /** The structure that a type of the specification refers to; the name alone may be that of another file's as well. */
  structureOf({ schema, at }: Type<Place>): Schema<Place> | undefined {
    const pointer = (at.follow() ?? at).pointer;
    return this.spec.schemas.find((each) => each.name === schema && each.at.pointer === pointer);
  }

  get findings(): Finding[] {
    return [...this.#found.values()].toSorted((a, b) => a.page.line - b.page.line);
  }

  readonly report = ({ kind, where, before, after, severity, line, place }: Difference): void => {
    const { file, line: specLine, column } = place.problem("", "");
    const id = `${this.spec.service} ${this.spec.operation} ${where}: ${describe(kind, before, after)}`;
    if (this.#found.has(id)) return;
    const page = { file: this.page.page, line };
    const spec = { file, line: specLine, column };
    this.#found.set(id, { id, kind, where, before, after, severity, page, spec });
  };

  changed(where: string, before: Fact<Value, Place>, after: Fact<Value>, severity: Severity): void {
    this.#differ("changed", where, before, after, severity);
  }

  renames(where: string, before: Fact<string, Place>, after: Fact<string>, severity: Severity): void {
    this.#differ("renamed", where, before, after, severity);
  }

  /** @param place where it would stand */
  added(where: string, after: Fact<Value>, place: Place, severity: Severity): void {
    this.report({ kind: "added", where, before: null, after: after.value, severity, line: after.at, place });
  }

  /** @param line where it would stand */
  removed(where: string, before: Fact<Value, Place>, line: number, severity: Severity): void {
    this.report({
      kind: "removed",
      where,
      before: before.value,
      after: null,
      severity,
      line,
      place: before.at,
    });
  }

  #differ(
    kind: "changed" | "renamed",
    where: string,
    before: Fact<Value, Place>,
    after: Fact<Value>,
    severity: Severity,
  ): void {
    const { value, at } = before;
    this.report({ kind, where, before: value, after: after.value, severity, line: after.at, place: at });
  }

  /** The line where a parameter that the page lacks would stand. */
  lineOf(where: string): number {
    const { parameters, path, name } = this.page;
    return parameters.findLast((parameter) => parameter.in === where)?.at ?? path?.at ?? name?.at ?? 1;
  }
}
