import type { Place } from "typedcloud/checked";
import type { Example, Field, Value } from "../facts.ts";
import type { Report } from "./report.ts";

interface Silent {
  readonly where: string;
  readonly page: Field;
  readonly spec: Field<Place>;
}

/**
 * Holds lists of values against each other. Fields may share one list of the specification while the page states it
 * beside one of them only: as long as it stands somewhere, silence elsewhere is none.
 */
export class Enums {
  readonly #report: Report;
  readonly #saidBefore: (where: string) => boolean;
  readonly #stated = new Set<string>();
  readonly #silent: Silent[] = [];

  constructor(report: Report, saidBefore: (where: string) => boolean) {
    this.#report = report;
    this.#saidBefore = saidBefore;
  }

  compare(page: Field, spec: Field<Place>, where: string, isRequest: boolean): void {
    // A list that does not fit the new type cannot be stated any more.
    if (spec.enum !== undefined && page.enum === undefined && page.type.kind === spec.type.kind)
      this.#silent.push({ where, page, spec });
    if (page.enum === undefined) return;
    if (spec.enum !== undefined) this.#stated.add(spec.enum.at.pointer);
    const before = (spec.enum?.value ?? []).map(String);
    const after = page.enum.value.map(String);
    const added = after.filter((value) => !before.includes(value));
    const removed = before.filter((value) => !after.includes(value));
    const place = spec.enum?.at ?? spec.at;
    const line = page.enum.at;
    const tell = (old: string | null, fresh: string | null): void =>
      this.#report({
        kind: old === null ? "added" : fresh === null ? "removed" : "renamed",
        where: `${where}.enum`,
        before: old,
        after: fresh,
        // A list where there was none narrows what may be sent.
        severity:
          fresh !== null && old === null && (spec.enum !== undefined || !isRequest)
            ? "compatible"
            : "breaking",
        line,
        place: old === null ? place : (place.children().find(({ value }) => String(value) === old) ?? place),
      });
    if (spec.enum === undefined) {
      tell(null, after.join(","));
      return;
    }
    for (const old of removed) {
      // In its place, or the only one that came for the only one that went.
      const at = before.indexOf(old);
      const fresh =
        added.find((value) => after.indexOf(value) === at) ??
        (removed.length === 1 && added.length === 1 ? added[0] : undefined);
      if (fresh !== undefined) added.splice(added.indexOf(fresh), 1);
      tell(old, fresh ?? null);
    }
    for (const fresh of added) tell(null, fresh);
  }

  /** Tells which lists the page no longer states anywhere. */
  finish(examples: readonly Example[]): void {
    for (const { where, page, spec } of this.#silent) {
      if (spec.enum === undefined) continue;
      const isElsewhere =
        this.#stated.has(spec.enum.at.pointer) || isExemplified(spec.enum.value, spec.name, examples);
      if (isElsewhere && !this.#saidBefore(`${where}.enum`)) continue;
      this.#stated.add(spec.enum.at.pointer);
      const before = spec.enum.value.join(",");
      this.#report({
        kind: "removed",
        where: `${where}.enum`,
        before,
        after: null,
        severity: "compatible",
        line: page.at,
        place: spec.enum.at,
      });
    }
  }
}

/** Whether the page's examples show every value of a list: then they, and not a description, are its source. */
function isExemplified(values: readonly Value[], name: string, examples: readonly Example[]): boolean {
  const shown = new Set<unknown>();
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, child] of Object.entries(value)) {
      if (key === name) shown.add(child);
      walk(child);
    }
  };
  for (const { value } of examples) walk(value);
  return values.every((value) => shown.has(value));
}
