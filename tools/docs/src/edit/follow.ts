import { type Drift, driftOf } from "../drift/drift.ts";
import type { Finding } from "../drift/finding.ts";
import type { PageFacts } from "../facts.ts";
import type { Sources } from "../sources/sources.ts";
import type { SpecFacts } from "../spec/facts.ts";
import { apply } from "./apply.ts";
import { exampleEdits } from "./examples.ts";
import { planFor } from "./plan.ts";

/** What was done about a page's findings. */
export interface Followed {
  readonly applied: readonly Finding[];
  /** A header with credentials is a security scheme here, whether a page lists it or not. */
  readonly noted: readonly Finding[];
  readonly left: readonly { readonly finding: Finding; readonly reason: string }[];
  /** The operation, and how it differs from the page now. */
  readonly drift: Drift | undefined;
}

export interface Specifications {
  readonly specs: string;
  readonly cwd: string;
  readonly read: () => Promise<readonly SpecFacts[]>;
  readonly sources: Sources;
}

/** Brings the specification into line with a page, finding by finding: each moves the places of those behind it. */
export async function follow(
  page: PageFacts,
  { specs, cwd, read, sources }: Specifications,
): Promise<Followed> {
  const applied = new Map<string, Finding>();
  const noted = new Map<string, Finding>();
  const reasons = new Map<string, string>();
  for (;;) {
    const drift = driftOf(page, await read(), sources);
    const findings = drift?.findings ?? [];
    const next = findings.find(({ id }) => !applied.has(id) && !noted.has(id) && !reasons.has(id));
    if (drift === undefined || next === undefined) {
      const left = findings
        .filter(({ id }) => !noted.has(id))
        .map((finding) => ({ finding, reason: reasons.get(finding.id) ?? "it was applied, and came back" }));
      return { applied: [...applied.values()], noted: [...noted.values()], left, drift };
    }
    if (isCredential(next, drift.spec)) {
      noted.set(next.id, next);
      continue;
    }
    const reason = await applyFinding(next, drift, specs, cwd);
    if (reason !== undefined) {
      reasons.set(next.id, reason);
      continue;
    }
    applied.set(next.id, next);
    // What was refused may be sound now: a parameter that must be sent beside one that has just come.
    reasons.clear();
  }
}

/** @returns why it was not applied */
async function applyFinding(
  finding: Finding,
  { page, spec }: Drift,
  specs: string,
  cwd: string,
): Promise<string | undefined> {
  const plan = planFor(finding, page, spec);
  if ("reason" in plan) return plan.reason;
  const reason = await apply(plan.edits, specs, cwd);
  if (reason === undefined || finding.where.includes(".example")) return reason;
  // The example on the page may have changed with the type.
  const together = exampleEdits(page, spec);
  if (together.length > 0 && (await apply([...plan.edits, ...together], specs, cwd)) === undefined)
    return undefined;
  return reason;
}

const isCredential = ({ where }: Finding, { credentials }: SpecFacts): boolean =>
  where.startsWith("header.") && credentials.has(where.split(".")[1] ?? "");
