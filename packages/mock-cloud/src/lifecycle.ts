/** How a job of an operation goes: through which of its documented statuses, in which order. */

import type { Job, JobState } from "@typedcloud/runtime/operation";

/** How a job may end; `blocked` jobs wait for a person. */
export type Outcome = Exclude<JobState, "pending">;

/** The outcomes that the documentation knows a status for. */
export const outcomesOf = ({ states }: Job): Outcome[] =>
  (["succeeded", "failed", "cancelled", "blocked"] as const).filter((outcome) => states[outcome]?.length);

/**
 * The statuses on the way to an outcome and that of the outcome itself. Where several words mean the same, it is the
 * one that `shown` has, the documented example's statuses. Jobs that fail may be rolled back first.
 */
export function statusesOf(
  { states, rollback = [] }: Job,
  outcome: Outcome,
  shown: readonly string[],
  rollsBack = false,
): { way: string[]; end: string } {
  const isRollback = (status: string): boolean => rollback.includes(status); // no step towards success
  const ends = states[outcome] ?? [];
  const isRolledBack = rollsBack && outcome === "failed" && ends.some(isRollback);
  const way = (states.pending ?? []).filter((status) => isRolledBack || !isRollback(status));
  const end =
    (isRolledBack ? ends.find(isRollback) : undefined) ??
    ends.find((status) => shown.includes(status)) ??
    ends.find((status) => !isRollback(status)) ??
    ends[0];
  if (end === undefined) throw new Error(`no status is documented for jobs that have ${outcome}`);
  return { way, end };
}
