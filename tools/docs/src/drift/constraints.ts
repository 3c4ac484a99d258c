import type { Place } from "typedcloud/checked";
import type { Fact, Field, Value } from "../facts.ts";
import type { Severity } from "./finding.ts";
import type { Report } from "./report.ts";

const EXACT = /\{(\d{1,9})(?:,(\d{0,9}))?\}\$$/;

/** Bounds of a length that a pattern states: `^[a-z]{32}$`. */
function lengthOf(pattern: string | undefined): { readonly min: number; readonly max: number } | undefined {
  const [, low, high] = EXACT.exec(pattern ?? "") ?? [];
  return low === undefined ? undefined : { min: Number(low), max: Number(high || low) };
}

interface Compared {
  readonly page: Field;
  readonly spec: Field<Place>;
  readonly where: string;
  /** Whether a caller sends the value. What narrows an answer breaks nobody. */
  readonly isRequest: boolean;
  /** The names of the page's parameters: a sentence may still call one by its old name. */
  readonly parameters: ReadonlySet<string>;
  /** Whether the page has been seen saying so before: then silence is a change. */
  readonly saidBefore: (where: string) => boolean;
}

/** Holds what a page says about values against the specification; lists of values apart. */
export function compareConstraints(compared: Compared, report: Report): void {
  compareDefault(compared, report);
  compareBounds(compared, report);
  compareLengths(compared, report);
  compareItems(compared, report);
  const { page, spec, where } = compared;
  const missing = (page.requires?.value ?? []).filter(
    (name) => compared.parameters.has(name) && !(spec.requires?.value ?? []).includes(name),
  );
  if (page.requires !== undefined && compared.isRequest && missing.length > 0) {
    const after = (page.requires.value ?? []).join(",");
    report({
      kind: "changed",
      where: `${where}.requires`,
      before: (spec.requires?.value ?? []).join(","),
      after,
      severity: "breaking",
      line: page.requires.at,
      place: spec.at,
    });
  }
}

function compareDefault({ page, spec, where, isRequest }: Compared, report: Report): void {
  // As text: a default that follows its field into another type is not another default.
  if (textOf(page.default) === textOf(spec.default) || (!isRequest && page.default === undefined)) return;
  // What does not fit the new type cannot be stated any more.
  if (page.default === undefined && page.type.kind !== spec.type.kind) return;
  report({
    kind: kindOf(spec.default, page.default),
    where: `${where}.default`,
    before: spec.default?.value ?? null,
    after: page.default?.value ?? null,
    severity: "compatible",
    line: page.default?.at ?? page.at,
    place: spec.default?.at ?? spec.at,
  });
}

const textOf = (fact: Fact<Value, unknown> | undefined): string | undefined =>
  fact === undefined ? undefined : String(fact.value);

function compareBounds({ page, spec, where, isRequest }: Compared, report: Report): void {
  for (const name of ["minimum", "maximum"] as const) {
    const isSameKind = spec.type.kind === page.type.kind;
    // In another type a bound may be one of the length: then only another number is another fact.
    const before = spec[name] ?? (isSameKind ? undefined : spec[lengthName[name]]);
    const after = page[name] ?? (isSameKind ? undefined : page[lengthName[name]]);
    if (before?.value === after?.value || (!isRequest && after === undefined)) continue;
    if (!isSameKind && (before === undefined || after === undefined)) continue;
    // What comes from elsewhere is not the page's to take back: the page says nothing about a string's bounds.
    if (page.type.kind === "string" && spec.type.kind === "string" && before === undefined) continue;
    const narrows =
      after !== undefined &&
      (before === undefined ||
        (name === "maximum" ? after.value < before.value : after.value > before.value));
    report({
      kind: kindOf(before, after),
      where: `${where}.${name}`,
      before: before?.value ?? null,
      after: after?.value ?? null,
      severity: isRequest && narrows ? "breaking" : "compatible",
      line: after?.at ?? page.at,
      place: before?.at ?? spec.at,
    });
  }
}

const lengthName = { minimum: "minLength", maximum: "maxLength" } as const;

/** Lengths and forms: of requests only, since answers are not checked. */
function compareLengths({ page, spec, where, isRequest, saidBefore }: Compared, report: Report): void {
  if (!isRequest || page.type.kind !== "string" || spec.type.kind !== "string") return;
  const inPattern = lengthOf(spec.pattern?.value);
  const before = {
    min: spec.minLength?.value ?? inPattern?.min,
    max: spec.maxLength?.value ?? inPattern?.max,
  };
  const after = {
    min: page.minLength?.value ?? (page.nonEmpty ? before.min : undefined),
    max: page.maxLength?.value,
  };
  const at = page.maxLength?.at ?? page.minLength?.at ?? page.at;
  const place = spec.maxLength?.at ?? spec.minLength?.at ?? spec.pattern?.at ?? spec.at;
  const isFixed = (length: typeof before) => length.min !== undefined && length.min === length.max;
  const tell = (name: string, old: number | undefined, fresh: number | undefined, severity: Severity): void =>
    report({
      kind: kindOf(old, fresh),
      where: `${where}.${name}`,
      before: old ?? null,
      after: fresh ?? null,
      severity,
      line: at,
      place,
    });
  const silent = (name: string, fresh: number | undefined) =>
    fresh === undefined && !saidBefore(`${where}.${name}`);
  if (isFixed(before) && isFixed(after)) {
    if (before.max !== after.max) tell("length", before.max, after.max, "breaking");
  } else {
    if (before.min !== after.min && !silent("minLength", after.min))
      tell(
        "minLength",
        before.min,
        after.min,
        (after.min ?? 0) > (before.min ?? 0) ? "breaking" : "compatible",
      );
    if (before.max !== after.max && !silent("maxLength", after.max))
      tell(
        "maxLength",
        before.max,
        after.max,
        (after.max ?? Infinity) < (before.max ?? Infinity) ? "breaking" : "compatible",
      );
  }
  comparePattern(page, spec, where, report);
}

/** How many items a list has: of requests only, too. */
function compareItems({ page, spec, where, isRequest, saidBefore }: Compared, report: Report): void {
  if (!isRequest || page.type.kind !== "array" || spec.type.kind !== "array") return;
  for (const name of ["minItems", "maxItems"] as const) {
    const [before, after] = [spec[name], page[name]];
    if (before?.value === after?.value || (after === undefined && !saidBefore(`${where}.${name}`))) continue;
    const narrows =
      after !== undefined &&
      (before === undefined ||
        (name === "maxItems" ? after.value < before.value : after.value > before.value));
    report({
      kind: kindOf(before, after),
      where: `${where}.${name}`,
      before: before?.value ?? null,
      after: after?.value ?? null,
      severity: narrows ? "breaking" : "compatible",
      line: after?.at ?? page.at,
      place: before?.at ?? spec.at,
    });
  }
}

/** A form that the page no longer states may be stated elsewhere; one that it states must be the specification's. */
function comparePattern(page: Field, spec: Field<Place>, where: string, report: Report): void {
  const form = (pattern: string) => pattern.replace(EXACT, "+$");
  if (page.pattern === undefined) return;
  if (spec.pattern !== undefined && form(spec.pattern.value) === form(page.pattern.value)) return;
  report({
    kind: kindOf(spec.pattern, page.pattern),
    where: `${where}.pattern`,
    before: spec.pattern?.value ?? null,
    after: page.pattern.value,
    severity: "breaking",
    line: page.pattern.at,
    place: spec.pattern?.at ?? spec.at,
  });
}

const kindOf = (before: unknown, after: unknown) =>
  before === undefined
    ? ("added" as const)
    : after === undefined
      ? ("removed" as const)
      : ("changed" as const);
