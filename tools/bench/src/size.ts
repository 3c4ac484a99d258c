/**
 * How many bytes a client adds to an app that makes one: bundled and minified from `dist`, as an app is.
 *
 * "at start" is what runs before the first request. The rest is behind `import()`: the default credential chain, for
 * one, is loaded only if no credentials are given. "in all" is with everything in one file.
 */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import Table from "cli-table3";
import { build, type Plugin } from "esbuild";

const folder = fileURLToPath(new URL("..", import.meta.url));
const { devDependencies } = JSON.parse(readFileSync(`${folder}package.json`, "utf8")) as {
  devDependencies: Record<string, string>;
};
const services = Object.keys(devDependencies).filter((name) => /^@typedcloud\/\w+cloud-/.test(name));

/** An app as a user writes it: it imports the client and makes it. */
async function appOf(name: string, index: number): Promise<string> {
  const create = Object.keys((await import(name)) as object).find((key) => /^create.+Client$/.test(key));
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

async function bundle(contents: string, platform: Platform, plugins: Plugin[] = []): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    minify: true,
    format: "esm",
    platform,
    plugins,
    write: false,
    logLevel: "error",
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

const gzipped = (bytes: Uint8Array): number => gzipSync(bytes, { level: 9 }).length;

async function sizes(contents: string, platform: Platform): Promise<number[]> {
  const start = await bundle(contents, platform, [withoutLazy]);
  return [start.length, gzipped(start), gzipped(await bundle(contents, platform))];
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
for (const [name, contents] of [...apps, ["one client of each", all] as const]) {
  table.push([name, ...(await sizes(contents, "node")), ...(await sizes(contents, "browser"))]);
}
console.log(table.toString());
