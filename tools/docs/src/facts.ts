/**
 * What one documentation page says about one operation, and what a specification says about it: both in this form, so
 * that they can be compared. `At` is where a fact stands: a line of a page, or a place of a specification.
 */
export interface Facts<At = number> {
  /** The operation's name as the vendor writes it: the action, or the class name of the page's samples. */
  readonly name: Fact<string, At> | undefined;
  readonly title: Fact<string, At> | undefined;
  /** The day of the edition: `2025-09-22`. */
  readonly updated: Fact<string, At> | undefined;
  readonly method: Fact<string, At> | undefined;
  readonly path: Fact<string, At> | undefined;
  readonly version: Fact<string, At> | undefined;
  readonly permission: Fact<{ readonly action: string; readonly access: string }, At> | undefined;
  readonly parameters: readonly Parameter<At>[];
  /** The request's body. */
  readonly body: Type<At> | undefined;
  /** Whether the body must be sent; unknown where the page says it of the body's fields only. */
  readonly bodyRequired: Fact<"yes" | "no", At> | undefined;
  readonly responses: readonly Response<At>[];
  /** The structures that have names. */
  readonly schemas: readonly Schema<At>[];
  readonly examples: readonly Example<At>[];
}

/** A page's facts, and what of the page was not understood. */
export interface PageFacts extends Facts {
  /** The page, as the caller named it. */
  readonly page: string;
  readonly site: Site;
  readonly language: Language;
  readonly rendering: Rendering;
  readonly notUnderstood: readonly Note[];
}

export type Site = "huaweicloud" | "alibabacloud";
export type Language = "zh" | "en";
/** How the page was saved. */
export type Rendering = "text" | "html" | "markdown" | "cells" | "snippet";

/** Something on a page that no rule covers. */
export interface Note {
  readonly line: number;
  readonly message: string;
  /** The structure whose fields are not known because of it. */
  readonly hides?: string;
}

export interface Fact<T, At = number> {
  readonly value: T;
  readonly at: At;
}

export type Value = string | number | boolean;

export interface Schema<At = number> {
  readonly name: string;
  readonly at: At;
  readonly fields: readonly Field<At>[];
}

export interface Response<At = number> {
  /** `200`, `default`. */
  readonly status: string;
  readonly at: At;
  readonly body: Type<At> | undefined;
  readonly headers: readonly Field<At>[];
}

export interface Example<At = number> {
  readonly of: "request" | "response";
  readonly status: string | undefined;
  readonly at: At;
  readonly value: unknown;
}

export type Kind = "string" | "integer" | "number" | "boolean" | "object" | "array" | "map" | "any";

/** The type of a value. */
export interface Type<At = number> {
  readonly kind: Kind;
  readonly at: At;
  /** `int64`, `float`, `double`. */
  readonly format?: string;
  /** The name of an object's structure. */
  readonly schema?: string;
  /** The fields of an object whose structure has no name. */
  readonly fields?: readonly Field<At>[];
  /** What a list or a map holds; absent where the page does not say. */
  readonly items?: Type<At>;
}

export type In = "path" | "query" | "header" | "form";

export interface Field<At = number> extends Constraints<At> {
  readonly name: string;
  readonly at: At;
  readonly type: Type<At>;
  /** Unknown where the page has no such column, or the saved page has lost it. */
  readonly required: "yes" | "no" | "unknown";
  readonly requiredAt: At;
}

export interface Parameter<At = number> extends Field<At> {
  readonly in: In;
}

/** Bounds of a value, of a text's length and of a list's, by OpenAPI's names. */
export const BOUNDS = ["minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"] as const;

/** What is said about the values of a field. */
export interface Constraints<At = number> {
  readonly enum?: Fact<readonly Value[], At>;
  readonly default?: Fact<Value, At>;
  readonly minimum?: Fact<number, At>;
  readonly maximum?: Fact<number, At>;
  readonly minLength?: Fact<number, At>;
  readonly maxLength?: Fact<number, At>;
  /** How many items a list has. */
  readonly minItems?: Fact<number, At>;
  readonly maxItems?: Fact<number, At>;
  readonly pattern?: Fact<string, At>;
  /** Parameters that must be sent together with this one. */
  readonly requires?: Fact<readonly string[], At>;
  /** An empty value is refused. */
  readonly nonEmpty?: Fact<boolean, At>;
}
