import type { PageFacts, Type } from "../facts.ts";
import type { SpecFacts } from "../spec/facts.ts";
import { isCalledLike } from "../spec/page-names.ts";

/** A page belongs to an operation only if that much speaks for it. */
const ENOUGH = 4;

/**
 * The operation that a page describes. Any one fact of the page may have changed, so no single one decides: the
 * address, the name, the path, the title and the names of parameters and fields speak together.
 */
export function match(page: PageFacts, operations: readonly SpecFacts[]): SpecFacts | undefined {
  const scored = operations
    .map((spec) => ({ spec, score: scoreOf(page, spec) }))
    .toSorted((a, b) => b.score - a.score);
  const [best, second] = scored;
  if (best === undefined || best.score < ENOUGH || best.score - (second?.score ?? 0) < 0.5) return undefined;
  return best.spec;
}

function scoreOf(page: PageFacts, spec: SpecFacts): number {
  if (!spec.service.startsWith(`${page.site}-`)) return 0;
  const same = (a: string | undefined, b: string | undefined) =>
    a !== undefined && b !== undefined && a.toLowerCase() === b.toLowerCase();
  const form = (path: string | undefined) => path?.replace(/\{[^{}]*\}/g, "{}");
  const names = [
    ...page.parameters.map(({ in: where, name }) => `${where} ${name}`),
    ...fieldNames(page.responses, page.schemas),
  ];
  const known = new Set([
    ...spec.parameters.map(({ in: where, name }) => `${where} ${name}`),
    ...fieldNames(spec.responses, spec.schemas),
  ]);
  const common =
    names.filter((name) => known.has(name)).length / Math.max(1, new Set([...names, ...known]).size);
  return (
    (same(form(page.path?.value), form(spec.path?.value)) ? 4 : 0) +
    (same(page.name?.value, spec.name?.value) || same(page.name?.value, spec.operation) ? 4 : 0) +
    (same(page.title?.value, spec.title?.value) ? 2 : 0) +
    (isCalledLike(page.page, spec) ? 3 : 0) +
    4 * common
  );
}

const fieldNames = (
  responses: PageFacts["responses"] | SpecFacts["responses"],
  schemas: PageFacts["schemas"] | SpecFacts["schemas"],
): string[] => [
  ...responses.flatMap(({ body }) => namesIn(body)),
  ...schemas.flatMap(({ fields }) => fields.map(({ name }) => name)),
];

const namesIn = (type: Type<unknown> | undefined): string[] =>
  type === undefined
    ? []
    : [
        ...(type.fields ?? []).flatMap((field) => [field.name, ...namesIn(field.type)]),
        ...namesIn(type.items),
      ];
