import type { Place } from "typedcloud/checked";
import type { Finding } from "./finding.ts";

/** A difference before it has a file and an id. */
export interface Difference extends Pick<Finding, "kind" | "where" | "before" | "after" | "severity"> {
  /** The page's line. */
  readonly line: number;
  readonly place: Place;
}

export type Report = (difference: Difference) => void;
