import type { Line } from "./item.ts";
import type { TypeCell } from "./type.ts";

/** A row of a table of parameters or fields, with its cells recognised. */
export interface Row {
  readonly name: string;
  readonly line: number;
  readonly required: "yes" | "no" | "unknown";
  readonly requiredLine: number;
  readonly type: TypeCell;
  readonly description: readonly Line[];
}

/** A table of parameters or fields. */
export interface Grid {
  readonly kind: "grid";
  readonly line: number;
  /** What its caption says behind the number. */
  readonly caption: string | undefined;
  readonly number: number | undefined;
  readonly rows: readonly Row[];
}
