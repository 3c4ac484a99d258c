/** What an editor shows at a call: the page's facts, from source and from `dist` alike. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { subjects } from "./services.js";

const folder = new URL("..", import.meta.url).pathname;
const file = `${folder}test/app.ts`;
/** Libraries are parsed once. */
const registry = ts.createDocumentRegistry();

/** What an editor says about a symbol of a small app. */
function hover(text: string, marker: string, conditions: string[]): string {
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    noEmit: true,
    customConditions: conditions,
  };
  const service = ts.createLanguageService(
    {
      useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
      realpath: (path) => ts.sys.realpath?.(path) ?? path,
      getCompilationSettings: () => options,
      getScriptFileNames: () => [file],
      getScriptVersion: (name) => (name === file ? text : "1"),
      getScriptSnapshot: (name) => {
        const content = name === file ? text : ts.sys.readFile(name);
        return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
      },
      getCurrentDirectory: () => folder,
      getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
      fileExists: (name) => name === file || ts.sys.fileExists(name),
      readFile: (name) => (name === file ? text : ts.sys.readFile(name)),
    },
    registry,
  );
  const info = service.getQuickInfoAtPosition(file, text.indexOf(marker));
  return ts.displayPartsToString(info?.documentation) + JSON.stringify(info?.tags ?? []);
}

const require = createRequire(import.meta.url);

describe.each(subjects)("$label", ({ service, operation, label }) => {
  const name = `@typedcloud/${service.cloud}-${service.name}`;
  const method = label.split(" ")[1] ?? "";
  const manifest = require.resolve(`${name}/package.json`);
  const source = readFileSync(manifest.replace("package.json", "src/index.ts"), "utf8");
  const create = /export const (create\w+)/.exec(source)?.[1];
  const [parameter, rule] =
    Object.entries(operation.query ?? {}).find(([, { maximum }]) => maximum !== undefined) ?? [];

  test.each([
    ["source", ["@typedcloud/source"]],
    ["dist", []],
  ])("the operation's page and its parameters' bounds are shown at the call, from %s", (_, conditions) => {
    const argument = parameter ? `{ query: { ${parameter}: 1 } }` : "";
    const text = `import { ${create} } from "${name}";\n${create}().${method}(${argument});\n`;
    expect(hover(text, `${method}(`, conditions)).toMatch(/https:\/\/\S+.*page of \d{4}-\d\d-\d\d/s);
    if (parameter && rule) expect(hover(text, `${parameter}:`, conditions)).toContain(String(rule.maximum));
  });
});
