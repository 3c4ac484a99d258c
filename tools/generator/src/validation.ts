import { Ajv2020, type ErrorObject, type Options } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { closest, distance } from "fastest-levenshtein";
import { type Path, parsePointer } from "./place.ts";

/** What JSON Schema finds wrong with a value. */
export interface Mismatch {
  /** Where in the value. */
  readonly path: Path;
  /** Whether the key there is wrong, or what it holds. */
  readonly aspect: "key" | "value";
  /** The part of the value that the message is about. */
  readonly subject: Path;
  readonly message: string;
  /** How to mend it, if that can be told. */
  readonly mend: string | undefined;
}

/** A JSON Schema validator that finds all mistakes and knows the usual formats. */
export function createValidator(options: Options): Ajv2020 {
  // `required` may name `constructor`, which every object has.
  const ajv = new Ajv2020({ allErrors: true, ownProperties: true, ...options });
  // The module is CommonJS: Node gives the function as `default`, whose own `default` is the same function.
  addFormats.default(ajv);
  return ajv;
}

/** ajv's errors in words. */
export function describeErrors(errors: readonly ErrorObject[] | null | undefined): Mismatch[] {
  // That a choice failed says nothing that its branches do not say better.
  return (errors ?? [])
    .filter(({ keyword }) => !["anyOf", "oneOf", "if"].includes(keyword))
    .flatMap(describe);
}

function describe({ keyword, params, instancePath, parentSchema, message, data }: ErrorObject): Mismatch[] {
  const subject = parsePointer(instancePath);
  const at = (path: Path, aspect: Mismatch["aspect"], text: string, mend?: string): Mismatch[] => [
    { path, aspect, subject, message: text, mend },
  ];
  switch (keyword) {
    case "additionalProperties": {
      const name = String(params.additionalProperty);
      return at(
        [...subject, name],
        "key",
        `unknown field "${name}".`,
        suggest(name, Object.keys(parentSchema?.properties ?? {})),
      );
    }
    case "required":
      return at(subject, "key", `"${params.missingProperty}" is missing.`, "Add it.");
    case "enum":
      return at(subject, "value", `must be one of ${list(params.allowedValues)}.`);
    case "const":
      return at(subject, "value", `must be ${JSON.stringify(params.allowedValue)}.`);
    case "discriminator": {
      // Where it is missing, `required` says so.
      if (!Object.hasOwn(Object(data), params.tag)) return [];
      const known = branchesOf(parentSchema).map((branch) => branch.properties[params.tag]?.const);
      return at([...subject, params.tag], "value", `${params.tag} must be one of ${list(known)}.`);
    }
    default:
      return at(subject, "value", `${message ?? keyword}.`, parentSchema?.description);
  }
}

/** The branches of a schema with a discriminator: ajv has seen to it that they have properties. */
const branchesOf = (
  schema: ErrorObject["parentSchema"],
): { properties: Record<string, { const?: unknown }> }[] => schema?.oneOf ?? [];

const list = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(", ");

/** The known name that the writer may have meant, or all of them. */
export function suggest(name: string, known: readonly string[]): string {
  if (known.length === 0) return "Remove it.";
  const near = closest(name, [...known]);
  return distance(name, near) <= Math.max(2, name.length / 3)
    ? `Did you mean "${near}"?`
    : `There are ${list(known)}.`;
}
