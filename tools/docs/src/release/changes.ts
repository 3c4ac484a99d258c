import { isDeepStrictEqual } from "node:util";
import type { Place, ServiceModel } from "typedcloud/checked";
import type { Type } from "../facts.ts";
import { readSpecFacts, type SpecFacts } from "../spec/facts.ts";
import type { Bump, Difference, OperationEvent, ServiceEvent } from "./difference.ts";
import { fieldDifferences } from "./fields.ts";
import { type Change, worded } from "./wording.ts";

/** What became of a package between two states of its specification. */
export const changesOf = (before: ServiceModel | undefined, after: ServiceModel): Change[] =>
  worded(differencesOf(before, after));

function differencesOf(before: ServiceModel | undefined, after: ServiceModel): Difference[] {
  const service = (bump: Bump, event: ServiceEvent): Difference => ({ of: "service", bump, event });
  if (before === undefined)
    return [service("minor", { kind: "first", operations: after.operations.map(({ id }) => id) })];
  const found: Difference[] = [];
  for (const known of before.operations) {
    const now = after.operations.find(({ id }) => id === known.id);
    if (now === undefined)
      found.push({ of: "operation", bump: "major", operation: known.id, event: { kind: "operation gone" } });
    else {
      const [old, fresh] = [readSpecFacts(before, known), readSpecFacts(after, now)];
      found.push(
        ...fieldDifferences(old, fresh),
        ...answerDifferences(old, fresh),
        ...otherDifferences(known, now),
      );
    }
  }
  for (const { id } of after.operations)
    if (!before.operations.some((known) => known.id === id))
      found.push({ of: "operation", bump: "minor", operation: id, event: { kind: "operation new" } });
  const fresh = new Set(structuresOf(after));
  for (const name of structuresOf(before))
    if (!fresh.has(name)) found.push(service("major", { kind: "structure gone", name }));
  const { servers: oldServers, ...oldService } = before.service;
  const { servers, ...now } = after.service;
  if (!isDeepStrictEqual(oldServers, servers)) found.push(service("minor", { kind: "hosts" }));
  if (!isDeepStrictEqual(oldService, now))
    found.push(service("minor", { kind: "described", title: now.title, version: now.version }));
  if (found.length === 0 && !isDeepStrictEqual(contents(before), contents(after)))
    found.push(service("patch", { kind: "words" }));
  return found;
}

/** Everything that a specification says, in its own file and in the one that its cloud shares. */
const contents = ({ file, operations }: ServiceModel): unknown[] => [file.value, operations];

/** The names under which users import structures. */
function structuresOf({ file }: ServiceModel): string[] {
  const { value } = file;
  const components = own(value, "components");
  return Object.keys(own(components, "schemas") ?? {});
}

function own(value: unknown, key: string): object | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  const member: unknown = Reflect.get(value, key);
  return typeof member === "object" && member !== null ? member : undefined;
}

/** Statuses and bodies that came or went. */
function answerDifferences(before: SpecFacts, after: SpecFacts): Difference[] {
  const found: Difference[] = [];
  const tell = (bump: Bump, event: OperationEvent) =>
    found.push({ of: "operation", bump, operation: before.operation, event });
  const [old, fresh] = [before, after].map(({ responses }) => responses.map(({ status }) => status));
  for (const status of old ?? [])
    if (!fresh?.includes(status))
      tell(status.startsWith("2") ? "major" : "patch", { kind: "status gone", status });
  for (const { status, body } of after.responses)
    if (!old?.includes(status))
      tell(isOtherSuccess(status, body, before) ? "major" : "minor", { kind: "status new", status });
  if (before.body === undefined && after.body !== undefined) tell("major", { kind: "body new" });
  if (before.body !== undefined && after.body === undefined) tell("major", { kind: "body gone" });
  const [was, is] = [before.bodyRequired?.value, after.bodyRequired?.value];
  if (was !== undefined && is !== undefined && was !== is)
    tell(is === "yes" ? "major" : "minor", { kind: "body required", required: is === "yes" });
  const [from, to] = [before, after].map(({ method, path }) => `${method?.value} ${path?.value}`);
  if (from !== undefined && to !== undefined && from !== to)
    tell("minor", { kind: "address", before: from, after: to });
  return found;
}

/** What a call answers is the sum of what each success holds: one more makes it something else. */
const isOtherSuccess = (status: string, body: Type<Place> | undefined, { responses }: SpecFacts): boolean =>
  status.startsWith("2") &&
  !responses.some(
    (known) =>
      known.status.startsWith("2") && body?.schema !== undefined && known.body?.schema === body.schema,
  );

type Operation = ServiceModel["operations"][number];

/** What the descriptor holds beside the parameters. */
function otherDifferences(before: Operation, after: Operation): Difference[] {
  const found: Difference[] = [];
  const tell = (bump: Bump, event: OperationEvent) =>
    found.push({ of: "operation", bump, operation: after.id, event });
  if (after.pages === undefined && before.pages !== undefined) tell("major", { kind: "paging gone" });
  else if (!isDeepStrictEqual(before.pages, after.pages)) tell("minor", { kind: "paging" });
  if (after.job === undefined && before.job !== undefined) tell("major", { kind: "job gone" });
  else if (after.job !== undefined) {
    const [{ states: old = {}, ...oldJob }, { states, ...job }] = [before.job ?? {}, after.job];
    if (!isDeepStrictEqual(oldJob, job)) tell("minor", { kind: "job" });
    else {
      const known = new Map(
        Object.entries(old).flatMap(([state, words]) => words.map((word) => [word, state])),
      );
      for (const [state, words] of Object.entries(states))
        for (const word of words) {
          const last = known.get(word);
          if (last !== state) tell("minor", { kind: "state", word, before: last, after: state });
        }
    }
  }
  if (before.deprecated !== after.deprecated)
    tell("minor", { kind: "deprecated", deprecated: after.deprecated });
  return found;
}
