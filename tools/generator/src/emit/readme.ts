import type { OperationModel, ServiceModel } from "../model.ts";
import { markdownHeaderOf } from "./header.ts";
import { WIDTH } from "./literal.ts";
import { callOf, clientArguments, waitOf } from "./sample.ts";
import { code, markdownLine } from "./text.ts";

/** `README.md`. */
export function emitReadme(model: ServiceModel): string {
  const { service, folder, stem } = model;
  const name = `@typedcloud/${folder}`;
  const title = markdownLine(`${service.title} (${service.version})`);
  return `${markdownHeaderOf(model)}

# ${name}

${`A small, typed and signed client of ${title}. ${markdownLine(model.description)}`.trim()}

\`\`\`sh
npm install ${name}
\`\`\`

## Use

\`\`\`ts
import { create${stem}Client, isApiError } from "${name}";

const client = create${stem}Client(${clientArguments(model)}); // credentials: from the environment, unless given

try {
${use(model.operations)}
} catch (error) {
  if (isApiError(error)) console.error(error.status, error.code, error.requestId);
  else throw error;
}
\`\`\`
${times(model.operations)}
Errors, the types of options and credentials, and each schema as a type are exported here, too. The runtime that all of
these packages share comes along: there is nothing else to install. The README of \`@typedcloud/runtime\`, which so
comes along, lists the errors and the options of every client, retries among them; editors explain those at
\`${model.cloudStem}Options\`.

## Credentials

${credentials(model)}

## Operations

${table([["Operation", "What it does", "Documentation"], ...model.operations.map(row)])}

## Tests without the cloud

The mocks are handlers of [Mock Service Worker](https://mswjs.io), which your tests bring along:

\`\`\`sh
npm install --save-dev msw # on Node 20: msw@2
\`\`\`

\`\`\`ts
import { handlers, mocks } from "${name}/mocks";
import { setupServer } from "msw/node";

const server = setupServer(...handlers); // answers with the documented examples
server.listen();
${model.operations[0] ? `server.use(mocks.${model.operations[0].id}()); // or with a body of your own: a wrong one does not compile` : ""}
\`\`\`
`;
}

/** Where credentials are found, and how they are given instead. */
function credentials(model: ServiceModel): string {
  const fields = Object.entries(model.credentials ?? {});
  const variables = fields.map(([, variable]) => code(variable)).join(" and ");
  const sample = Object.fromEntries(fields.map(([field]) => [field, "…"]));
  const text =
    `On Node, a client finds them with its first call: in the environment${variables && ` (${variables})`}, then in ` +
    "the files and services that the cloud has for them. In browsers and workers there is neither: give them, or a " +
    "function that gets temporary ones.";
  if (fields.length === 0) return text;
  const call = `const client = create${model.stem}Client(`;
  // One more for the bracket behind it.
  const given = clientArguments(model, { credentials: sample }, call.length + 1);
  return `${text}\n\n\`\`\`ts\n${call}${given});\n\`\`\``;
}

/** A call of the first operation, of the first that has pages, and of the first that has jobs to wait for. */
function use(operations: readonly OperationModel[]): string {
  const paged = operations.find(({ pages }) => pages);
  const waited = operations.find(({ job }) => job);
  return [
    ...operations.slice(0, 1).map((operation) => {
      const call = `${callOf("  const answer = await ", operation)};`;
      return operation.body === undefined ? call : `${call} // the compiler says what the body needs`;
    }),
    ...(paged ? [loop(callOf("  for await (const item of ", paged, ".items"))] : []),
    ...(waited
      ? [`${waitOf("  const job = await ", waited)}; // until it ends, or an error that says why not`]
      : []),
  ].join("\n");
}

/** A loop's body goes where Biome puts it: on the line of the head, if that is one line and both fit. */
function loop(head: string): string {
  const line = `${head}) console.log(item);`;
  const space = line.length <= WIDTH && !head.includes("\n") ? " " : "\n    ";
  return `${head})${space}console.log(item); // every item of every page`;
}

/** How to read a job's times, where the specification says which field they are. */
function times(operations: readonly OperationModel[]): string {
  const field = operations.find(({ job }) => job?.startedAt)?.job?.startedAt;
  return field === undefined
    ? ""
    : `\nTimes stay as the service writes them; ${code(`parseJobTime(job.${field})`)} makes a ${code("Date")} of one.\n`;
}

function row({ id, summary, page, updated, deprecated }: OperationModel): string[] {
  const text = updated ? `page of ${markdownLine(updated)}` : "page";
  const link =
    page === undefined
      ? (updated && text) || ""
      : `[${text}](<${page.replaceAll(/[\s<>|\\]/g, encodeURIComponent)}>)`;
  return [code(id), `${deprecated ? "Deprecated. " : ""}${markdownLine(summary)}`, link];
}

/** A Markdown table with its columns aligned, as Biome does. */
function table([head = [], ...rows]: string[][]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const lines = [head, widths.map((width) => "-".repeat(width)), ...rows];
  return lines
    .map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`)
    .join("\n");
}
