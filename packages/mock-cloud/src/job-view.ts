/** Jobs as an operation shows them: the documented example's job, with the facts of each in the places that `x-job` names. */

import { at, isObject, type Json, withAt } from "@typedcloud/runtime/mocks";
import type { Job, Operation } from "@typedcloud/runtime/operation";
import { idLike } from "./ids.js";
import type { JobRecord } from "./job-store.js";
import { type Outcome, outcomesOf, statusesOf } from "./lifecycle.js";
import { pick, type Random, seeded } from "./random.js";
import type { Schema, Schemas } from "./schemas.js";
import { isTime, timeLike } from "./times.js";

/** So many resources have jobs: enough to filter by. */
const RESOURCES = 10;

/** Sub-jobs of a job whose documented example has none. */
const SUB_JOBS = 2;

export class JobView {
  readonly job: Job;
  readonly #template: Json;
  readonly #child: Json | undefined;
  readonly #children: number;
  readonly #shown: readonly string[];
  readonly #schema: Schema | undefined;
  readonly #schemas: Schemas;
  readonly #resources: readonly string[];
  readonly #types: readonly unknown[];
  /** What was shown last, and until when that stays true. */
  readonly #cache = new WeakMap<
    JobRecord,
    { readonly from: number; readonly until: number; readonly value: Json }
  >();

  /** @param example the documented answer */
  constructor(operation: Operation, job: Job, example: unknown, schemas: Schemas, seed: number) {
    const { pages, method, path } = operation;
    const items = pages ? at(example, pages.items) : [example];
    const examples = Array.isArray(items) ? items.filter(isObject) : [];
    this.job = job;
    this.#schemas = schemas;
    this.#template = examples[0] ?? {};
    const answer = schemas.answerSchema(path, method);
    const list = pages ? schemas.field(answer, pages.items) : answer;
    this.#schema = list?.items ? schemas.resolve(list.items) : list;
    const children = job.children === undefined ? [] : at(this.#template, job.children);
    const shown = Array.isArray(children) ? children.filter(isObject) : [];
    this.#child =
      job.children === undefined ? undefined : (shown[0] ?? without(this.#template, job.children));
    this.#children = shown.length || SUB_JOBS;
    this.#shown = examples.map((each) => String(at(each, job.status)));
    const random = seeded(seed);
    const resource = job.resource === undefined ? undefined : at(this.#template, job.resource);
    this.#resources = Array.from({ length: RESOURCES }, () => idLike(String(resource), random));
    const type = job.type === undefined ? undefined : schemas.field(this.#schema, job.type);
    this.#types = valuesOf(type) ?? [job.type === undefined ? undefined : at(this.#template, job.type)];
  }

  newId(random: Random, isTaken: (id: string) => boolean): string {
    return idLike(String(at(this.#template, this.job.id) ?? "0".repeat(32)), random, isTaken);
  }

  outcomes(): Outcome[] {
    return outcomesOf(this.job);
  }

  /** The job as it is at a time. The same object as long as nothing changes. */
  show(record: JobRecord, now: number): Json {
    const last = this.#cache.get(record);
    if (last && last.from <= now && now < last.until) return last.value;
    const shown = this.#render(record, now);
    this.#cache.set(record, shown);
    return shown.value;
  }

  #render(record: JobRecord, now: number) {
    const { job } = this;
    const random = seeded(record.seed);
    const { startedAt, endsAt, outcome } = record;
    const { way, end } = statusesOf(job, outcome, this.#shown, record.seed % 2 === 0);
    const isOver = now >= endsAt || (outcome === "blocked" && now >= startedAt + BLOCKED_AFTER_MS);
    const total = outcome === "blocked" ? BLOCKED_AFTER_MS : endsAt - startedAt;
    const done = Math.max(0, now - startedAt);
    const step = way.length ? Math.min(way.length - 1, Math.floor((done / total) * way.length)) : 0;
    const status = isOver || way.length === 0 ? end : (way[step] ?? end);
    const changedAt = isOver ? Math.min(endsAt, now) : startedAt + (step * total) / Math.max(1, way.length);

    let value = this.#fill(this.#template, this.#schema, random);
    value = withAt(value, job.id, record.id);
    value = withAt(value, job.status, status);
    const type = pick(this.#types, random);
    if (job.type !== undefined && (record.type ?? type) !== undefined)
      value = withAt(value, job.type, record.type ?? type);
    const resource = pick(this.#resources, random);
    if (job.resource !== undefined) value = withAt(value, job.resource, resource);
    value = this.#withTimes(
      value,
      startedAt,
      changedAt,
      isOver && outcome !== "blocked" ? endsAt : undefined,
    );
    value = this.#withError(value, isOver && outcome === "failed", this.#schema);
    if (job.progress !== undefined) {
      const percent = isOver ? 100 : Math.min(99, Math.floor((done / total) * 100));
      const isText = this.#schemas.field(this.#schema, job.progress)?.type === "string";
      value = withAt(value, job.progress, isText ? String(percent) : percent);
    }
    if (job.children !== undefined && this.#child) {
      const children = this.#renderChildren(this.#child, record, now, total, resource, random);
      value = withAt(value, job.children, children);
    }
    for (const [path, field] of Object.entries(record.fields ?? {})) value = withAt(value, path, field);
    // A job that is going on is looked at anew a hundred times on its way, and when it ends.
    const until = isOver ? Number.POSITIVE_INFINITY : Math.min(now + total / 100, startedAt + total);
    return { from: now, until, value };
  }

  /** Sub-jobs follow one another; the last one ends as the job does. Those that have not begun are not shown. */
  #renderChildren(
    template: Json,
    record: JobRecord,
    now: number,
    total: number,
    resource: unknown,
    random: Random,
  ): Json[] {
    const { job } = this;
    const example = job.children === undefined ? [] : at(this.#template, job.children);
    const shown = Array.isArray(example) ? example.filter(isObject) : [];
    const statuses = shown.map((child) => String(at(child, job.status)));
    return Array.from({ length: this.#children }, (_, index) => {
      const isLast = index === this.#children - 1;
      const startedAt = record.startedAt + (total * index) / this.#children;
      const endsAt =
        isLast && record.outcome !== "blocked" ? record.endsAt : startedAt + total / this.#children;
      const outcome = isLast && record.outcome !== "blocked" ? record.outcome : "succeeded";
      const { way, end } = statusesOf(job, outcome, statuses);
      const isOver = now >= endsAt;
      let child: Json = shown[index] ?? template;
      child = withAt(child, job.id, idLike(String(at(template, job.id)), random));
      child = withAt(child, job.status, isOver ? end : (way.at(-1) ?? end));
      if (job.resource !== undefined && resource !== undefined) child = withAt(child, job.resource, resource);
      child = this.#withTimes(child, startedAt, isOver ? endsAt : startedAt, isOver ? endsAt : undefined);
      child = this.#withError(child, isOver && outcome === "failed", this.#schema);
      return { child, startedAt };
    })
      .filter(({ startedAt }) => startedAt <= now)
      .map(({ child }) => child);
  }

  /** Fields that take one of several values take a random one. */
  #fill(template: Json, schema: Schema | undefined, random: Random): Json {
    return Object.fromEntries(
      Object.entries(template).map(([name, value]) => {
        const values = valuesOf(this.#schemas.field(schema, name));
        return [name, values && typeof value === "string" ? pick(values, random) : value];
      }),
    );
  }

  #withTimes(value: Json, startedAt: number, changedAt: number, endedAt: number | undefined): Json {
    const { job } = this;
    let timed = value;
    for (const [name, example] of Object.entries(value))
      if (isTime(example) && name !== job.endedAt) timed = withAt(timed, name, timeLike(example, changedAt));
    const set = (path: string | undefined, ms: number | undefined) => {
      const example = path === undefined ? undefined : at(value, path);
      if (path === undefined || example === undefined) return;
      timed = ms === undefined ? without(timed, path) : withAt(timed, path, timeLike(example, ms));
    };
    set(job.startedAt, startedAt);
    set(job.endedAt, endedAt);
    return timed;
  }

  /** What says "no error" differs: `null` where that is allowed, `""` where the example has it, or nothing. */
  #withError(value: Json, hasFailed: boolean, schema: Schema | undefined): Json {
    let result = value;
    for (const [path, text] of [
      [this.job.error?.code, "MOCK.0001"],
      [this.job.error?.message, "The job failed."],
    ]) {
      if (path === undefined || text === undefined) continue;
      const type = this.#schemas.field(schema, path)?.type;
      const isNullable = Array.isArray(type) && type.includes("null");
      if (hasFailed) result = withAt(result, path, text);
      else if (isNullable && at(value, path) !== undefined) result = withAt(result, path, null);
      else result = at(value, path) === "" ? result : without(result, path);
    }
    return result;
  }
}

/** A job that waits for a person gets there at once, almost. */
const BLOCKED_AFTER_MS = 1000;

/** The values that a field is documented to take. */
function valuesOf(schema: Schema | undefined): readonly unknown[] | undefined {
  const values = schema?.enum ?? schema?.["x-open-enum"];
  return values?.length ? values : undefined;
}

/** A copy without the field at a dotted path. */
function without(value: Json, path: string): Json {
  const [name = "", ...rest] = path.split(".");
  const { [name]: field, ...others } = value;
  return rest.length && isObject(field) ? { ...others, [name]: without(field, rest.join(".")) } : others;
}
