/** What a job's status means, and how its end is told. */

import type { ChildProgress, JobProgress } from "./client.js";
import {
  JobBlockedError,
  JobCancelledError,
  JobDisappearedError,
  type JobError,
  JobFailedError,
  JobNotFoundError,
  WaitTimeoutError,
} from "./errors.js";
import { at, isObject } from "./fields.js";
import type { Job, JobState } from "./operation.js";

/** Deeper sub-jobs than this are not looked for. */
const MOST_LEVELS = 100;

/** What has been seen of one job. */
export interface Watched {
  progress?: JobProgress;
  readonly statuses: Record<string, number>;
  /** How long it was waited for before, in another process perhaps. */
  readonly earlierMs: number;
  /** It was seen undoing what it did: whatever it is called in the end, that is no success. */
  rolledBack?: boolean;
  /** Its last status, if that is one to end with and is looked at once more; and when it was first seen. */
  ended?: { readonly status: string; readonly at: number };
}

/** What a status means. The service's own spelling first; services have been seen to change the case. */
export function stateOf(status: string, job: Job): JobState | "unknown" {
  const states = Object.entries(job.states) as [JobState, readonly string[]][]; // keys are JobState by type
  const match =
    states.find(([, words]) => words.includes(status)) ?? states.find(([, words]) => includes(words, status));
  return match?.[0] ?? "unknown";
}

const includes = (words: readonly string[], status: string): boolean => {
  const folded = status.trim().toLowerCase();
  return words.some((word) => word.toLowerCase() === folded);
};

/** Is what the job had begun being undone (pending), or could it not be (failed)? */
export const isRollback = (
  { status, state }: Pick<JobProgress, "status" | "state">,
  { rollback = [] }: Job,
  of: "pending" | "failed",
): boolean => state === of && includes(rollback, status);

/** A job's sub-jobs, and theirs, in one list: no recursion that a hostile depth could overflow. */
export function childrenOf(found: unknown, job: Job): ChildProgress[] {
  const { children = "" } = job;
  const all: ChildProgress[] = [];
  let level = [found];
  for (let depth = 0; children && level.length && depth < MOST_LEVELS; depth++) {
    // A page may document `entities.sub_jobs`, and a later edition of it a list `entities`.
    level = level
      .flatMap(
        (each) => [at(each, children), at(each, children.split(".")[0] ?? "")].find(Array.isArray) ?? [],
      )
      .filter(isObject);
    for (const each of level) {
      const status = textOf(at(each, job.status));
      if (status) all.push({ job: each, status, state: stateOf(status, job) });
    }
  }
  return all;
}

/** The error for a job that will not succeed by itself, or did not. */
export function endError(
  progress: JobProgress,
  { rolledBack }: Watched,
  job: Job,
  name: string,
  strict: boolean,
): JobError | undefined {
  const { id, job: found, status, state, children } = progress;
  const failed = strict
    ? children.filter((each) => each.state === "failed" || each.state === "cancelled").length
    : 0;
  const rollbackFailed = isRollback(progress, job, "failed");
  const but =
    rolledBack && !rollbackFailed
      ? ", but was rolled back"
      : failed
        ? `, but ${failed} of its sub-jobs did not succeed`
        : "";
  if (state === "succeeded" && !but) return undefined;
  const type =
    state === "cancelled" ? JobCancelledError : state === "blocked" ? JobBlockedError : JobFailedError;
  const code = textOf(job.error?.code && at(found, job.error.code));
  const message = textOf(job.error?.message && at(found, job.error.message));
  const why = [code, message].filter(Boolean).join(": ");
  return new type(
    `${name}: job ${id} ${state === "blocked" ? "is" : "ended as"} ${status}${but}${why ? ` (${why})` : ""}`,
    found,
    { operation: name, status, progress, ...(code && { code }), ...(rollbackFailed && { rollbackFailed }) },
  );
}

/** The error for a job that is not there. */
export function absence(name: string, id: string, { progress }: Watched, elapsedMs: number): JobError {
  return progress
    ? new JobDisappearedError(
        `${name}: job ${id} was ${progress.status} and is not there any more`,
        progress.job,
        {
          operation: name,
          status: progress.status,
          progress,
        },
      )
    : new JobNotFoundError(
        `${name}: there is no job ${id}, ${seconds(elapsedMs)} after it was first asked for. Check the region and the project`,
        undefined,
        { operation: name },
      );
}

export function timeout(
  name: string,
  id: string,
  watch: Watched | undefined,
  polls: number,
  elapsedMs: number,
  failure: unknown,
  isAsking: boolean,
): JobError {
  const { progress, statuses = {} } = watch ?? {};
  const why =
    failure !== undefined
      ? "The last poll failed: see cause"
      : isAsking
        ? "The last poll was not answered"
        : "It may go on: wait longer";
  return new WaitTimeoutError(
    `${name}: job ${id} is ${progress ? `still ${progress.status}` : "not seen"} after ${seconds(elapsedMs)} and ${polls} polls. ${why}`,
    progress?.job,
    statuses,
    { operation: name, cause: failure, ...(progress && { status: progress.status, progress }) },
  );
}

const seconds = (ms: number): string => `${Number((ms / 1000).toFixed(ms < 10_000 ? 1 : 0))} s`;

export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
