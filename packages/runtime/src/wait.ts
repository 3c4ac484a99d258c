/** Waits for a job to end. */

import { sleep, throwIfAborted } from "./abort.js";
import type { JobProgress, WaitOptions } from "./client.js";
import {
  ApiNotFoundError,
  ConfigError,
  ConnectionError,
  JobBlockedError,
  JobCancelledError,
  JobDisappearedError,
  type JobError,
  JobFailedError,
  JobNotFoundError,
  NotFoundError,
  ProtocolError,
  ResponseShapeError,
  ServerError,
  ThrottledError,
  TlsError,
  ValidationError,
  WaitTimeoutError,
} from "./errors.js";
import { at } from "./fields.js";
import type { Job, JobState, Operation } from "./operation.js";
import { itemsOf, walkItems } from "./paginate.js";
import { kindOf } from "./url.js";

type CallWith = (args: Record<string, unknown>) => Promise<unknown>;

/** So many polls in a row may fail for reasons that pass by. Each was retried already. */
const MOST_FAILED_POLLS = 10;

/** Polls until the job ends; see `Waitable.wait`. */
export async function waitForJob(
  call: CallWith,
  operation: Operation,
  job: Job,
  name: string,
  id: string,
  args: Record<string, unknown> & WaitOptions,
  random: () => number,
): Promise<unknown> {
  if (typeof id !== "string" || !id.trim())
    throw new ValidationError(
      "id",
      `must be a job's id, not ${typeof id === "string" ? "empty" : kindOf(id)}`,
      { operation: name },
    );
  const {
    timeoutMs = 30 * 60_000,
    minDelayMs = job.find ? 2000 : 5000,
    maxDelayMs = 30_000,
    graceMs = 30_000,
    whenBlocked = "throw",
    onProgress,
    signal,
    ...rest
  } = args;
  for (const [option, value] of Object.entries({ timeoutMs, minDelayMs, maxDelayMs, graceMs })) {
    if (!Number.isFinite(value) || value < 0)
      throw new ConfigError(`${option} must be a number of milliseconds, not ${kindOf(value)}`);
  }
  const find = finder(call, operation, job, name, { ...rest, ...(signal && { signal }) });
  const started = performance.now(); // monotonic: the system's clock may jump
  const statuses: Record<string, number> = {};
  let last: JobProgress | undefined;
  let failedPolls = 0;

  for (let polls = 1; ; polls++) {
    throwIfAborted(signal, name);
    const failure = await find(id).then(
      (found) => {
        failedPolls = 0;
        const elapsedMs = performance.now() - started;
        if (found === undefined) {
          if (last)
            throw new JobDisappearedError(
              `${name}: job ${id} was ${last.status} and is not there any more`,
              last.job,
              { operation: name },
            );
          if (elapsedMs >= graceMs)
            throw new JobNotFoundError(
              `${name}: there is no job ${id}, ${Math.round(elapsedMs / 1000)} s after it was first asked for`,
              undefined,
              { operation: name },
            );
          return;
        }
        const status = statusOf(found, job, name);
        statuses[status] = (statuses[status] ?? 0) + 1;
        last = { job: found, status, state: stateOf(status, job), polls, elapsedMs };
        onProgress?.(last);
      },
      (error: unknown) => {
        if (!isPassing(error) || ++failedPolls > MOST_FAILED_POLLS) throw error;
        return error;
      },
    );
    if (!failure && last) {
      if (last.state === "succeeded") return last.job;
      const error = endError(last, job, name, id);
      if (error && !(last.state === "blocked" && whenBlocked === "wait")) throw error;
    }
    const elapsed = performance.now() - started;
    // Full jitter within [min, current], so that many waiters do not poll in step.
    const current = Math.min(maxDelayMs, minDelayMs * 1.5 ** (polls - 1));
    const delay = minDelayMs + random() * Math.max(0, current - minDelayMs);
    if (elapsed + delay > timeoutMs) {
      const seen = last ? `still ${last.status}` : "not seen";
      throw new WaitTimeoutError(
        `${name}: job ${id} is ${seen} after ${Math.round(elapsed / 1000)} s and ${polls} polls`,
        last?.job,
        statuses,
        {
          operation: name,
          ...(last && { status: last.status }),
        },
      );
    }
    await sleep(delay, signal);
  }
}

/** How to ask for one job: undefined where the server does not know it. */
function finder(
  call: CallWith,
  operation: Operation,
  job: Job,
  name: string,
  rest: Record<string, unknown>,
): (id: string) => Promise<unknown> {
  const { pages } = operation;
  const [, group, parameter = "", list] = /^(path|query)\.(.*?)(\[\])?$/.exec(job.find ?? "") ?? [];
  const only = (jobs: readonly unknown[], id: string): unknown => {
    const matching = jobs.filter((each) => at(each, job.id) === id);
    if (matching.length > 1 || (matching.length === 0 && jobs.length > 0)) {
      throw new ResponseShapeError(
        `${name}: asked for job ${id}, got ${matching.length ? "it twice" : "another"}`,
        { operation: name },
      );
    }
    return matching[0];
  };

  if (!group) {
    return async (id) => {
      if (!pages) throw new ConfigError(`${name}: its specification says no way to find a job`);
      for await (const each of walkItems(call, operation, pages, name, rest, {}))
        if (at(each, job.id) === id) return each;
      return undefined;
    };
  }
  return async (id) => {
    const given = rest[group] as Record<string, unknown> | undefined;
    try {
      const body = await call({ ...rest, [group]: { ...given, [parameter]: list ? [id] : id } });
      return only(pages ? itemsOf(body, pages) : [body], id);
    } catch (error) {
      if (error instanceof NotFoundError && !(error instanceof ApiNotFoundError)) return undefined;
      throw error;
    }
  };
}

function statusOf(found: unknown, job: Job, name: string): string {
  const status = at(found, job.status);
  if (typeof status === "string" && status.trim()) return status;
  throw new ResponseShapeError(`${name}: the job's ${job.status} is ${kindOf(status)}`, { operation: name });
}

/** What a status means. The service's own spelling first; services have been seen to change the case. */
export function stateOf(status: string, job: Job): JobState | "unknown" {
  const states = Object.entries(job.states) as [JobState, readonly string[]][]; // keys are JobState by type
  const folded = status.trim().toLowerCase();
  const match =
    states.find(([, words]) => words.includes(status)) ??
    states.find(([, words]) => words.some((word) => word.toLowerCase() === folded));
  return match?.[0] ?? "unknown";
}

/** The error for a job that will not succeed by itself. */
function endError(
  { job: found, status, state }: JobProgress,
  job: Job,
  name: string,
  id: string,
): JobError | undefined {
  const type =
    state === "failed"
      ? JobFailedError
      : state === "cancelled"
        ? JobCancelledError
        : state === "blocked"
          ? JobBlockedError
          : undefined;
  if (!type) return undefined;
  const code = text(job.error?.code && at(found, job.error.code));
  const message = text(job.error?.message && at(found, job.error.message));
  const why = [code, message].filter(Boolean).join(": ");
  return new type(
    `${name}: job ${id} ${state === "blocked" ? "is" : "ended as"} ${status}${why ? ` (${why})` : ""}`,
    found,
    {
      operation: name,
      status,
      ...(code && { code }),
    },
  );
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** A failure that may be over at the next poll. */
const isPassing = (error: unknown): boolean =>
  error instanceof ServerError ||
  error instanceof ThrottledError ||
  (error instanceof ConnectionError && !(error instanceof TlsError) && !(error instanceof ProtocolError));
