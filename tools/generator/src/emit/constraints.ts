import type { Oas3_1Schema, Oas3Schema } from "@redocly/openapi-core";
import { code } from "./text.ts";

/** Redocly's visitors cannot tell the versions apart. We know that it is 3.1. */
export type AnySchema = Oas3Schema | Oas3_1Schema;

/** What a specification says about a value besides its type, in sentences. */
export function constraints(schema: AnySchema): string[] {
  return [
    range(schema),
    extent("character", schema.minLength, schema.maxLength),
    extent("item", schema.minItems, schema.maxItems),
    schema.pattern === undefined ? "" : `Pattern: ${code(schema.pattern)}.`,
    schema.format === undefined ? "" : `Format: ${code(schema.format)}.`,
    field(schema, "x-unit") === "ms" ? "In milliseconds since 1970." : "",
    schema.default === undefined ? "" : `Default: ${code(JSON.stringify(schema.default))}.`,
    undocumented(field(schema, "x-undocumented")),
  ].filter((sentence) => sentence !== "");
}

/** Redocly's type knows OpenAPI's fields, not ours. */
const field = (schema: AnySchema, name: string): unknown =>
  Object.entries(schema).find(([key]) => key === name)?.[1];

function range({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: AnySchema): string {
  const bounds = [
    minimum !== undefined && maximum !== undefined && `from ${minimum} to ${maximum}`,
    minimum !== undefined && maximum === undefined && `at least ${minimum}`,
    minimum === undefined && maximum !== undefined && `at most ${maximum}`,
    typeof exclusiveMinimum === "number" && `above ${exclusiveMinimum}`,
    typeof exclusiveMaximum === "number" && `below ${exclusiveMaximum}`,
    multipleOf !== undefined && `a multiple of ${multipleOf}`,
  ];
  return sentence(bounds.filter((bound) => bound !== false).join(", "));
}

function extent(unit: string, least: number | undefined, most: number | undefined): string {
  const units = (count: number) => `${count} ${unit}${count === 1 ? "" : "s"}`;
  if (least !== undefined && most !== undefined)
    return least === most ? `Exactly ${units(least)}.` : `${least} to ${units(most)}.`;
  if (least !== undefined) return `At least ${units(least)}.`;
  return most === undefined ? "" : `At most ${units(most)}.`;
}

function undocumented(values: unknown): string {
  if (!Array.isArray(values)) return "";
  return `Not on the page: ${values.map((value) => code(String(value))).join(", ")}.`;
}

const sentence = (text: string): string =>
  text === "" ? "" : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
