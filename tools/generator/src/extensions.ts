import type { Job, Pages } from "@typedcloud/runtime/operation";
import schema from "./extensions.schema.json" with { type: "json" };
import type { Place } from "./place.ts";
import type { Problem } from "./problem.ts";
import type { Node } from "./structure.ts";
import { createValidator, describeErrors } from "./validation.ts";

const SCHEMA = "typedcloud:extensions";

const ajv = createValidator({
  // Its messages quote the schema's own words.
  verbose: true,
  discriminator: true,
  allowUnionTypes: true,
  strictRequired: false,
  strictTypes: false,
}).addSchema(schema, SCHEMA);

/** The objects that may carry x- fields. */
const KINDS = Object.keys(schema.$defs);

/** Refuses every x- field that is not one of ours, stands elsewhere than it should, or has another form. */
export function checkExtensions(nodes: readonly Node[]): Problem[] {
  const kinds = new Map(nodes.map(({ kind, place }) => [place.pointer, kind]));
  return nodes
    .filter(({ kind }) => kind === "SpecExtension")
    .flatMap(({ place }) => checkExtension(place, kinds.get(place.parent.pointer) ?? ""));
}

function checkExtension(place: Place, kind: string): Problem[] {
  const name = place.key;
  if (!KINDS.includes(kind)) {
    return [
      place.problem(
        "extension",
        `"${name}" cannot stand here. See specs/README.md for where x- fields stand.`,
        "key",
      ),
    ];
  }
  const validate = ajv.getSchema(`${SCHEMA}#/$defs/${kind}`);
  validate?.({ [name]: place.value });
  return describeErrors(validate?.errors).map(({ path, aspect, subject, message, mend }) =>
    place.parent
      .at(...path)
      .problem("extension", `${subject.join(".") || kind}: ${message} ${mend ?? "Correct it."}`, aspect),
  );
}

/** The x- fields that go into descriptors as they are; nothing if they are not as they should be. */
export const parseExtension = {
  pagination: parserOf<Pages>("Pagination"),
  job: parserOf<Job>("Job"),
};

function parserOf<T>(definition: string): (value: unknown) => T | undefined {
  const isValid = ajv.compile<T>({ $ref: `${SCHEMA}#/$defs/${definition}` });
  return (value) => (isValid(value) ? value : undefined);
}
