/**
 * How many bytes a client adds to an app that makes one, bundled and minified as an app is, and which feature they are.
 *
 * "at start" is what runs before the first request. The rest is behind `import()`: the default credential chain, for
 * one, is loaded only if no credentials are given. "in all" is with everything in one file.
 */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import Table from "cli-table3";
import { build, type Metafile, type Plugin } from "esbuild";

const folder = fileURLToPath(new URL("..", import.meta.url));
const { devDependencies }: { devDependencies: Record<string, string> } = JSON.parse(
  readFileSync(`${folder}package.json`, "utf8"),
);
const services = Object.keys(devDependencies).filter((name) => /^@typedcloud\/\w+cloud-/.test(name));

/** An app as a user writes it: it imports the client and makes it. */
async function appOf(name: string, index: number): Promise<string> {
  const create = Object.keys(await import(name)).find((key) => /^create.+Client$/.test(key));
  return `import { ${create} } from ${JSON.stringify(name)}; globalThis.client${index} = ${create}();`;
}

/** Leaves out what is loaded later. */
const withoutLazy: Plugin = {
  name: "without-lazy",
  setup: ({ onResolve }) =>
    onResolve({ filter: /.*/ }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path, external: true } : undefined,
    ),
};

type Platform = "node" | "browser";

async function bundle(
  contents: string,
  platform: Platform,
  plugins: Plugin[] = [],
  conditions: string[] = [],
): Promise<{ code: Uint8Array; metafile: Metafile }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    minify: true,
    format: "esm",
    platform,
    conditions,
    plugins,
    metafile: true,
    write: false,
    logLevel: "error",
  });
  return { code: outputFiles[0]?.contents ?? new Uint8Array(), metafile };
}

const gzipped = (bytes: Uint8Array): number => gzipSync(bytes, { level: 9 }).length;

async function sizes(contents: string, platform: Platform): Promise<number[]> {
  const start = await bundle(contents, platform, [withoutLazy]);
  const all = await bundle(contents, platform);
  return [start.code.length, gzipped(start.code), gzipped(all.code)];
}

const columns = (platform: Platform): string[] => [`${platform}: minified`, "gzip at start", "gzip in all"];
const table = new Table({
  head: ["an app with", ...columns("node"), ...columns("browser")],
  colAligns: ["left", "right", "right", "right", "right", "right", "right"],
  style: { head: [], border: [] },
});
const apps = await Promise.all(
  services.map(async (name, index) => [name, await appOf(name, index)] as const),
);
const all = apps.map(([, contents]) => contents).join("\n");
for (const [name, contents] of [...apps, ["a client of each service", all] as const]) {
  table.push([name, ...(await sizes(contents, "node")), ...(await sizes(contents, "browser"))]);
}
console.log(table.toString());

/** The modules that make up a feature, by the ends of their paths. What is in none binds them together. */
const modules = (names: string): RegExp => new RegExp(`/(${names})(\\.node)?\\.(ts|mjs)$`);
const features: Record<string, RegExp> = {
  "what the specification says": modules("operations"),
  "checking before sending": modules("arguments|options|query|times|url|endpoint|whole"),
  "openapi-fetch": modules("openapi-fetch/dist/index"),
  signing: modules("sign|signing|canonical|clock|hash"),
  "credentials, and renewing them": modules("credentials|credentials-cache"),
  "finding them where none are given": modules("chain|credentials-\\w+|iam|metadata|project-id"),
  "retries, limits, timeouts": modules("retry|retry-after|gate|abort"),
  "reading answers": modules("attempt|answer|body|fields"),
  "reading refusals": modules("envelope|refusal|redact|signature-diff"),
  "typed errors": modules("errors"),
  "walking pages": modules("paginate|ahead|cursor|offset|numbered|passes"),
  "waiting for jobs": modules("wait|find|job-state"),
};

const example = "@typedcloud/huaweicloud-elb";
const { code, metafile } = await bundle(await appOf(example, 0), "node", [], ["@typedcloud/source"]); // where modules are apart
const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
const bytesOf = new Map<string, number>();
for (const [path, { bytesInOutput }] of inputs) {
  const [feature] = Object.entries(features).find(([, of]) => of.test(path)) ?? ["binding it together"];
  bytesOf.set(feature, (bytesOf.get(feature) ?? 0) + bytesInOutput);
}
const costs = new Table({
  head: [`of ${example} on Node, in all`, "minified", "share of the gzip"],
  colAligns: ["left", "right", "right"],
  style: { head: [], border: [] },
});
for (const [feature, bytes] of [...bytesOf].sort(([, a], [, b]) => b - a))
  costs.push([feature, bytes, Math.round((bytes / code.length) * gzipped(code))]);
console.log(costs.toString());
