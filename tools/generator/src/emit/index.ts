import type { NamedSchema, ServiceModel } from "../model.ts";
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
    "Credentials come from the environment or from the places that the cloud has for them, unless they are given.",
    "",
    "@example",
    "```ts",
    `import { create${client} } from "@typedcloud/${folder}";`,
    "",
    `const client = create${client}(${clientArguments(model)});`,
    ...(first ? commentLines(`${callOf("const answer = await ", first)};`) : []),
    "```",
  ]);
  return `${headerOf(model)}
${importOf([`create${cloudStem}Service`, `type ${cloudStem}Options`, `type ${cloudStem}Service`], `@typedcloud/runtime/${service.cloud}`)}
import { operations, service } from "./operations.js";
import type { ${model.schemas.length > 0 ? "components, " : ""}operations as Schema } from "./schema.js";

${docComment([`A client of ${name}: one method an operation.`])}
export interface ${client} extends ${cloudStem}Service<Schema, typeof operations> {}

${factory}
export const create${client} = (options: ${cloudStem}Options = {}): ${client} =>
  create${cloudStem}Service<Schema, typeof operations>(service, operations, options);

export * from "@typedcloud/runtime";
export * from "@typedcloud/runtime/${service.cloud}";
export type { components, operations, paths } from "./schema.js";
${model.schemas.map(emitAlias).join("")}`;
}

/** The names that `src/index.ts` declares or exports itself: no schema can have them. */
export const declaredNames = ({ stem, cloudStem }: Pick<ServiceModel, "stem" | "cloudStem">): string[] => [
  `${stem}Client`,
  `create${stem}Client`,
  `${cloudStem}Options`,
  `${cloudStem}Service`,
  `create${cloudStem}Service`,
  "Schema",
  "components",
  "operations",
  "paths",
  "service",
];

/** Over what the runtime has under the same name a schema wins: `export *` gives way to an export by name. */
function emitAlias({ name, description }: NamedSchema): string {
  const comment = description?.trim() ? `${docComment(commentLines(description))}\n` : "";
  return `\n${comment}export type ${name} = components["schemas"]["${name}"];\n`;
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
