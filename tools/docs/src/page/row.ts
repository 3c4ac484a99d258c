import type { Line } from "./item.ts";
import type { TypeCell } from "./type.ts";

/** A row of a table of parameters or fields, with its cells recognised. */
export interface Row {
  /** Empty where the row has none: an item of an array, or a name that a rendering has lost. */
  readonly name: string;
  readonly line: number;
  readonly required: "yes" | "no" | "unknown";
  readonly requiredLine: number;
  /** `any` where the row names none. */
  readonly type: TypeCell;
  /** Whether the row names its type. */
  readonly isTyped: boolean;
  readonly description: readonly Line[];
  /** How deep the marks before the name say that it stands; only where the table has such marks. */
  readonly depth?: number;
  readonly example?: string;
}

/** A table of parameters or fields. */
export interface Grid {
  readonly kind: "grid";
  readonly line: number;
  /** What its caption says behind the number. */
  readonly caption: string | undefined;
  readonly number: number | undefined;
  /** Whether the table has a column for the type. */
  readonly hasTypes: boolean;
  readonly rows: readonly Row[];
}
