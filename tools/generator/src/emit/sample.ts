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
  const path = operation.pathParameters.filter((name) => name !== PROJECT);
  const groups = [group("path", path), group("query", operation.required)].filter(Boolean);
  return `client.${operation.id}${suffix}(${groups.length > 0 ? `{ ${groups.join(", ")} }` : ""})`;
}

/** A call that waits for a job. The client puts the job's id where `find` says. */
export function waitOf(operation: OperationModel): string {
  const found = operation.job?.find?.replace(/^path\./, "");
  const path = operation.pathParameters.filter((name) => name !== PROJECT && name !== found);
  const groups = [group("path", path), group("query", operation.required)].filter(Boolean);
  return `client.${operation.id}.wait("…"${groups.length > 0 ? `, { ${groups.join(", ")} }` : ""})`;
}

const group = (name: string, parameters: readonly string[]): string =>
  parameters.length > 0
    ? `${name}: { ${parameters.map((parameter) => `${propertyName(parameter)}: "…"`).join(", ")} }`
    : "";
