import { createConfig } from "@redocly/openapi-core";
import openapiTS, { astToString, NULL, type OpenAPI3, STRING, tsLiteral, tsUnion } from "openapi-typescript";
import ts from "typescript";
import type { ServiceModel } from "../model.ts";
import { OPEN_ENUM } from "./document.ts";
import { headerOf } from "./header.ts";

/** `src/schema.ts`: the types, by openapi-typescript. */
export async function emitSchema(model: ServiceModel, document: OpenAPI3): Promise<string> {
  const nodes = await openapiTS(document, {
    // The document is checked and bundled: nothing to lint, nothing to fetch.
    redocly: await createConfig({ rules: {} }),
    silent: true,
    // A documented default is what the server assumes, not what it answers.
    defaultNonNullable: false,
    // Of an object without properties anything may come, and be read; by default nothing could be in it.
    emptyObjectsUnknown: true,
    transform: (schema) => (OPEN_ENUM in schema ? openUnion(schema[OPEN_ENUM], schema.type) : undefined),
  });
  return `${headerOf(model)}\n\n${tidy(astToString(nodes))}`;
}

/** `"A" | "B" | (string & {})`: editors offer the known values, the compiler takes any. */
function openUnion(values: unknown, type: unknown): ts.TypeNode {
  const any = ts.factory.createParenthesizedType(
    ts.factory.createIntersectionTypeNode([STRING, ts.factory.createTypeLiteralNode([])]),
  );
  const known = Array.isArray(values) ? values.map(tsLiteral) : [];
  return tsUnion([...known, any, ...(Array.isArray(type) && type.includes("null") ? [NULL] : [])]);
}

/** openapi-typescript indents by four, and the second line of a comment by five more, which Markdown takes for code. */
const tidy = (text: string): string =>
  text
    .replaceAll(/^(?: {4})+/gm, (indent) => " ".repeat(indent.length / 2))
    .replaceAll(/^( *\*) {5}/gm, "$1 ")
    .replaceAll(/ +$/gm, "");
