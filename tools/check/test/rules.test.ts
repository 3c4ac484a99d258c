import { expect, test } from "vitest";
import { findings, type Manifest } from "../src/rules.ts";

const inspect = (files: Record<string, string>, manifest: Partial<Manifest> = {}) =>
  findings({
    manifest: { name: "@typedcloud/x", version: "1.0.0", ...manifest },
    files: ["LICENSE", ...Object.keys(files)],
    read: (file) => files[file] ?? "",
  });

test("accepts a plain package", () => {
  const files = {
    "package.json": "{}",
    "src/index.ts": "",
    "dist/index.js": "",
    "dist/index.d.ts": "export {}",
  };
  expect(
    inspect(files, { scripts: { build: "tsdown" }, dependencies: { "openapi-fetch": "^0.17.0" } }),
  ).toEqual([]);
});

test("finds any as a type and nowhere else", () => {
  const text =
    '/** any job */\nexport declare const any: "any";\nexport type List = Array<{ value: any }>;\n';
  expect(inspect({ "dist/index.d.ts": text })).toEqual([
    'dist/index.d.ts:3:35: "any" in a public type: export type List = Array<{ value: any }>;',
  ]);
});

test("does not look for any in sources", () => {
  expect(inspect({ "src/index.ts": "export let x: any;" })).toEqual([]);
});

test.each(["preinstall", "install", "postinstall", "prepare"])("refuses the lifecycle script %s", (name) => {
  expect(inspect({}, { scripts: { [name]: "node evil.js" } })).toEqual([
    `package.json: script "${name}" would run when a user installs the package`,
  ]);
});

test.each([
  [".env", "an environment file"],
  ["src/.env.local", "an environment file"],
  [".npmrc", "an npm configuration"],
  ["test/elb.ts", "a test"],
  ["src/elb.test.ts", "a test"],
  ["dist/node_modules/a/index.js", "a dependency's file"],
])("refuses to pack %s", (file, what) => {
  expect(inspect({ [file]: "" })).toEqual([`${file}: ${what} is packed`]);
});

test.each(["src/environment.ts", "src/latest/index.ts", "src/testing.ts"])("packs %s", (file) => {
  expect(inspect({ [file]: "" })).toEqual([]);
});

test("refuses ranges that only this repository understands", () => {
  expect(inspect({}, { dependencies: { "@typedcloud/runtime": "workspace:^" } })).toEqual([
    'package.json: "@typedcloud/runtime": "workspace:^" means nothing outside this repository',
  ]);
});

test("wants the license", () => {
  expect(findings({ manifest: { name: "x", version: "1.0.0" }, files: [], read: () => "" })).toEqual([
    "LICENSE is not packed",
  ]);
});

test("refuses exports that lead to source", () => {
  const exports = { ".": { "@typedcloud/source": "./src/index.ts", default: "./dist/index.js" } };
  expect(inspect({}, { exports })).toEqual([
    "package.json: exports lead to source, which is not packed: publishConfig.exports is missing",
  ]);
});

test("refuses imports for effects that no module has", () => {
  const text =
    'import { a } from "./a.js";\nimport "./times.js";\nexport const b = await import("./c.js");\n';
  expect(inspect({ "dist/index.js": text, "src/index.ts": 'import "./x.js";' })).toEqual([
    'dist/index.js: import "./times.js" has no use',
  ]);
});
