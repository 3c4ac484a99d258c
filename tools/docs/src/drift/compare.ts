import type { PageFacts } from "../facts.ts";
import type { SpecFacts } from "../spec/facts.ts";
import { compareBodies } from "./body.ts";
import { Context } from "./context.ts";
import { compareExamples } from "./examples.ts";
import { compareRequired } from "./field.ts";
import type { Finding } from "./finding.ts";
import { compareOperation } from "./operation.ts";
import { compareParameters } from "./parameters.ts";
import { compareResponses } from "./responses.ts";

/**
 * Holds a page against its specification.
 *
 * @param snapshot the facts that the page stated when the specification was last brought into line with it
 */
export function compare(
  page: PageFacts,
  spec: SpecFacts,
  snapshot: ReadonlySet<string> = new Set(),
): Finding[] {
  const context = new Context(page, spec, snapshot);
  compareOperation(context);
  compareParameters(context);
  compareBodies(context, {
    page: page.body,
    spec: spec.body,
    isRequest: true,
    where: "body",
    within: "body",
    line: context.lineOf("query"),
    place: spec.place,
    severity: "breaking",
  });
  if (page.bodyRequired !== undefined && spec.bodyRequired !== undefined)
    compareRequired(context, page.bodyRequired, spec.bodyRequired, "body", true);
  compareResponses(context);
  context.enums.finish(page.examples);
  compareExamples(page.examples, spec.examples, context.renamed, context.report);
  return context.findings;
}
