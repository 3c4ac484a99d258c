import type { Job, Pages } from "@typedcloud/runtime/operation";
import { parseExtension } from "../extensions.ts";
import type { Place } from "../place.ts";
import { suggest } from "../validation.ts";
import type { ParameterPlace } from "./parameters.ts";
import type { Report } from "./report.ts";
import { enumOf, fieldOf, isRequired, itemOf, suggestField, typeOf } from "./schema.ts";

/** Fields of `x-job` that name fields of the job. */
const FIELDS = [
  ["id"],
  ["status"],
  ["type"],
  ["startedAt"],
  ["endedAt"],
  ["progress"],
  ["error", "code"],
  ["error", "message"],
  ["resource"],
  ["children"],
];

/** Reads `x-job`, and checks that what it names exists and that every status has its state. */
export function readJob(
  operation: Place,
  response: Place | undefined,
  pages: Pages | undefined,
  parameters: readonly ParameterPlace[],
  report: Report,
): Job | undefined {
  const job = operation.at("x-job");
  if (!job.exists) return undefined;
  const schema = operation.has("x-pagination") ? response && itemOf(response, pages?.items) : response;
  checkFind(job, parameters, report);
  if (!job.has("find") && !operation.has("x-pagination")) {
    const message =
      "x-job: there is no way to find a job. Add find, or x-pagination, whose pages are then searched.";
    report(job.problem("job", message, "key"));
  }
  if (schema !== undefined) {
    for (const keys of FIELDS) checkField(job.at(...keys), schema, report);
    checkStates(job, schema, report);
  }
  return parseExtension.job(job.value);
}

function checkFind(job: Place, parameters: readonly ParameterPlace[], report: Report): void {
  const find = job.text("find");
  const [, where = "", name = "", list = ""] = find?.match(/^(query|path)\.(.+?)(\[\])?$/) ?? [];
  if (find === undefined || where === "") return;
  const refuse = (message: string) => report(job.at("find").problem("job", `find: ${message}`));
  const candidates = parameters.filter((parameter) => parameter.in === where);
  const parameter = candidates.find((candidate) => candidate.name === name);
  if (parameter === undefined) {
    refuse(
      `there is no ${where} parameter "${name}". ${suggest(
        name,
        candidates.map((candidate) => candidate.name),
      )}`,
    );
    return;
  }
  const schema = parameter.place.at("schema").follow();
  const isList = schema !== undefined && typeOf(schema) === "array";
  if (isList && list === "") refuse(`"${name}" takes a list. Write ${where}.${name}[].`);
  if (!isList && list !== "") refuse(`"${name}" takes no list. Write ${where}.${name}.`);
}

function checkField(field: Place, schema: Place, report: Report): void {
  if (typeof field.value !== "string") return;
  const found = fieldOf(schema, field.value);
  if (found === undefined) {
    const message = `${field.key}: the job has no field "${field.value}". ${suggestField(schema, field.value)}`;
    report(field.problem("job", message));
  } else if (["id", "status"].includes(field.key) && !isRequired(schema, field.value)) {
    const message = `${field.key}: "${field.value}" is not required. Without it a job cannot be watched: list it under required.`;
    report(field.problem("job", message));
  } else if (field.key === "children" && typeOf(found) !== "array") {
    report(field.problem("job", `children: "${field.value}" is not an array. Name the list of sub-jobs.`));
  }
}

function checkStates(job: Place, schema: Place, report: Report): void {
  const path = job.text("status");
  const status = path === undefined ? undefined : fieldOf(schema, path);
  // A $ref that leads nowhere has its own problem.
  if (path === undefined || status === undefined || status.has("$ref")) return;
  const known = enumOf(status).all.map(String);
  if (known.length === 0) {
    report(
      job
        .at("status")
        .problem("job-status", `"${path}" has no enum. List its values there: each needs a state.`),
    );
    return;
  }
  const states = new Map<string, string>();
  for (const word of job
    .at("states")
    .children()
    .flatMap((state) => state.children())) {
    if (typeof word.value !== "string") continue;
    const refuse = (message: string) => report(word.problem("job-status", message));
    const state = states.get(word.value);
    if (state !== undefined) refuse(`"${word.value}" is ${state} already. Leave it in one state.`);
    if (!known.includes(word.value))
      refuse(`"${word.value}" is not in the enum of "${path}". ${suggest(word.value, known)}`);
    states.set(word.value, state ?? word.parent.key);
  }
  for (const word of job.at("rollback").children()) {
    const state = states.get(String(word.value));
    if (state !== "pending" && state !== "failed")
      report(
        word.problem(
          "job-status",
          `rollback: "${word.value}" is ${state ?? "in no state"}. A rollback is pending, or it failed.`,
        ),
      );
  }
  for (const word of known.filter((value) => !states.has(value))) {
    report(
      job.at("states").problem("job-status", `"${word}" of "${path}" is in no state. Add it to one.`, "key"),
    );
  }
}
