/** One service: its operations' handlers, made by the runtime's mocks, and the jobs that they show. */

import { at, createAnyMocks, createMatcher, type Match, type Matcher } from "@typedcloud/runtime/mocks";
import type { Job, Operation } from "@typedcloud/runtime/operation";
import type { HttpHandler } from "msw";
import { type JobRecord, JobStore } from "./job-store.js";
import { JobView } from "./job-view.js";
import type { Outcome } from "./lifecycle.js";
import { type Random, seeded } from "./random.js";
import { Schemas } from "./schemas.js";
import type { ServiceData } from "./services.js";
import type { Settings } from "./settings.js";

/** A job to add. */
export interface NewJob {
  /** How it ends. Default `"succeeded"`. */
  outcome?: Outcome;
  /** How long it takes, in the cloud's time: the setting `speed` divides it. Milliseconds, default 3 minutes. */
  durationMs?: number;
  /** Default: a random one, in the form of the documented example. */
  id?: string;
  /** What it does, in the service's word. Default: a documented one. */
  type?: string;
  /** Fields that are to be just so, by dotted path. */
  fields?: Readonly<Record<string, unknown>>;
}

const DURATION_MS = 3 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** Jobs that were there before the server was: the same whenever it starts. */
const HISTORY_ENDS = Date.UTC(2026, 0, 1);
const HISTORY_STEP_MS = 37 * 60_000;

/** One job in so many ended otherwise than well, is still going on, or waits for a person. */
const ONE_IN = { failed: 10, cancelled: 25, running: 50, blocked: 100 };

export class MockedService {
  readonly data: ServiceData;
  readonly schemas: Schemas;
  readonly jobs = new JobStore();
  readonly #handlers: ReadonlyMap<string, readonly HttpHandler[]>;
  readonly #match: Matcher;
  readonly #views: readonly JobView[];
  readonly #random: Random;
  readonly #now: () => number;
  readonly #settings: () => Readonly<Settings>;

  constructor(
    data: ServiceData,
    { seed, now, settings }: { seed: number; now: () => number; settings: () => Readonly<Settings> },
  ) {
    this.data = data;
    this.schemas = new Schemas(data);
    this.#random = seeded(`${seed} ${data.service.cloud} ${data.service.name}`);
    this.#now = now;
    this.#settings = settings;
    const views: JobView[] = [];
    const { service, operations } = data;
    this.#match = createMatcher(service, operations);
    const examples = examplesOf(data, this.schemas);
    const mocks = createAnyMocks(service, operations, examples);
    const handlersOf = (name: string, operation: Operation): HttpHandler[] => {
      const mock = mocks[name];
      if (!mock) return [];
      const { paged, refused } = mock;
      const { pages, job } = operation;
      const example = successOf(examples[name]);
      const options = () => ({ offsets: settings().offsets });
      if (!job) {
        const items = pages && at(example, pages.items);
        return [paged && Array.isArray(items) ? paged(items, options) : mock()];
      }
      const view = new JobView(operation, job, example, this.schemas, seed);
      views.push(view);
      if (paged) {
        const listed = () => {
          const time = now();
          return this.jobs.all.map((record) => view.show(record, time));
        };
        return [paged(listed, options)];
      }
      return [
        mock((request: Request) => {
          const record = this.jobs.get(this.#idIn(request, job));
          return record && view.show(record, now());
        }),
        refused(404, "The job does not exist."),
      ];
    };
    this.#handlers = new Map(
      Object.entries(operations).map(([name, operation]) => [name, handlersOf(name, operation)]),
    );
    this.#views = views;
  }

  /** Puts so many jobs into an empty list. */
  fill(count: number): void {
    const [view] = this.#views;
    if (!view) return;
    const now = this.#now();
    this.jobs.clear();
    const taken = new Set<string>();
    const records = Array.from({ length: count }, (_, index): JobRecord => {
      const random = this.#random;
      const outcomes = view.outcomes();
      const oneIn = (n: number) => random() * n < 1;
      const outcome =
        (["failed", "cancelled", "blocked"] as const).find(
          (each) => oneIn(ONE_IN[each]) && outcomes.includes(each),
        ) ?? "succeeded";
      const startedAt = HISTORY_ENDS - (index + 1) * HISTORY_STEP_MS;
      const isRunning = oneIn(ONE_IN.running);
      const id = view.newId(random, (each) => taken.has(each));
      taken.add(id);
      return {
        id,
        // Those that are still going on began when the server did.
        startedAt: isRunning ? now : startedAt,
        endsAt: isRunning
          ? now + (random() * DAY_MS) / 24 / this.#settings().speed
          : startedAt + 60_000 + Math.floor(random() * HISTORY_STEP_MS),
        outcome: isRunning ? "succeeded" : outcome,
        seed: Math.floor(random() * 2 ** 32),
      };
    });
    this.jobs.fill(records.sort((a, b) => b.startedAt - a.startedAt));
  }

  /**
   * Starts a job.
   *
   * @throws TypeError for an outcome that the service has no status for
   */
  add({ outcome = "succeeded", durationMs = DURATION_MS, id, type, fields }: NewJob): JobRecord {
    const view = this.#viewOrThrow();
    if (!view.outcomes().includes(outcome))
      throw new TypeError(
        `outcome must be one of ${view.outcomes().join(", ")}: no other has a documented status`,
      );
    if (!Number.isFinite(durationMs) || durationMs < 0) throw new TypeError("durationMs must be 0 or more");
    const startedAt = this.#now();
    const record: JobRecord = {
      id: id ?? view.newId(this.#random, (each) => this.jobs.get(each) !== undefined),
      startedAt,
      endsAt: startedAt + durationMs / this.#settings().speed,
      outcome,
      seed: Math.floor(this.#random() * 2 ** 32),
      ...(type !== undefined && { type }),
      ...(fields && { fields }),
    };
    this.jobs.add(record);
    return record;
  }

  /** Ends a job now, or lets a blocked one go on to its end. */
  end(id: string, outcome: Outcome): JobRecord | undefined {
    const record = this.jobs.get(id);
    if (!record) return undefined;
    if (!this.#viewOrThrow().outcomes().includes(outcome))
      throw new TypeError(`outcome must be one of ${this.#viewOrThrow().outcomes().join(", ")}`);
    const ended: JobRecord = { ...record, outcome, endsAt: this.#now() };
    this.jobs.replace(ended);
    return ended;
  }

  /** A job as its service shows it now. */
  show(record: JobRecord): Readonly<Record<string, unknown>> {
    return this.#viewOrThrow().show(record, this.#now());
  }

  /** The operation that a request is for. The mocks answer below any path; a server does so at its root only. */
  match(request: Request): Match | undefined {
    const found = this.#match(request);
    return found?.base === "" || this.data.service.style === "RPC" ? found : undefined;
  }

  /** What answers an operation's requests. */
  handlers({ name }: Match): readonly HttpHandler[] {
    return this.#handlers.get(name) ?? [];
  }

  #idIn(request: Request, { find = "" }: Job): string {
    const [where, name = ""] = find.replace("[]", "").split(".");
    const id = where === "path" ? this.#match(request)?.path[name] : undefined;
    return id ?? new URL(request.url).searchParams.get(name) ?? "";
  }

  #viewOrThrow(): JobView {
    const [view] = this.#views;
    if (!view) throw new TypeError(`${this.data.service.name} has no operation that shows jobs`);
    return view;
  }
}

/** The documented examples, with each operation's success in them, which has none if it has no body. */
const examplesOf = ({ operations, examples }: ServiceData, schemas: Schemas): ServiceData["examples"] =>
  Object.fromEntries(
    Object.entries(operations).map(([name, { path, method }]) => [
      name,
      { [schemas.success(path, method)]: undefined, ...examples[name] },
    ]),
  );

/** The example of a success. */
const successOf = (examples: Readonly<Record<string, unknown>> = {}): unknown =>
  Object.entries(examples).find(([status]) => status.startsWith("2"))?.[1];
