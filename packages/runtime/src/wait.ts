/** Waits for jobs to end. */

import { onAbort, orAborted, sleep, throwIfAborted } from "./abort.js";
import type { CallArguments } from "./arguments.js";
import type { JobProgress, WaitOptions } from "./client.js";
import {
  AbortError,
  ApiError,
  ApiNotFoundError,
  AuthenticationError,
  CloudError,
  ConnectionError,
  CredentialsError,
  IncompletePaginationError,
  PermissionError,
  ResponseError,
  ResponseShapeError,
  ValidationError,
} from "./errors.js";
import { at, isObject } from "./fields.js";
import { type CallWith, finder } from "./find.js";
import {
  absence,
  childrenOf,
  endError,
  isRollback,
  stateOf,
  textOf,
  timeout,
  type Watched,
} from "./job-state.js";
import type { Job, Operation } from "./operation.js";
import type { PagingMemory } from "./paginate.js";
import { isPassing } from "./retry.js";
import { kindOf } from "./url.js";
import { LONGEST_MS, whole } from "./whole.js";

/** So many polls in a row may fail for reasons that pass by. Each was retried already. */
const MOST_FAILED_POLLS = 10;

/** Where only one job can be asked for at once each is waited for on its own, until something ends it for all. */
async function waitForEach(
  ids: readonly string[],
  signal: AbortSignal | undefined,
  wait: (id: string, signal: AbortSignal) => Promise<PromiseSettledResult<unknown>[]>,
): Promise<PromiseSettledResult<unknown>[]> {
  const end = new AbortController();
  const forget = signal && onAbort(signal, () => end.abort(signal.reason));
  const results = new Map<string, PromiseSettledResult<unknown>>();
  const ends: unknown[] = [];
  const each = async (id: string) => {
    try {
      for (const result of await wait(id, end.signal)) results.set(id, result);
    } catch (reason) {
      results.set(id, { status: "rejected", reason });
      if (!isOfOneJob(reason)) {
        ends.push(reason);
        end.abort();
      }
    }
  };
  await Promise.all([...new Set(ids)].map(each));
  forget?.();
  if (ends.length) throw ends[0];
  return ids.flatMap((id) => results.get(id) ?? []);
}

/** Does an error say something of the job that was asked for, and nothing of others? */
const isOfOneJob = (error: unknown): boolean =>
  error instanceof ConnectionError ||
  (error instanceof ResponseError &&
    ![AuthenticationError, PermissionError, ApiNotFoundError].some((each) => error instanceof each));

/** Polls until each job has ended; see `Waitable.waitAll`. */
export async function waitForJobs(
  call: CallWith,
  operation: Operation,
  job: Job,
  name: string,
  ids: readonly string[],
  args: CallArguments & WaitOptions,
  memory: PagingMemory,
  random: () => number,
): Promise<PromiseSettledResult<unknown>[]> {
  const refuse = (parameter: string, why: string) => new ValidationError(parameter, why, { operation: name });
  const {
    minDelayMs = job.find ? 2000 : 5000,
    maxDelayMs = Math.max(minDelayMs, 30_000),
    timeoutMs = 30 * 60_000,
    graceMs = 30_000,
    settleMs = 0,
    whenBlocked = "throw",
    strict = false,
    from = [],
    onProgress,
    signal,
    ...rest
  } = args;
  whole("minDelayMs", minDelayMs, 1, LONGEST_MS);
  whole("maxDelayMs", maxDelayMs, minDelayMs, LONGEST_MS);
  whole("timeoutMs", timeoutMs, minDelayMs, LONGEST_MS);
  whole("graceMs", graceMs, 0, LONGEST_MS);
  whole("settleMs", settleMs, 0, timeoutMs);
  if (onProgress !== undefined && typeof onProgress !== "function")
    throw refuse("onProgress", `must be a function, not ${kindOf(onProgress)}`);
  if (whenBlocked !== "throw" && whenBlocked !== "wait")
    throw refuse("whenBlocked", 'must be "throw" or "wait"');
  // Of several, some may not have been seen yet: they have none.
  const known = [from].flat().filter((progress) => progress !== undefined && progress !== null);
  for (const progress of known) {
    const { id, status, elapsedMs }: Partial<JobProgress> = isObject(progress) ? progress : {};
    if (typeof id !== "string" || typeof status !== "string" || !(Number(elapsedMs) >= 0))
      throw refuse("from", "must be what onProgress, or an error's progress, told");
  }
  throwIfAborted(signal, name);
  if (!operation.pages && ids.length > 1)
    return waitForEach(ids, signal, (id, signal) =>
      waitForJobs(call, operation, job, name, [id], { ...args, signal }, memory, random),
    );

  let polls = whole("from.polls", Math.max(0, ...known.map((progress) => progress.polls)), 0);
  const watched = new Map(
    ids.map((id): [string, Watched] => {
      const progress = known.find((each) => each.id === id);
      return [
        id,
        {
          statuses: Object.create(null), // a service's word might be "constructor"
          earlierMs: progress?.elapsedMs ?? 0,
          ...(progress && {
            progress,
            rolledBack: progress.rolledBack === true || isRollback(progress, job, "pending"),
          }),
        },
      ];
    }),
  );
  const results = new Map<string, PromiseSettledResult<unknown>>();
  const reject = (id: string, reason: unknown) => results.set(id, { status: "rejected", reason });

  // One signal for the deadline and the caller's: it ends a request that is under way, too.
  const end = new AbortController();
  const find = finder(call, operation, job, name, { ...rest, signal: end.signal }, memory);
  const forget = signal && onAbort(signal, () => end.abort(signal.reason));
  const timer = setTimeout(() => end.abort(), timeoutMs);
  const started = performance.now(); // monotonic: the system's clock may jump
  const elapsed = () => performance.now() - started;
  /** The last poll is close to the end, and has time to end itself. */
  const reserveMs = Math.min(1000, minDelayMs / 2);
  let isLast = false;
  let isAsking = false;
  let failedPolls = 0;
  let failure: unknown;

  /** Takes note of what a poll saw of a job, and of its end. */
  const look = (id: string, found: unknown): JobProgress | undefined => {
    const watch = watched.get(id);
    if (!watch) return undefined;
    const elapsedMs = watch.earlierMs + elapsed();
    if (found === undefined) {
      // A new job is not known everywhere at once: one poll may see it, and the next one not.
      if (elapsedMs >= graceMs) reject(id, absence(name, id, watch, elapsedMs));
      return undefined;
    }
    const status = textOf(at(found, job.status));
    if (!status.trim()) {
      const kind = kindOf(at(found, job.status));
      const why = `${name}: the ${job.status} of job ${id} is no status, but ${kind}`;
      reject(id, new ResponseShapeError(why, { operation: name }));
      return undefined;
    }
    watch.statuses[status] = (watch.statuses[status] ?? 0) + 1;
    const state = stateOf(status, job);
    watch.rolledBack ||= isRollback({ status, state }, job, "pending");
    const progress: JobProgress = {
      id,
      job: found,
      status,
      state,
      children: childrenOf(found, job),
      polls,
      elapsedMs,
      ...(watch.rolledBack && { rolledBack: true }),
    };
    watch.progress = progress;
    const { ended } = watch;
    if (state === "pending" || state === "unknown" || (state === "blocked" && whenBlocked === "wait")) {
      delete watch.ended;
    } else if (settleMs && ended?.status !== status) {
      watch.ended = { status, at: elapsed() };
    } else if (!ended || isLast || elapsed() >= ended.at + settleMs) {
      const error = endError(progress, watch, job, name, strict);
      if (error) reject(id, error);
      else results.set(id, { status: "fulfilled", value: found });
    }
    return progress;
  };

  /** How long until the next poll: until the next job that ended is looked at once more, or the usual pause. */
  const delayAfter = (pending: readonly string[]): number => {
    const usual = pause(polls, minDelayMs, maxDelayMs, random());
    const delays = pending.map((id) => {
      const { ended } = watched.get(id) ?? {};
      return ended ? Math.max(minDelayMs, Math.ceil(ended.at + settleMs - elapsed())) : usual;
    });
    return Math.min(...delays);
  };

  try {
    let pending = [...watched.keys()];
    while (pending.length) {
      polls++;
      isAsking = true;
      let askedMs = 0;
      const found = await find(pending).catch((error: unknown) => {
        if (!isPassingPoll(error) || ++failedPolls > MOST_FAILED_POLLS) throw error;
        failure = error;
        askedMs = (error instanceof ApiError && error.retryAfterMs) || 0;
      });
      isAsking = false;
      if (found) {
        failedPolls = 0;
        failure = undefined;
        // All of the answer is noted before anybody is told: a callback may take its time, and that may be up.
        const told = pending.flatMap((id) => look(id, found.get(id)) ?? []);
        for (const progress of onProgress ? told : [])
          await orAborted(Promise.resolve(onProgress?.(progress)), end.signal, name);
      }
      pending = pending.filter((id) => !results.has(id));
      const left = timeoutMs - elapsed() - reserveMs;
      if (!pending.length || isLast || left <= 0) break;
      const next = Math.max(askedMs, delayAfter(pending));
      // No time is given away at the end: where another pause would not fit after this one, this one lasts until then.
      isLast = left - next < minDelayMs;
      await sleep(isLast ? left : next, end.signal);
    }
  } catch (error) {
    if (signal?.aborted || !(end.signal.aborted && error instanceof AbortError)) throw error;
  } finally {
    clearTimeout(timer);
    forget?.();
  }
  return ids.map(
    (id) =>
      results.get(id) ?? {
        status: "rejected",
        reason: timeout(name, id, watched.get(id), polls, elapsed(), failure, isAsking),
      },
  );
}

/** Full jitter within [least, current], so that many waiters do not poll in step. In milliseconds. */
export function pause(polls: number, least: number, most: number, random: number): number {
  const current = Math.min(most, least * 1.5 ** (polls - 1));
  return least + random * (current - least);
}

/** Could the next poll do better? A list that changes while it is searched, too, and credentials that are on their way. */
function isPassingPoll(error: unknown): boolean {
  if (!(error instanceof CredentialsError))
    return isPassing(error) || error instanceof IncompletePaginationError;
  const { cause } = error;
  // What an application's own source of credentials threw is not known to last.
  return isPassing(cause) || (cause !== undefined && !(cause instanceof CloudError));
}
