import { isDeepStrictEqual } from "node:util";
import type { ServiceModel } from "typedcloud/checked";
import type { Value } from "../facts.ts";
import { flatten } from "../flatten.ts";
import { readSpecFacts, type SpecFacts } from "../spec/facts.ts";

export type Bump = "major" | "minor" | "patch";

/** Something that users of a package see. */
export interface Change {
  readonly bump: Bump;
  /** `listJobs query.limit.maximum: 2000 → 3000`. */
  readonly text: string;
}

/** What became of a package between two states of its specification. */
export function changesOf(before: ServiceModel | undefined, after: ServiceModel): Change[] {
  if (before === undefined)
    return [
      { bump: "minor", text: `First release: ${after.operations.map(({ id }) => `\`${id}\``).join(", ")}` },
    ];
  const [old, fresh] = [before, after].map(
    (service) =>
      new Map(
        service.operations.map((operation) => [
          operation.id,
          { operation, facts: readSpecFacts(service, operation) },
        ]),
      ),
  );
  const changes: Change[] = [];
  for (const [id, known] of old ?? []) {
    const now = fresh?.get(id);
    if (now === undefined) changes.push({ bump: "major", text: `\`${id}\` is gone` });
    else
      changes.push(...factChanges(known.facts, now.facts), ...otherChanges(known.operation, now.operation));
  }
  for (const id of fresh?.keys() ?? [])
    if (!old?.has(id)) changes.push({ bump: "minor", text: `\`${id}\` is new` });
  const { servers: oldServers, ...oldService } = before.service;
  const { servers, ...service } = after.service;
  if (!isDeepStrictEqual(oldServers, servers))
    changes.push({ bump: "minor", text: "Other hosts or regions" });
  if (!isDeepStrictEqual(oldService, service))
    changes.push({
      bump: "minor",
      text: `The service is described otherwise: ${service.title} (${service.version})`,
    });
  if (changes.length === 0 && !isDeepStrictEqual(contents(before), contents(after)))
    changes.push({ bump: "patch", text: "Descriptions and examples" });
  return changes;
}

/** Everything that a specification says, in its own file and in the one that its cloud shares. */
const contents = ({ file, operations }: ServiceModel): unknown[] => [file.value, operations];

function factChanges(before: SpecFacts, after: SpecFacts): Change[] {
  const [old, fresh] = [flatten(before), flatten(after)];
  for (const each of [old, fresh])
    for (const name of ["title", "permission.action", "permission.access", "name"]) each.delete(name);
  const sent = requestSchemas(after);
  const keys = [...new Set([...old.keys(), ...fresh.keys()])];
  // What is said of a field that is new, or gone, goes without saying.
  const parts = keys.filter((key) => old.has(key) !== fresh.has(key));
  const isTold = (key: string) => parts.some((part) => key.startsWith(`${part}.`) && !SUFFIX.test(part));
  return keys.flatMap((key): Change[] => {
    const [a, b] = [old.get(key), fresh.get(key)];
    if (a === b || isTold(key)) return [];
    const isRequest = /^(?:path|query|header|body|form)\b/.test(key) || sent.has(key.split(".")[0] ?? "");
    return judge(key, a, b, isRequest, fresh.get(`${key}.required`)).map(({ bump, difference }) => ({
      bump,
      text: `\`${before.operation}\` ${key}${difference}`,
    }));
  });
}

const SUFFIX = /\.(?:enum|default|minimum|maximum|minLength|maxLength|pattern|requires|required|nonEmpty)$/;

interface Judged {
  readonly bump: Bump;
  readonly difference: string;
}

function judge(
  key: string,
  before: Value | undefined,
  after: Value | undefined,
  isRequest: boolean,
  required: Value | undefined,
): Judged[] {
  const difference =
    before === undefined
      ? ` is new: ${after}`
      : after === undefined
        ? ` is gone (was ${before})`
        : `: ${before} → ${after}`;
  const as = (bump: Bump): Judged[] => [{ bump, difference }];
  const narrowing = (narrows: boolean) => as(isRequest ? (narrows ? "major" : "minor") : "patch");
  switch (SUFFIX.exec(key)?.[0]) {
    case ".enum":
      return judgeEnum(before, after);
    case ".default":
      return as("minor");
    case ".minimum":
    case ".minLength":
      return narrowing(after !== undefined && (before === undefined || after > before));
    case ".maximum":
    case ".maxLength":
      return narrowing(after !== undefined && (before === undefined || after < before));
    case ".pattern":
      return narrowing(after !== undefined);
    case ".requires":
      return narrowing(before === undefined || String(after ?? "").length > String(before).length);
    case ".required":
      return (after === "yes") === isRequest ? as("major") : as("minor");
    default:
      break;
  }
  if (before === undefined) return as(isRequest && required === "yes" ? "major" : "minor");
  // Both are `number` to TypeScript.
  const isSameToUsers = String(before).replace("(int64)", "") === String(after).replace("(int64)", "");
  return as(after !== undefined && isSameToUsers ? "patch" : "major");
}

/** Value by value: lists are open, so a new one breaks nobody. */
function judgeEnum(before: Value | undefined, after: Value | undefined): Judged[] {
  const values = (list: Value | undefined) => (list === undefined ? [] : String(list).split(","));
  const [old, fresh] = [values(before), values(after)];
  const gone = old.filter((value) => !fresh.includes(value));
  const added = fresh.filter((value) => !old.includes(value));
  // Without a list everything may be sent.
  if (after === undefined) return [{ bump: "minor", difference: `: any value (was ${before})` }];
  return [
    ...gone.map((value): Judged => ({ bump: "major", difference: `: without \`${value}\`` })),
    ...added.map((value): Judged => ({ bump: "minor", difference: `: also \`${value}\`` })),
  ];
}

/** The structures that callers send. */
function requestSchemas({ body, parameters, schemas }: SpecFacts): Set<string> {
  const found = new Set<string>();
  const open = [...(body ? [body] : []), ...parameters.map(({ type }) => type)];
  for (let type = open.pop(); type !== undefined; type = open.pop()) {
    if (type.items !== undefined) open.push(type.items);
    const name = type.schema;
    if (name === undefined || found.has(name)) continue;
    found.add(name);
    open.push(...(schemas.find((schema) => schema.name === name)?.fields ?? []).map((field) => field.type));
  }
  return found;
}

type Operation = ServiceModel["operations"][number];

/** What the descriptor holds beside the parameters. */
function otherChanges(before: Operation, after: Operation): Change[] {
  const changes: Change[] = [];
  const tell = (bump: Bump, text: string) => changes.push({ bump, text: `\`${after.id}\` ${text}` });
  if (!isDeepStrictEqual(before.pages, after.pages))
    tell(after.pages === undefined ? "major" : "minor", "is paged otherwise");
  if (!isDeepStrictEqual(before.job, after.job))
    tell(after.job === undefined ? "major" : "minor", "is waited for otherwise");
  if (before.deprecated !== after.deprecated)
    tell("minor", after.deprecated ? "is deprecated" : "is no longer deprecated");
  return changes;
}
