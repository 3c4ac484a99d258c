/** One service: its operations' handlers, made by the runtime's mocks, and the jobs that they show. */

import type { Operation } from "@typedcloud/runtime";
import { createMock, matches } from "@typedcloud/runtime/mocks";
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

/** The documented operation that a request is for. */
export interface Match {
  readonly name: string;
  readonly operation: Operation;
  /** The values in the path. */
  readonly path: Readonly<Record<string, string>>;
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
  readonly handlers: readonly HttpHandler[];
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
    this.handlers = Object.entries(data.operations).flatMap(([name, operation]) => {
      const examples = data.examples[name] ?? {};
      const mock = createMock(data.service, operation, examples);
      if (!operation.job) return [mock()];
      const example = Object.entries(examples).find(([status]) => status.startsWith("2"))?.[1];
      const view = new JobView(operation, operation.job, example, this.schemas, seed);
      views.push(view);
      if (mock.paged) {
        const { paged } = mock;
        return [
          paged(
            () => {
              const time = now();
              return this.jobs.all.map((record) => view.show(record, time));
            },
            () => ({ offsets: settings().offsets }),
          ),
        ];
      }
      return [
        mock((request: Request) => {
          const record = this.jobs.get(this.#idIn(request, operation));
          return record && view.show(record, now());
        }),
        mock.refused(404, "The job does not exist."),
      ];
    });
    this.#views = views;
  }

  /** Puts so many jobs into an empty list. */
  fill(count: number): void {
    const [view] = this.#views;
    if (!view) return;
    const now = this.#now();
    this.jobs.clear();
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
      return {
        id: view.newId(random),
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
      id: id ?? view.newId(this.#random),
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

  /** The operation that a request is for. */
  match(request: Request): Match | undefined {
    const { service, operations } = this.data;
    const isRpc = service.style === "RPC";
    const depth = new URL(request.url).pathname.split("/").length;
    for (const [name, operation] of Object.entries(operations)) {
      // The mocks answer below any path; a server does so at its root only.
      if (matches(request, service, operation) && (isRpc || operation.path.split("/").length === depth))
        return { name, operation, path: isRpc ? {} : valuesInPath(request, operation) };
    }
    return undefined;
  }

  #idIn(request: Request, operation: Operation): string {
    const name = operation.job?.find?.replace(/^path\./, "") ?? "";
    return valuesInPath(request, operation)[name] ?? "";
  }

  #viewOrThrow(): JobView {
    const [view] = this.#views;
    if (!view) throw new TypeError(`${this.data.service.name} has no operation that shows jobs`);
    return view;
  }
}

/** The path's last segments are the operation's; what stands before them is the address. */
function valuesInPath(request: Request, { path }: Operation): Record<string, string> {
  const names = path.split("/").slice(1);
  const values = new URL(request.url).pathname.split("/").slice(-names.length);
  return Object.fromEntries(
    names.flatMap((name, index) => {
      const parameter = /^\{(.+)\}$/.exec(name)?.[1];
      return parameter === undefined ? [] : [[parameter, decode(values[index] ?? "")]];
    }),
  );
}

/** What is not percent-encoded as it should be stays as it is: no signature fits it anyway. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
