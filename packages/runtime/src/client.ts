/**
 * The types of a client: what a bound operation takes and gives. Types only.
 *
 * `Schema` is the `operations` interface that openapi-typescript makes from the specification; nothing here restates
 * what it says. Arguments are grouped by where they travel, so two parameters of one name never meet.
 */

import type { IncompletePaginationError, Position } from "./errors.js";
import type { JobState, Operation, Operations } from "./operation.js";

/** A client: one bound operation for each descriptor. `Filled`: path parameters that the client fills in itself. */
export type Client<Schema, Descriptors extends Operations<Schema>, Filled extends string> = {
  readonly [Name in keyof Descriptors]: Name extends keyof Schema
    ? BoundOperation<Schema[Name], Descriptors[Name], Filled>
    : never;
};

/** An operation that can be called; with pages, if its list has them; with waiting, if it shows jobs. */
export type BoundOperation<S, D, Filled extends string> = Call<S, Filled> &
  (D extends { pages: { items: infer Items extends string } } ? Paged<S, Items, Filled> : unknown) &
  (D extends { job: unknown } ? Waitable<S, D, Filled> : unknown);

/** Calls the operation once. */
export interface Call<S, Filled extends string> {
  /**
   * @returns the parsed body, checked to be of the documented shape
   * @throws ValidationError before anything is sent, ApiError for an error answer, ConnectionError, AbortError,
   * ResponseError for an answer that is not what the documentation promises
   */
  (...args: OptionalIfEmpty<Arguments<S, Filled> & RequestOptions>): Promise<Data<S>>;
  /** The facts that the operation is made of. */
  readonly descriptor: Operation;
}

/** Walks a list that comes in pages. */
export interface Paged<S, Items extends string, Filled extends string> {
  /**
   * Every page, one request at a time, until the list is shown to be complete. Items that a shifting list repeats are
   * left out. Leaving the loop sends nothing more.
   *
   * @throws PaginationError, PaginationLoopError, IncompletePaginationError; any error has `position`, to go on from there
   */
  pages(
    ...args: OptionalIfEmpty<Arguments<S, Filled> & PagesOptions>
  ): AsyncGenerator<Data<S>, void, undefined>;
  /**
   * Every item of every page, once; a page size in `query` decides on how many come at a time, not on how many come. An
   * abort ends it before the next item, not before the next page.
   */
  items(
    ...args: OptionalIfEmpty<Arguments<S, Filled> & PagesOptions>
  ): AsyncGenerator<Element<At<Data<S>, Items>>, void, undefined>;
}

/** Waits for jobs. */
export interface Waitable<S, D, Filled extends string> {
  /**
   * Polls until the job ends.
   *
   * @returns the job, once it has succeeded
   * @throws JobFailedError, JobCancelledError, JobBlockedError, JobNotFoundError, JobDisappearedError, WaitTimeoutError: each carries the job
   */
  wait(
    id: string,
    ...args: OptionalIfEmpty<
      Arguments<S, Filled | FoundBy<D, "path">, FoundBy<D, "query">> & WaitOptions<JobOf<S, D>>
    >
  ): Promise<JobOf<S, D>>;
  /**
   * Polls until each of the jobs has ended: where there is a list of jobs, one walk through it a round, however many
   * they are.
   *
   * @returns what `wait` would have returned or thrown for each, in the order of the ids, as `Promise.allSettled` does
   * @throws what ends the waiting for all of them, such as AbortError or PermissionError
   */
  waitAll(
    ids: readonly string[],
    ...args: OptionalIfEmpty<
      Arguments<S, Filled | FoundBy<D, "path">, FoundBy<D, "query">> & WaitOptions<JobOf<S, D>>
    >
  ): Promise<PromiseSettledResult<JobOf<S, D>>[]>;
}

/** How one request is made. */
export interface RequestOptions {
  /** Ends the call at once, wherever it stands. */
  signal?: AbortSignal | undefined;
  /** How long one attempt may take, its body included. Milliseconds; default: the client's. */
  timeoutMs?: number | undefined;
}

/** How a list is walked. */
export interface PagesOptions extends RequestOptions {
  /** Where to go on: `error.position` of a walk that failed, or a page's own cursor, offset or number. Default: the first page. */
  from?: Position | string | number | undefined;
  /** Ask for the next page while this one is worked on: faster, with two pages in memory instead of one. Default false. */
  prefetch?: boolean | undefined;
  /** Told if the list cannot be shown to be complete, instead of an error. The walk goes on as far as it can. */
  onIncomplete?: ((problem: IncompletePaginationError) => void) | undefined;
}

/** How a job is waited for. */
export interface WaitOptions<Job = unknown> {
  /** Ends the waiting at once. The job goes on. */
  signal?: AbortSignal | undefined;
  /** How long to wait in all. Milliseconds, default 30 minutes. */
  timeoutMs?: number | undefined;
  /** The shortest pause between two polls, if there is time for it. Milliseconds; default 2 s, or 5 s where a poll has to search the list. */
  minDelayMs?: number | undefined;
  /** The longest pause; the last one may be longer by up to `minDelayMs`. Milliseconds, default 30 s. */
  maxDelayMs?: number | undefined;
  /** How long a job that was just started may be unknown to the server. Milliseconds, default 30 s. */
  graceMs?: number | undefined;
  /** Look once more, after so many milliseconds if there is time, before an end is believed: a rollback may follow. Default 0: no. */
  settleMs?: number | undefined;
  /** What to do with a job that waits for a person (an approval, a payment): fail at once, or go on. Default `"throw"`. */
  whenBlocked?: "throw" | "wait" | undefined;
  /** A job that succeeded counts as failed if one of its sub-jobs did not. Default false. */
  strict?: boolean | undefined;
  /** What `onProgress` or an error told last, of each job: goes on from there, in another process too. `timeoutMs` counts anew. */
  from?: JobProgress | readonly (JobProgress | undefined)[] | undefined;
  /**
   * Called after each poll that saw the job; a promise that it returns is waited for. What it throws ends the waiting: for
   * an unknown state, perhaps.
   */
  onProgress?: ((progress: JobProgress<Job>) => unknown) | undefined;
}

/** What a poll saw. Plain JSON. */
export interface JobProgress<Job = unknown> {
  readonly id: string;
  readonly job: Job;
  /** The service's own word. */
  readonly status: string;
  /** What it means; `"unknown"` where the service says something that its documentation does not list. */
  readonly state: JobState | "unknown";
  /** Its sub-jobs, and theirs, in one list. */
  readonly children: readonly ChildProgress[];
  /** How many polls so far. */
  readonly polls: number;
  /** Milliseconds since the waiting began. */
  readonly elapsedMs: number;
  /** It was seen undoing what it had begun: whatever it is called in the end, that is no success. */
  readonly rolledBack?: true;
}

/** How far a sub-job is. */
export interface ChildProgress {
  readonly job: unknown;
  readonly status: string;
  readonly state: JobState | "unknown";
}

// --- What the schema says -------------------------------------------------------------------------------------------

/** A group of parameters; never where there are none. */
type Group<S, In extends string> = S extends { parameters: infer P }
  ? In extends keyof P
    ? NonNullable<P[In]>
    : never
  : never;

/** What a call takes. A group is optional if everything in it is. */
export type Arguments<S, Filled extends string, Asked extends string = never> = Argument<
  "path",
  Loosen<Group<S, "path">, Filled>
> &
  Argument<"query", Without<Group<S, "query">, Asked>> &
  Argument<"header", Group<S, "header">> &
  BodyArgument<S>;

type Argument<Name extends string, G> = [G] extends [never]
  ? unknown
  : Record<never, never> extends G
    ? { [K in Name]?: Undefinable<G> | undefined }
    : { [K in Name]: Undefinable<G> };

/** The same, where what may be left out may also be undefined: it is not sent. */
type Undefinable<G> = G extends readonly unknown[]
  ? G
  : { [K in keyof G]: Record<never, never> extends Pick<G, K> ? G[K] | undefined : G[K] };

/** The same with some properties optional. */
type Loosen<G, Names extends string> = [G] extends [never]
  ? never
  : Simplify<Omit<G, Names> & Partial<Pick<G, Names & keyof G>>>;

/** The same without some properties. */
type Without<G, Names extends string> = [G] extends [never]
  ? never
  : [Names] extends [never]
    ? G
    : Simplify<Omit<G, Names>>;

/** The same as one object, as editors show it. */
type Simplify<T> = { [K in keyof T]: T[K] };

/** A body may be left out if the documentation says so, or if everything in it may. */
type BodyArgument<S> = S extends { requestBody: { content: infer C } }
  ? Argument<"body", C[keyof C]>
  : S extends { requestBody?: infer B }
    ? [NonNullable<B>] extends [never]
      ? unknown
      : NonNullable<B> extends { content: infer C }
        ? Partial<Argument<"body", C[keyof C]>>
        : unknown
    : unknown;

/** What a call gives: the body of the documented success. */
export type Data<S> = S extends { responses: infer R }
  ? { [K in keyof R]: K extends Success ? Body<R[K]> : never }[keyof R]
  : never;

type Success = 200 | 201 | 202 | 203 | 204 | 205 | 206 | 207 | 208 | 226;

/** A documented response's body. */
export type Body<R> = R extends { content: infer C }
  ? [keyof C] extends [never]
    ? undefined
    : C[keyof C]
  : undefined;

/** Arguments of a function whose only parameter may be left out if everything in it may. */
type OptionalIfEmpty<A> = Record<never, never> extends A ? [args?: A] : [args: A];

/** The type at a dotted path. */
export type At<T, Path extends string> = Path extends `${infer Head}.${infer Rest}`
  ? At<NonNullable<Field<T, Head>>, Rest>
  : NonNullable<Field<T, Path>>;

type Field<T, Name extends string> = Name extends keyof T ? T[Name] : never;

/** An array's element. */
export type Element<T> = T extends readonly (infer E)[] ? E : never;

/** A job: an item of the list, or the whole body where the operation shows just one. */
export type JobOf<S, D> = D extends { pages: { items: infer Items extends string } }
  ? Element<At<Data<S>, Items>>
  : Data<S>;

/** The parameter that names the job: whoever waits gives an id instead. */
type FoundBy<D, In extends string> = D extends { job: { find: `${In}.${infer Name}` } }
  ? Name extends `${infer List}[]`
    ? List
    : Name
  : never;
