/**
 * How many bytes a client adds to an app: one that lists every job (or shows one), bundled and minified from `dist`.
 *
 * What is loaded at start counts; what is loaded only when it is needed (the credential chain, when no credentials are
 * given) stands beside it.
 */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import Table from "cli-table3";
import { build } from "esbuild";

const folder = fileURLToPath(new URL("..", import.meta.url));
const { devDependencies } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as {
  devDependencies: Record<string, string>;
};
const services = Object.keys(devDependencies).filter((name) => name.startsWith("@typedcloud/"));

/** An app as a user writes it: it imports and makes the client. */
async function appOf(name: string, index: number): Promise<string> {
  const module = (await import(name)) as Record<string, unknown>;
  const create = Object.keys(module).find((key) => /^create.+Client$/.test(key));
  return `import { ${create} } from ${JSON.stringify(name)}; globalThis.client${index} = ${create}();`;
}

interface Size {
  minified: number;
  gzipped: number;
  lazy: number;
}

async function measure(source: string, platform: "node" | "browser"): Promise<Size> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: folder },
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    platform,
    outdir: "out",
    write: false,
    metafile: true,
    logLevel: "error",
  });
  const outputs = Object.entries(metafile.outputs);
  const start = new Set<string>();
  const follow = (file: string): void => {
    if (start.has(file)) return;
    start.add(file);
    for (const { path, kind } of metafile.outputs[file]?.imports ?? [])
      if (kind === "import-statement") follow(path);
  };
  follow(outputs.find(([, output]) => output.entryPoint)?.[0] ?? "");
  const bytesOf = (path: string): Uint8Array =>
    outputFiles.find((file) => file.path.endsWith(path.replace(/^out/, "")))?.contents ?? new Uint8Array();
  const size: Size = { minified: 0, gzipped: 0, lazy: 0 };
  for (const [path] of outputs) {
    const bytes = bytesOf(path);
    if (start.has(path)) {
      size.minified += bytes.length;
      size.gzipped += gzipSync(bytes, { level: 9 }).length;
    } else size.lazy += gzipSync(bytes, { level: 9 }).length;
  }
  return size;
}

const table = new Table({
  head: ["an app with", "node min", "node gzip", "loaded later", "browser min", "browser gzip"],
  colAligns: ["left", "right", "right", "right", "right", "right"],
  style: { head: [], border: [] },
});
const sources = await Promise.all(
  services.map(async (name, index) => [name, await appOf(name, index)] as const),
);
const all = sources.map(([, source]) => source).join("\n");
for (const [name, source] of [...sources, ["one client of each", all] as const]) {
  const node = await measure(source, "node");
  const browser = await measure(source, "browser");
  table.push([name, node.minified, node.gzipped, node.lazy, browser.minified, browser.gzipped]);
}
console.log(table.toString());
