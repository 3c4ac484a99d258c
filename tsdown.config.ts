import { existsSync, readFileSync } from "node:fs";
import { defineConfig } from "tsdown";

const source = "@typedcloud/source";

type Target = string | null | { [condition: string]: Target };
interface Manifest {
  exports?: Target;
  imports?: Target;
  bin?: unknown;
}

/** Every `{ "@typedcloud/source": "./src/x.ts", default: "./dist/x.js" }` of a package.json, at any depth, is an entry. */
function entriesOf(target: Target | undefined): [name: string, file: string][] {
  if (typeof target !== "object" || target === null) return [];
  const file = target[source];
  const output = target.default;
  if (typeof file !== "string" || typeof output !== "string") return Object.values(target).flatMap(entriesOf);
  const name = /^\.\/dist\/(.+)\.js$/.exec(output)?.[1];
  if (name === undefined || file !== `./src/${name}.ts`) {
    throw new Error(
      `package.json: ${file} must be built as the file of the same name in dist, not as ${output}`,
    );
  }
  return [[name, file]];
}

function entries(): Record<string, string> {
  const manifest: Manifest = JSON.parse(readFileSync("package.json", "utf8"));
  const found = [
    ...entriesOf(manifest.exports),
    ...entriesOf(manifest.imports),
    // The command's own file, bin.js, imports it.
    ...(manifest.bin === undefined ? [] : [["main", "./src/main.ts"]]),
  ];
  if (found.length === 0) throw new Error(`package.json: no entry has the condition "${source}"`);
  return Object.fromEntries(found);
}

/** The only dependency whose code is built into ours, in the one package that has it. Its license goes along. */
const bundled = "@noble/hashes";
const license = `node_modules/${bundled}/LICENSE`;

// Run in a package's folder: `tsdown --config ../../tsdown.config.ts`.
export default defineConfig({
  cwd: process.cwd(),
  entry: entries(),
  root: "src",
  tsconfig: "../../tsconfig.json",
  platform: "neutral",
  target: "es2022",
  format: "esm",
  // One file an entry plus the chunks they share, rather than a file a module: a client is loaded with two or three
  // reads instead of twenty, @noble/hashes leaves no node_modules folder in dist, and bundlers shake either equally
  // well because every package says "sideEffects": false.
  unbundle: false,
  hash: false,
  // Readable code without comments, and no maps: the comments stand in the declarations, where editors look, and a
  // package stays a tenth of a megabyte.
  minify: "dce-only",
  dts: { sourcemap: false },
  sourcemap: false,
  // A constant that is written out leaves its module's import behind, for effects: bundlers warn their users of that.
  inputOptions: { optimization: { inlineConst: false } },
  outputOptions: {
    comments: { legal: true, annotation: true, jsdoc: false },
    chunkFileNames: "shared/[name].js",
  },
  deps: {
    // "#hash" and its like are chosen by the user's runtime, through "imports" in package.json.
    neverBundle: [/^#/, /^node:/],
    // Everything else is a dependency: the user's package manager updates it.
    onlyBundle: [bundled],
  },
  copy: existsSync(license) ? [{ from: license, to: "dist", rename: "noble-hashes.txt" }] : [],
  // The declarations come from the TypeScript 7 binary; tsdown warns at every build that it is new.
  suppressWarnings: /TypeScript 7\.0 does not yet have a stable API/,
  failOnWarn: true,
  logLevel: "warn",
  report: false,
});
