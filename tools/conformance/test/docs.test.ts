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

const packaged = subjects.flatMap((subject) =>
  subject.package === undefined ? [] : [{ ...subject, package: subject.package }],
);

describe.each(packaged)("$label", ({ operation, name, page, updated, summary, args, package: from }) => {
  const manifest = require.resolve(`${from}/package.json`);
  const source = readFileSync(manifest.replace("package.json", "src/index.ts"), "utf8");
  const create = /export const (create\w+)/.exec(source)?.[1];
  const [parameter, rule] =
    Object.entries(operation.query ?? {}).find(([, { maximum }]) => maximum !== undefined) ?? [];

  test.each([
    ["source", ["@typedcloud/source"]],
    ["dist", []],
  ])("what the page says and its parameters' bounds are shown at the call, from %s", (_, conditions) => {
    const query = parameter ? { [parameter]: 1 } : {};
    const given = JSON.stringify({ ...args, query: { ...args.query, ...query } });
    const text = `import { ${create} } from "${from}";\n${create}().${name}(${given});\n`;
    const shown = hover(text, `${name}(`, conditions);
    for (const fact of [summary, page, updated]) if (fact !== undefined) expect(shown).toContain(fact);
    if (parameter && rule) expect(hover(text, `"${parameter}":`, conditions)).toContain(String(rule.maximum));
  });
});
