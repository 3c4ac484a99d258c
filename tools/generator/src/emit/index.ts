import type { ServiceModel } from "../model.ts";
import { compare } from "../problem.ts";
import { headerOf } from "./header.ts";
import { WIDTH } from "./literal.ts";
import { callOf, clientArguments } from "./sample.ts";
import { commentLines, docComment } from "./text.ts";

/** `src/index.ts`: the door. */
export function emitIndex(model: ServiceModel): string {
  const { stem, cloudStem, folder, service } = model;
  const client = `${stem}Client`;
  const name = commentLines(`${service.title} (${service.version})`).join(" ");
  const [first] = model.operations;
  const factory = docComment([
    `Creates a client of ${name}.`,
    "",
    "Credentials and project come from the environment and the profile, unless they are given.",
    "",
    "@example",
    "```ts",
    `import { create${client} } from "@typedcloud/${folder}";`,
    "",
    `const client = create${client}(${clientArguments(model)});`,
    ...(first ? [`const answer = await ${commentLines(callOf(first)).join(" ")};`] : []),
    "```",
  ]);
  return `${headerOf(model)}
${importOf([`create${cloudStem}Service`, `type ${cloudStem}Options`, `type ${cloudStem}Service`], `@typedcloud/runtime/${service.cloud}`)}
import { operations, service } from "./operations.js";
import type { operations as Schema } from "./schema.js";

${docComment([`A client of ${name}: one method an operation.`])}
export interface ${client} extends ${cloudStem}Service<Schema, typeof operations> {}

${factory}
export const create${client} = (options: ${cloudStem}Options = {}): ${client} =>
  create${cloudStem}Service<Schema, typeof operations>(service, operations, options);

export * from "@typedcloud/runtime";
export type { components, operations, paths } from "./schema.js";
`;
}

/** An import in the order, and within the width, that Biome keeps. */
function importOf(names: readonly string[], from: string): string {
  const sorted = [...names].sort((a, b) => compare(sortKey(a), sortKey(b)));
  const line = `import { ${sorted.join(", ")} } from "${from}";`;
  return line.length <= WIDTH
    ? line
    : `import {\n${sorted.map((name) => `  ${name},\n`).join("")}} from "${from}";`;
}

const sortKey = (name: string): string => name.replace(/^type /, "").toLowerCase();
