import type { PageFacts } from "../facts.ts";
import type { Sources } from "../sources/sources.ts";
import type { SpecFacts } from "../spec/facts.ts";
import { compare } from "./compare.ts";
import type { Finding } from "./finding.ts";
import { match } from "./match.ts";

/** A page, the operation that it describes, and where the two differ. */
export interface Drift {
  readonly page: PageFacts;
  readonly spec: SpecFacts;
  readonly findings: readonly Finding[];
}

/** @returns nothing if the page describes no known operation */
export function driftOf(
  page: PageFacts,
  operations: readonly SpecFacts[],
  sources: Sources | undefined,
): Drift | undefined {
  const spec = match(page, operations);
  if (spec === undefined) return undefined;
  const snapshot = new Set(Object.keys(sources?.of(spec.service, spec.operation).facts ?? {}));
  return { page, spec, findings: compare(page, spec, snapshot) };
}
