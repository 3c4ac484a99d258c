import type { OpenAPI3 } from "openapi-typescript";
import { emitIndex } from "./emit/index.ts";
import { emitManifest } from "./emit/manifest.ts";
import { emitMocks } from "./emit/mocks.ts";
import { emitOperations } from "./emit/operations.ts";
import { emitReadme } from "./emit/readme.ts";
import { emitSchema } from "./emit/schema.ts";
import type { ServiceModel } from "./model.ts";

/** The files of a service's package, by their path in it. Reads and writes nothing. */
export async function emit(
  model: ServiceModel,
  document: OpenAPI3,
  version: string,
): Promise<Map<string, string>> {
  return new Map([
    ["README.md", emitReadme(model)],
    ["package.json", emitManifest(model, version)],
    ["src/index.ts", emitIndex(model)],
    ["src/mocks.ts", emitMocks(model)],
    ["src/operations.ts", emitOperations(model)],
    ["src/schema.ts", await emitSchema(model, document)],
  ]);
}
