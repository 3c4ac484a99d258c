import type { Value } from "../facts.ts";

/** How much a difference matters to the users of a package. */
export type Severity = "breaking" | "compatible" | "naming" | "wording";

/** What happened to the fact, seen from the specification. */
export type FindingKind = "added" | "removed" | "renamed" | "changed";

/** One fact in which a page differs from its specification. */
export interface Finding {
  /** Stays the same as long as the difference does: `huaweicloud-elb listJobs query.limit.maximum: 2000 → 3000`. */
  readonly id: string;
  readonly kind: FindingKind;
  /** The fact: `query.limit.maximum`. */
  readonly where: string;
  /** What the specification says; null if it says nothing. */
  readonly before: Value | null;
  /** What the page says; null if it says nothing. */
  readonly after: Value | null;
  readonly severity: Severity;
  readonly page: { readonly file: string; readonly line: number };
  readonly spec: { readonly file: string; readonly line: number; readonly column: number };
}

/** The difference in words: `2000 → 3000`, `added`. */
export function describe(kind: FindingKind, before: Value | null, after: Value | null): string {
  if (before !== null && after !== null) return `${before} → ${after}`;
  return kind === "added" ? `+ ${after}` : `- ${before}`;
}
