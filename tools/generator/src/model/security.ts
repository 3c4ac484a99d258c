import type { Place } from "../place.ts";
import { suggest } from "../validation.ts";
import type { Report } from "./report.ts";

/** Every scheme that `security` names must be one of the document's. */
export function checkSecurity(document: Place, operations: readonly Place[], report: Report): void {
  const schemes = Object.keys(document.at("components", "securitySchemes").value ?? {});
  for (const holder of [document, ...operations]) {
    for (const scheme of holder
      .at("security")
      .children()
      .flatMap((alternative) => alternative.children())) {
      if (schemes.includes(scheme.key)) continue;
      const message = `There is no security scheme "${scheme.key}". ${suggest(scheme.key, schemes)}`;
      report(scheme.problem("security", message, "key"));
    }
  }
}
