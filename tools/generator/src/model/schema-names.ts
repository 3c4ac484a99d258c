import reservedIdentifiers from "reserved-identifiers";
import type { NamedSchema } from "../model.ts";
import type { Place } from "../place.ts";
import type { Report } from "./report.ts";

/** Words that name a type already. */
const TYPES = [
  "any",
  "bigint",
  "boolean",
  "never",
  "number",
  "object",
  "string",
  "symbol",
  "undefined",
  "unknown",
];

const RESERVED: ReadonlySet<string> = new Set([...reservedIdentifiers(), ...TYPES]);

const canNameType = (name: string): boolean => /^[A-Za-z_]\w*$/.test(name) && !RESERVED.has(name);

/**
 * The schemas that users can import by name. Those that no type can be called by (`job-list`) they reach through
 * `components`.
 *
 * @param taken what the package exports or declares besides
 */
export function readSchemas(document: Place, taken: readonly string[], report: Report): NamedSchema[] {
  const schemas = document.at("components", "schemas").children();
  for (const schema of schemas.filter(({ key }) => taken.includes(key))) {
    const message = `"${schema.key}" is a name of the package itself. Call the schema otherwise; a comment says what the page calls it.`;
    report(schema.problem("schema-name", message, "key"));
  }
  return schemas
    .filter(({ key }) => canNameType(key))
    .map((schema) => ({
      name: schema.key,
      description: schema.text("description") ?? schema.follow()?.text("description"),
    }));
}
