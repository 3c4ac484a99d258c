import reservedIdentifiers from "reserved-identifiers";
import type { Place } from "../place.ts";
import type { Report } from "./report.ts";

/** `then` would make a client a promise; the others are what every object has. */
const TAKEN: ReadonlySet<string> = new Set([
  ...reservedIdentifiers({ includeGlobalProperties: true }),
  ...Object.getOwnPropertyNames(Object.prototype),
  "then",
  "prototype",
]);

/** Whether an operation may have this name: it becomes a client's method. ASCII, because people type it. */
const isIdentifier = (name: string): boolean => /^[A-Za-z][A-Za-z0-9_]*$/.test(name) && !TAKEN.has(name);

/** Reads `operationId`, the name of the client's method. */
export function readId(operation: Place, report: Report): string {
  const id = operation.text("operationId");
  if (id === undefined) {
    report(
      operation.problem(
        "operation-id",
        "operationId is missing. Add one: the name of the client's method.",
        "key",
      ),
    );
    return "";
  }
  if (!isIdentifier(id)) {
    const message = `operationId "${id}" cannot name a method. Use letters and digits, begin with a letter, and avoid JavaScript's own words.`;
    report(operation.at("operationId").problem("operation-id", message));
  }
  return id;
}

/** Ids that differ only in case or separators are too easily taken for one another. */
export function checkUnique(operations: readonly Place[], report: Report): void {
  const owners = new Map<string, string>();
  for (const operation of operations) {
    const id = operation.text("operationId");
    if (id === undefined) continue;
    const key = id.toLowerCase().replaceAll(/[-_]/g, "");
    const owner = owners.get(key);
    if (owner !== undefined) {
      const message = `operationId "${id}" ${owner === id ? "is taken" : `is too like "${owner}"`}. Choose another one.`;
      report(operation.at("operationId").problem("operation-id", message));
    }
    owners.set(key, owner ?? id);
  }
}
