import { dirname, join } from "node:path";
import ts from "typescript";

export const RUNTIME = join(import.meta.dirname, "../../../../packages/runtime/src");

/** The repository's own flags. */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  types: [],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  skipLibCheck: true,
  noEmit: true,
};

/** Where the packages' runtime is: its source. */
const SOURCES: ts.CompilerOptions = {
  paths: {
    "@typedcloud/runtime": [join(RUNTIME, "index.ts")],
    "@typedcloud/runtime/acme": [join(import.meta.dirname, "acme.ts")],
    "@typedcloud/runtime/huaweicloud": [join(RUNTIME, "huaweicloud/index.ts")],
    "@typedcloud/runtime/operation": [join(RUNTIME, "operation.ts")],
    "@typedcloud/runtime/mocks": [join(RUNTIME, "mocks.ts")],
  },
};

/** What the compiler has to say about files, those of the runtime aside. */
export const typecheck = (paths: readonly string[]): string[] => diagnose(paths, SOURCES);

/** The same for files of an application that is a library itself, with what it has installed. */
export const typecheckLibrary = (paths: readonly string[]): string[] =>
  diagnose(paths, { declaration: true, customConditions: ["@typedcloud/source"] });

function diagnose(paths: readonly string[], options: ts.CompilerOptions): string[] {
  const program = ts.createProgram([...paths], { ...OPTIONS, ...options });
  const folders = new Set(paths.map(dirname));
  return ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file !== undefined && folders.has(dirname(file.fileName)))
    .map(({ file, messageText, start = 0 }) => {
      const line = file?.getLineAndCharacterOfPosition(start).line ?? 0;
      return `${file?.fileName}:${line + 1} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
}

/** The pieces of code in a text that hold a word: neither in a comment nor in a string. */
export function codeWith(word: string, text: string): string[] {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, text);
  const found: string[] = [];
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    if (token !== ts.SyntaxKind.StringLiteral && scanner.getTokenText().includes(word))
      found.push(scanner.getTokenText());
  }
  return found;
}

/** What the parser has to say about a text. */
export function syntaxErrors(text: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.Latest },
  });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}
