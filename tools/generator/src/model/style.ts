import type { Service } from "@typedcloud/runtime/operation";
import type { OperationModel } from "../model.ts";
import type { Place } from "../place.ts";
import { type ParameterPlace, readParameters, within } from "./parameters.ts";
import type { Report } from "./report.ts";

/** Reads the API style, which a service has if its cloud has several. */
export function readStyle(document: Place, styles: readonly string[], report: Report): Service["style"] {
  const service = document.at("x-service");
  const style = service.text("style");
  if (style === undefined) {
    if (styles.length > 0 && service.exists) {
      const message = `style is missing. Add one of ${styles.join(", ")}: requests travel by it.`;
      report(service.problem("service", message));
    }
    return undefined;
  }
  // Its form has been checked.
  if (style !== "RPC" && style !== "ROA") return undefined;
  if (!styles.includes(style)) {
    const mend = styles.length > 0 ? `Write one of ${styles.join(", ")}.` : "Remove it.";
    report(service.at("style").problem("service", `style: the cloud has no style ${style}. ${mend}`));
    return undefined;
  }
  return style;
}

/** An RPC action has no path: the one in the document is its name, and so is the operation's. */
export function checkActions(document: Place, operations: readonly OperationModel[], report: Report): void {
  for (const { path, method, id } of operations) {
    const [, action] = path.match(/^\/([A-Za-z]\w*)$/) ?? [];
    const place = document.at("paths", path);
    if (action === undefined)
      report(
        place.problem("service", "An RPC action has no path. Write / and the action: /ListJobs.", "key"),
      );
    else if (id !== "" && id.toLowerCase() !== action.toLowerCase()) {
      const expected = `${action.charAt(0).toLowerCase()}${action.slice(1)}`;
      const message = `operationId "${id}" is not the action's name in camelCase. Write ${expected}.`;
      report((place.follow() ?? place).at(method, "operationId").problem("operation-id", message));
    }
    const item = place.follow() ?? place;
    // What is wrong with parameters otherwise has been told.
    for (const parameter of within(
      readParameters(item, item.at(method), () => {}),
      "query",
    ))
      checkNumbers(parameter, report);
  }
}

/** Documentation pages write `Tag.N.Key` for the fields of a list's items. */
function checkNumbers({ name, place }: ParameterPlace, report: Report): void {
  const [, list] = name.match(/^(.+?)\.(?:N|n|\d+)(?:\.|$)/) ?? [];
  if (list === undefined) return;
  const message = `"${name}": Write an array parameter ${list}: the numbers are written when it is sent.`;
  report(place.at("name").problem("parameter", message));
}
