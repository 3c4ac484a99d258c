import type { Place } from "typedcloud/checked";
import type { Field } from "../facts.ts";
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
  if (page.required !== "unknown" && page.required !== spec.required) {
    context.changed(
      `${where}.required`,
      { value: spec.required, at: spec.requiredAt },
      { value: page.required, at: page.requiredAt },
      // What a caller need not send any more, and what an answer has for certain, breaks nobody.
      (page.required === "yes") === isRequest ? "breaking" : "compatible",
    );
  }
  context.enums.compare(page, spec, where, isRequest);
  const saidBefore = (fact: string) => context.snapshot.has(fact);
  compareConstraints(
    { page, spec, where, isRequest, saidBefore, parameters: context.parameterNames },
    context.report,
  );
}
