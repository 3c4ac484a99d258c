import type { Place } from "../place.ts";
import type { Report } from "./report.ts";

/** What an operation may answer when it succeeds. The types of what a call gives know these statuses. */
const SUCCESSES: ReadonlySet<string> = new Set(
  [200, 201, 202, 203, 204, 205, 206, 207, 208, 226].map(String),
);

/** Those whose answers have no body, by HTTP. */
const BODILESS: ReadonlySet<string> = new Set(["204", "205"]);

/** Refuses statuses that are none, and successes whose bodies would have no type. */
export function checkStatuses(operation: Place, report: Report): void {
  for (const response of operation.at("responses").children()) {
    const status = response.key;
    const refuse = (message: string) => report(response.problem("status", message, "key"));
    if (!/^([1-5]\d\d|[1-5]XX|default)$/.test(status))
      refuse(`"${status}" is no status. Write a number such as "200", a range such as "4XX", or default.`);
    else if (isSuccess(status) && !SUCCESSES.has(status))
      refuse(`"${status}": success needs a status of its own. Write one of ${[...SUCCESSES].join(", ")}.`);
    const content = response.follow()?.at("content");
    if (BODILESS.has(status) && content !== undefined && content.children().length > 0)
      refuse(`An answer of ${status} has no body. Remove content, or correct the status.`);
  }
}

/** Whether a key of `responses` stands for success. */
export const isSuccess = (status: string): boolean => status.startsWith("2");
