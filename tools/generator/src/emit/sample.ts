import type { Parameter } from "@typedcloud/runtime/operation";
import type { OperationModel, ParameterGroup, ServiceModel } from "../model.ts";
import { literal } from "./literal.ts";

/** The path parameter that a client fills in by itself. */
const PROJECT = "project_id";

/** The options that a first example needs: `{ region: "cn-north-4" }`. */
export function clientArguments({ region }: ServiceModel, options: object = {}, column = 0): string {
  const given = { ...(region === undefined ? {} : { region }), ...options };
  return Object.keys(given).length > 0 ? literal(given, "", column) : "";
}

/**
 * A call of an operation with as little as it needs, behind what stands before it on its line:
 * `const answer = await client.showJob({ path: { job_id: "…" } })`.
 */
export function callOf(start: string, operation: OperationModel, suffix = ""): string {
  const call = `${start}client.${operation.id}${suffix}(`;
  return `${call}${argumentsOf(operation, call)})`;
}

/** A call that waits for a job. The client puts the job's id where `find` says. */
export function waitOf(start: string, operation: OperationModel): string {
  const call = `${start}client.${operation.id}.wait("…"`;
  const given = argumentsOf(operation, `${call}, `, operation.job?.find?.replace(/\[\]$/, ""));
  return `${call}${given === "" ? "" : `, ${given}`})`;
}

/**
 * @param before what stands before the arguments on their line
 * @param found the parameter that a call is not given: `query.job_id`
 */
function argumentsOf({ required, body }: OperationModel, before: string, found?: string): string {
  const groups = (["path", "query", "header"] as const).flatMap((group: ParameterGroup) => {
    const parameters = Object.entries(required[group]).filter(
      ([name]) => `${group}.${name}` !== found && !(group === "path" && name === PROJECT),
    );
    const samples = parameters.map(([name, parameter]) => [name, sampleOf(parameter)]);
    return samples.length > 0 ? [[group, Object.fromEntries(samples)]] : [];
  });
  const given = { ...Object.fromEntries(groups), ...(body === undefined ? {} : { body: {} }) };
  // One more for the bracket behind it.
  return Object.keys(given).length > 0 ? literal(given, indentOf(before), before.length + 1) : "";
}

const indentOf = (line: string): string => line.slice(0, line.length - line.trimStart().length);

/** A value that compiles. */
function sampleOf({ type, enum: [first] = [], minimum }: Parameter): unknown {
  if (first !== undefined) return first;
  switch (type) {
    case "integer":
    case "number":
      return minimum ?? 1;
    case "boolean":
      return true;
    case "array":
      return ["…"];
    default:
      return "…";
  }
}
