import ts from "typescript";

/** The values that a generated module exports, its imports aside: `operations.ts` and `mocks.ts` hold data. */
export async function exportsOf(source: string): Promise<Record<string, unknown>> {
  const withoutImports = source.replaceAll(/^import .*$/gm, "");
  const { outputText } = ts.transpileModule(
    // The examples themselves instead of mocks made of them.
    withoutImports.includes("createMocks")
      ? withoutImports
          .replace(/createMocks<[^>]+>\(service, operations, /, "((examples) => examples)(")
          .replace(/export const handlers.*$/m, "")
      : withoutImports,
    { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 } },
  );
  return await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(outputText)}`);
}
