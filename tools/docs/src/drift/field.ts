import type { Place } from "typedcloud/checked";
import type { Fact, Field } from "../facts.ts";
import { compareConstraints } from "./constraints.ts";
import type { Context } from "./context.ts";
import { compareType } from "./structure.ts";

/** A parameter or a field that both have. */
export function compareField(
  context: Context,
  page: Field,
  spec: Field<Place>,
  where: string,
  isRequest: boolean,
): void {
  compareType(context, page.type, spec.type, where, isRequest);
  compareRequired(
    context,
    { value: page.required, at: page.requiredAt },
    { value: spec.required, at: spec.requiredAt },
    where,
    isRequest,
  );
  context.enums.compare(page, spec, where, isRequest);
  const saidBefore = (fact: string) => context.snapshot.has(fact);
  compareConstraints(
    { page, spec, where, isRequest, saidBefore, parameters: context.parameterNames },
    context.report,
  );
}

/** Whether something must be sent, or is always there. */
export function compareRequired(
  context: Context,
  page: Fact<Field["required"]>,
  spec: Fact<Field["required"], Place>,
  where: string,
  isRequest: boolean,
): void {
  if (page.value === "unknown" || page.value === spec.value) return;
  // What a caller need not send any more, and what an answer has for certain, breaks nobody.
  const severity = (page.value === "yes") === isRequest ? "breaking" : "compatible";
  context.changed(`${where}.required`, spec, page, severity);
}
