import type { Place } from "typedcloud/checked";
import type { Type } from "../facts.ts";
import type { Context } from "./context.ts";
import type { Severity } from "./finding.ts";
import { compareObject } from "./structure.ts";
import { describeType } from "./type.ts";

interface Bodies {
  readonly page: Type | undefined;
  readonly spec: Type<Place> | undefined;
  readonly isRequest: boolean;
  /** What findings call the body. */
  readonly where: string;
  /** What findings call what stands in it. */
  readonly within: string;
  /** Where a body stands that one side lacks. */
  readonly line: number;
  readonly place: Place;
  /** What a body means that was not there before. */
  readonly severity: Severity;
}

/** The body of a request, or of one of its answers. */
export function compareBodies(context: Context, bodies: Bodies): void {
  const { page, spec, where, within, line, place, severity, isRequest } = bodies;
  if (page !== undefined && spec !== undefined) compareObject(context, page, spec, within, isRequest);
  else if (page !== undefined)
    context.added(where, { value: describeType(page), at: page.at }, place, severity);
  else if (spec !== undefined)
    context.removed(where, { value: describeType(spec), at: spec.at }, line, "breaking");
}
