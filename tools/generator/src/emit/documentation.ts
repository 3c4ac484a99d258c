import type { Oas3Parameter } from "@redocly/openapi-core/lib/typings/openapi.js";
import { type AnySchema, constraints } from "./constraints.ts";
import { code, commentLines } from "./text.ts";

/** What openapi-typescript makes comments of. */
export interface Documented {
  title?: string;
  summary?: string;
  description?: string;
}

/** Replaces an object's texts by one comment: what it says of itself, and what else is known in sentences. */
export function document(node: Documented, sentences: readonly string[] = []): void {
  const texts = [node.title, node.summary, node.description].filter(
    (text) => text !== undefined && text.trim() !== "",
  );
  const said = texts.join("\n\n");
  // Authors may have said it already, and better placed.
  const facts = sentences.filter((sentence) => !said.includes(sentence)).join(" ");
  const comment = commentLines([...texts, facts].filter((text) => text !== "").join("\n\n")).join("\n");
  delete node.summary;
  delete node.description;
  if (comment === "") delete node.title;
  else node.title = comment;
}

/** A parameter's comment holds what its schema says: the schema's own is not shown at the call. */
export function documentParameter(parameter: Oas3Parameter, schema: AnySchema | undefined): void {
  const requires: unknown = Object.entries(parameter).find(([key]) => key === "x-requires")?.[1];
  const others = Array.isArray(requires) ? requires.map((name) => code(String(name))) : [];
  document(parameter, [
    ...(schema ? constraints(schema) : []),
    ...(others.length > 0 ? [`Only together with ${others.join(" and ")}.`] : []),
  ]);
}

/** A schema's comment; the fields that openapi-typescript would make tags of go. */
export function documentSchema(schema: AnySchema): void {
  document(schema, constraints(schema));
  delete schema.default;
  delete schema.format;
}
