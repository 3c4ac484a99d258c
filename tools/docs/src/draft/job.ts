import type { Field, Parameter, Type, Value } from "../facts.ts";
import { isRollback, type State, stateOf } from "./states.ts";

/** A proposal for `x-job`, and what of it is not evident. */
export interface JobProposal {
  readonly job: Readonly<Record<string, unknown>>;
  readonly status: string;
  readonly id: string;
  readonly decisions: readonly string[];
}

const IDS = ["job_id", "JobId", "task_id", "TaskId", "id", "Id"];
const STATUSES = [
  "status",
  "Status",
  "state",
  "State",
  "job_status",
  "task_status",
  "JobStatus",
  "TaskStatus",
];

/** How a job is watched, where an object looks like one: it has an ID and a status whose words are known. */
export function jobOf(
  type: Type | undefined,
  parameters: readonly Parameter[],
  fieldsOf: (type: Type) => readonly Field[],
  words: (status: string) => readonly Value[],
): JobProposal | undefined {
  const fields = type === undefined ? [] : fieldsOf(type);
  const first = (names: readonly string[]) =>
    names.find((name) => fields.some((field) => field.name === name));
  const id = first(IDS);
  const status = first(STATUSES);
  const values = status === undefined ? [] : words(status).map(String);
  // A thing with an ID and a status may be anything; a job says what it does, or fails.
  const looksLikeJob = fields.some(({ name }) => /job|task|operate|reason|error/i.test(name));
  if (id === undefined || status === undefined || values.length === 0 || !looksLikeJob) return undefined;
  const states: Partial<Record<State, string[]>> = {};
  const decisions: string[] = [];
  for (const value of values) {
    const state = stateOf(value);
    if (state === undefined) decisions.push(`x-job.states: what state "${value}" is; pending for now`);
    const words = states[state ?? "pending"] ?? [];
    words.push(value);
    states[state ?? "pending"] = words;
  }
  const rollback = values.filter(
    (value) => isRollback(value) && /^(pending|failed)$/.test(stateOf(value) ?? ""),
  );
  const [code, message] = [
    first(["error_code", "ErrorCode", "code"]),
    first(["error_msg", "ErrorMessage", "fail_reason", "reason", "error_message", "message"]),
  ];
  const facts = {
    find: findOf(id, parameters),
    id,
    status,
    states,
    rollback: rollback.length ? rollback : undefined,
    type: first(
      ["job_type", "JobType", "job_name", "ApiName", "type", "task_type", "TaskAction", "name"].filter(
        (name) => name !== status,
      ),
    ),
    startedAt: first([
      "begin_time",
      "created_time",
      "created_at",
      "CreateTime",
      "start_time",
      "StartTime",
      "create_time",
    ]),
    endedAt: first([
      "end_time",
      "ended_time",
      "finished_at",
      "ModifyTime",
      "EndTime",
      "finish_time",
      "FinishTime",
    ]),
    progress: first(["progress", "Progress", "process"]),
    error:
      code === undefined && message === undefined
        ? undefined
        : { ...(code ? { code } : {}), ...(message ? { message } : {}) },
    resource: first(["resource_id", "ResourceId", "instance_id", "InstanceId"]),
    children: childrenOf(fields, fieldsOf),
  };
  return {
    job: Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)),
    status,
    id,
    decisions,
  };
}

function findOf(id: string, parameters: readonly Parameter[]): string | undefined {
  const names = [id, `job_${id}`, `Job${id}`, `JobIds`, `TaskIds`];
  for (const where of ["path", "query"]) {
    const found = parameters.find((parameter) => parameter.in === where && names.includes(parameter.name));
    if (found !== undefined) return `${where}.${found.name}${found.type.kind === "array" ? "[]" : ""}`;
  }
  return undefined;
}

function childrenOf(
  fields: readonly Field[],
  fieldsOf: (type: Type) => readonly Field[],
): string | undefined {
  const isChildren = ({ name, type }: Field) => /^sub_?(?:jobs|tasks)$/i.test(name) && type.kind === "array";
  for (const field of fields) {
    if (isChildren(field)) return field.name;
    const inner = field.type.kind === "object" ? fieldsOf(field.type).find(isChildren) : undefined;
    if (inner !== undefined) return `${field.name}.${inner.name}`;
  }
  return undefined;
}
