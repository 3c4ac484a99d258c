import { bundle, createConfig } from "@redocly/openapi-core";
import type { Oas3Parameter } from "@redocly/openapi-core/lib/typings/openapi.js";
import type { Oas3Decorator } from "@redocly/openapi-core/lib/visitors.js";
import type { OpenAPI3 } from "openapi-typescript";
import type { SpecificationFile } from "../file.ts";
import { LoadedFiles, toRedocly } from "../structure.ts";
import type { AnySchema } from "./constraints.ts";
import { type Documented, document, documentParameter, documentSchema } from "./documentation.ts";

/** Where a string enum's values go that may grow. */
export const OPEN_ENUM = "x-open-enum";

/**
 * A service's specification as one document, made ready for openapi-typescript: everything that it refers to in other
 * files is in it, examples are not, and all documentation stands in `title`, the one field whose text becomes the
 * comment as it is.
 */
export const typesDocument = (
  file: SpecificationFile,
  files: ReadonlyMap<string, SpecificationFile>,
): Promise<OpenAPI3> => bundled(file, files, prepare);

/**
 * A service's specification as one document to validate with: everything that it refers to in other files is in it,
 * and strings that may get new values are told by {@link OPEN_ENUM} and take any.
 */
export const validationDocument = (
  file: SpecificationFile,
  files: ReadonlyMap<string, SpecificationFile>,
): Promise<OpenAPI3> => bundled(file, files, () => ({ Schema: { leave: openEnum } }));

async function bundled(
  file: SpecificationFile,
  files: ReadonlyMap<string, SpecificationFile>,
  decorator: Oas3Decorator,
): Promise<OpenAPI3> {
  const config = await createConfig({
    plugins: [{ id: "typedcloud", decorators: { oas3: { prepare: decorator } } }],
    decorators: { "typedcloud/prepare": "on" },
  });
  // Bundling and preparing write into the documents, which other services share.
  const copy = (original: SpecificationFile) => structuredClone(original.value);
  const { bundle: document } = await bundle({
    config,
    doc: toRedocly(file, copy(file)),
    externalRefResolver: new LoadedFiles(files, copy),
  });
  // Checked against OpenAPI 3.1 before: Redocly gives `any` here.
  return document.parsed as OpenAPI3;
}

/** Notes what is there while Redocly bundles, and rewrites it at the end: parameters read their schemas. */
const prepare: Oas3Decorator = () => {
  const schemas = new Set<AnySchema>();
  const parameters = new Map<Oas3Parameter, AnySchema | undefined>();
  const others = new Set<Documented & Sampled>();
  const note = (node: object) => void others.add(node);
  return {
    Schema: { leave: (node) => void schemas.add(node) },
    Parameter: {
      leave: (node, { resolve }) =>
        void parameters.set(node, node.schema && resolve<AnySchema>(node.schema).node),
    },
    Header: { leave: note },
    MediaType: { leave: note },
    Operation: { leave: note },
    PathItem: { leave: note },
    RequestBody: { leave: note },
    Response: { leave: note },
    // What a reference adds to its target's description.
    ref: { leave: note },
    Root: {
      leave: ({ components }) => {
        for (const [node, schema] of parameters) documentParameter(node, schema);
        for (const node of others) document(node);
        for (const node of schemas) {
          documentSchema(node);
          openEnum(node);
        }
        for (const node of [...parameters.keys(), ...others, ...schemas]) removeExamples(node);
        delete components?.examples;
      },
    },
  };
};

interface Sampled {
  example?: unknown;
  examples?: unknown;
}

function removeExamples(node: Sampled): void {
  delete node.example;
  delete node.examples;
}

/** Strings may get new values, unless the specification closes their list; numbers may not. */
function openEnum(schema: EnumSchema): void {
  const values = [...new Set([...(schema.enum ?? []), ...(schema["x-undocumented"] ?? [])])].filter(
    (value) => value !== null,
  );
  if (values.length === 0) return;
  if (schema["x-closed"] || !values.every((value) => typeof value === "string")) {
    schema.enum = values;
    return;
  }
  schema[OPEN_ENUM] = values;
  delete schema.enum;
}

/** The fields of a schema that tell its values. */
interface EnumSchema {
  enum?: unknown[];
  "x-closed"?: boolean;
  "x-undocumented"?: unknown[];
  [OPEN_ENUM]?: unknown[];
}
