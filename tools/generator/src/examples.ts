import { pathToFileURL } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { SpecificationFile } from "./file.ts";
import { propertiesOf } from "./model/schema.ts";
import type { Place } from "./place.ts";
import type { Problem } from "./problem.ts";
import type { Node } from "./structure.ts";
import { createValidator, describeErrors, suggest } from "./validation.ts";

/** Makes a check that refuses examples and defaults which are not what their schemas say. */
export function exampleChecker(files: Iterable<SpecificationFile>): (nodes: readonly Node[]) => Problem[] {
  // The schemas have been checked, and hold OpenAPI's keywords beside JSON Schema's.
  const ajv = createValidator({
    strict: false,
    validateSchema: false,
    logger: false,
    // Most schemas validate a single example: making their code faster takes longer than running it.
    code: { optimize: false },
  });
  for (const file of files) {
    const schemas = withUndocumented(file.value);
    if (typeof schemas === "object" && schemas !== null && !Array.isArray(schemas))
      ajv.addSchema(schemas, uriOf(file));
  }
  return (nodes) =>
    nodes.flatMap(({ kind, place }) => samplesOf(kind, place)).flatMap((sample) => checkSample(ajv, sample));
}

/** The same with enums that hold what `x-undocumented` adds to them: an example may show it. */
function withUndocumented(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withUndocumented);
  if (typeof value !== "object" || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withUndocumented(item)]));
  const { enum: documented, "x-undocumented": others } = copy;
  return Array.isArray(documented) && Array.isArray(others)
    ? { ...copy, enum: [...new Set([...documented, ...others])] }
    : copy;
}

function checkSample(ajv: Ajv2020, { schema, sample }: Sample): Problem[] {
  try {
    const validate = ajv.compile({ $ref: `${uriOf(schema.file)}#${schema.path.map(encode).join("")}` });
    validate(sample.value);
    const mismatches = describeErrors(validate.errors).map(({ path, aspect, subject, message }) => {
      const name = [sample.key, ...subject].join(".");
      return sample
        .at(...path)
        .problem("example", `${name}: ${message} Correct the example or the schema.`, aspect);
    });
    return [...mismatches, ...undocumented(sample, schema)];
  } catch (error) {
    // A $ref that leads nowhere has its own problem.
    if (!(error instanceof Error) || error instanceof Ajv2020.MissingRefError) return [];
    return [schema.problem("schema", `${error.message}. Correct the schema.`)];
  }
}

const uriOf = (file: SpecificationFile): string => pathToFileURL(file.absolute).href;

const encode = (key: string): string =>
  `/${encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))}`;

interface Sample {
  readonly schema: Place;
  readonly sample: Place;
}

/** The values that an object gives as examples, each with the schema that it should fit. */
function samplesOf(kind: string, place: Place): Sample[] {
  const with_ = (schema: Place, samples: readonly (Place | undefined)[]) =>
    samples.flatMap((sample): Sample[] => (sample?.exists && schema.exists ? [{ schema, sample }] : []));
  switch (kind) {
    case "MediaType":
    case "Parameter":
    case "Header":
      return with_(place.at("schema"), [
        place.at("example"),
        ...place
          .at("examples")
          .children()
          .map((example) => example.follow()?.at("value")),
      ]);
    case "Schema":
      return with_(place, [place.at("default"), place.at("example"), ...place.at("examples").children()]);
    default:
      return [];
  }
}

/**
 * Fields of an example that its schema does not name. JSON Schema lets them pass, but then either the example or the
 * schema lacks what the page says.
 */
function undocumented(sample: Place, schema: Place): Problem[] {
  const target = schema.follow();
  if (target === undefined) return [];
  if (sample.isList)
    return target.has("items")
      ? sample.children().flatMap((item) => undocumented(item, target.at("items")))
      : [];
  const properties = propertiesOf(target);
  const others = target.at("additionalProperties");
  const isOpen = properties.size === 0 || others.exists || target.has("patternProperties");
  return sample.children().flatMap((field) => {
    const property = properties.get(field.key);
    if (property !== undefined || isOpen) return undocumented(field, property ?? others);
    const message = `"${field.key}" is not in the schema. ${suggest(field.key, [...properties.keys()])}`;
    return [field.problem("example", message, "key")];
  });
}
