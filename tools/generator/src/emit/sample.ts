import type { Parameter } from "@typedcloud/runtime";
import type { OperationModel, ServiceModel } from "../model.ts";
import { literal, propertyName } from "./literal.ts";

/** The path parameter that a client fills in by itself. */
const PROJECT = "project_id";

/** The options that a first example needs: `{ region: "cn-north-4" }`. */
export function clientArguments({ region }: ServiceModel): string {
  return region === undefined ? "" : literal({ region });
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

function groupsOf(
  { pathParameters, required, query, body }: OperationModel,
  found: string | undefined,
): string[] {
  const path = pathParameters.filter((name) => name !== PROJECT && name !== found);
  return [
    ...group(
      "path",
      path.map((name) => [name, '"…"']),
    ),
    ...group(
      "query",
      required.map((name) => [name, sampleOf(query[name])]),
    ),
    ...(body === undefined ? [] : ["body: { /* … */ }"]),
  ];
}

/** A value that compiles. */
function sampleOf(parameter: Parameter | undefined): string {
  const [first] = parameter?.enum ?? [];
  if (first !== undefined) return literal(first);
  switch (parameter?.type) {
    case "integer":
    case "number":
      return String(parameter.minimum ?? 1);
    case "boolean":
      return "true";
    case "array":
      return '["…"]';
    default:
      return '"…"';
  }
}

const group = (name: string, values: readonly (readonly [parameter: string, value: string])[]): string[] =>
  values.length > 0
    ? [
        `${name}: { ${values.map(([parameter, value]) => `${propertyName(parameter)}: ${value}`).join(", ")} }`,
      ]
    : [];
