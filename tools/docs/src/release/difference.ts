import type { BOUNDS } from "../facts.ts";
import type { Side } from "./seen.ts";

export type Bump = "major" | "minor" | "patch";

/** A bound of a value, of a text's length or of a list's. */
export type Bound = (typeof BOUNDS)[number];

/** What can happen to a parameter or a field. */
export type FieldEvent =
  | { readonly kind: "new"; readonly type: string; readonly required: boolean }
  | { readonly kind: "gone"; readonly type: string }
  | { readonly kind: "type"; readonly before: string; readonly after: string }
  | { readonly kind: "required"; readonly required: boolean }
  | { readonly kind: "value new" | "value gone"; readonly value: string }
  | { readonly kind: "list new" | "list gone"; readonly values: readonly string[] }
  | { readonly kind: "closed"; readonly closed: boolean }
  | {
      readonly kind: Bound | "default" | "pattern" | "requires";
      readonly before: string | undefined;
      readonly after: string | undefined;
    };

/** What can happen to an operation. */
export type OperationEvent =
  | { readonly kind: "operation new" | "operation gone" | "paging" | "paging gone" | "job" | "job gone" }
  | { readonly kind: "deprecated"; readonly deprecated: boolean }
  | { readonly kind: "address"; readonly before: string; readonly after: string }
  | { readonly kind: "status new" | "status gone"; readonly status: string }
  | { readonly kind: "body new" | "body gone" }
  | { readonly kind: "body required"; readonly required: boolean }
  | {
      readonly kind: "state";
      readonly word: string;
      readonly before: string | undefined;
      readonly after: string;
    };

/** What can happen to a package as a whole. */
export type ServiceEvent =
  | { readonly kind: "first"; readonly operations: readonly string[] }
  | { readonly kind: "hosts" | "words" }
  | { readonly kind: "described"; readonly title: string; readonly version: string }
  | { readonly kind: "structure gone"; readonly name: string };

/** Something that users of a package see, before it is put into words. */
export type Difference =
  | {
      readonly of: "field";
      readonly bump: Bump;
      readonly operation: string;
      readonly side: Side;
      readonly path: string;
      readonly status: string | undefined;
      readonly event: FieldEvent;
    }
  | {
      readonly of: "operation";
      readonly bump: Bump;
      readonly operation: string;
      readonly event: OperationEvent;
    }
  | { readonly of: "service"; readonly bump: Bump; readonly event: ServiceEvent };
