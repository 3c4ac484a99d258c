import type { Parameter } from "@typedcloud/runtime/operation";
import type { OperationModel, ServiceModel } from "../model.ts";
import { literal, propertyName } from "./literal.ts";

/** The path parameter that a client fills in by itself. */
const PROJECT = "project_id";

/** The options that a first example needs: `{ region: "cn-north-4" }`. */
export function clientArguments({ region }: ServiceModel, options: object = {}, column = 0): string {
  const given = { ...(region === undefined ? {} : { region }), ...options };
  return Object.keys(given).length > 0 ? literal(given, "", column) : "";
}

/** A call of an operation with as little as it needs: `client.showJob({ path: { job_id: "…" } })`. */
export function callOf(operation: OperationModel, suffix = ""): string {
  const groups = groupsOf(operation, undefined);
  return `client.${operation.id}${suffix}(${groups.length > 0 ? `{ ${groups.join(", ")} }` : ""})`;
}

/** A call that waits for a job. The client puts the job's id where `find` says. */
export function waitOf(operation: OperationModel): string {
  const groups = groupsOf(operation, operation.job?.find?.replace(/^path\./, ""));
  return `client.${operation.id}.wait("…"${groups.length > 0 ? `, { ${groups.join(", ")} }` : ""})`;
}

function groupsOf({ required, body }: OperationModel, found: string | undefined): string[] {
  const path = Object.entries(required.path).filter(([name]) => name !== PROJECT && name !== found);
  return [
    ...group("path", path),
    ...group("query", Object.entries(required.query)),
    ...group("header", Object.entries(required.header)),
    ...(body === undefined ? [] : ["body: { /* … */ }"]),
  ];
}

/** A value that compiles. */
function sampleOf({ type, enum: [first] = [], minimum }: Parameter): string {
  if (first !== undefined) return literal(first);
  switch (type) {
    case "integer":
    case "number":
      return String(minimum ?? 1);
    case "boolean":
      return "true";
    case "array":
      return '["…"]';
    default:
      return '"…"';
  }
}

const group = (name: string, parameters: readonly (readonly [name: string, parameter: Parameter])[]) =>
  parameters.length > 0
    ? [
        `${name}: { ${parameters.map(([key, parameter]) => `${propertyName(key)}: ${sampleOf(parameter)}`).join(", ")} }`,
      ]
    : [];
