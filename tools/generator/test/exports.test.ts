import { cpSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { RUNTIME_EXPORTS } from "../src/emit/runtime-exports.ts";
import { RUNTIME, typecheckLibrary } from "./support/compiler.ts";
import { COMMON, edited, SPECIFICATION } from "./support/specification.ts";
import { Workspace, workspaceOf } from "./support/workspace.ts";

/** The package's door. */
async function indexOf(specification: string): Promise<string> {
  const workspace = workspaceOf(specification);
  expect((await workspace.generate()).stderr).toBe("");
  return workspace.read("packages/acme-tasks/src/index.ts");
}

test("schemas are types of the same names, in the specification's order", async () => {
  const index = await indexOf(
    edited(SPECIFICATION, [
      "    Task:\n      type: object",
      "    Task:\n      type: object\n      description: Work. */ @x",
    ]),
  );
  expect(
    index.slice(index.indexOf("export type Page ")),
  ).toBe(`export type Page = components["schemas"]["Page"];

/** Work. *\\/ &#64;x */
export type Task = components["schemas"]["Task"];

export type Status = components["schemas"]["Status"];
`);
});

test("schemas that no type can be called by are left to `components`", async () => {
  const schemas = ["job-list", "1st", "class", "string"].map((name) => `    "${name}": { type: string }\n`);
  const index = await indexOf(edited(SPECIFICATION, ["    Page:\n", `${schemas.join("")}    Page:\n`]));
  expect(index.match(/export type (\w+) =/g)).toEqual(
    ["Page", "Task", "Status"].map((name) => `export type ${name} =`),
  );
});

test("a schema wins over what the runtime has under its name", async () => {
  const index = await indexOf(
    edited(SPECIFICATION, ["    Page:\n", "    Position: { type: string }\n    Page:\n"]),
  );
  expect(index).not.toContain("type Position,");
  expect(index).toContain('export type Position = components["schemas"]["Position"];');
});

test("what applications touch of the runtime is exported, and no descriptors are", () => {
  const path = join(RUNTIME, "index.ts");
  const program = ts.createProgram([path], { module: ts.ModuleKind.NodeNext, noEmit: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(path);
  const module = source && checker.getSymbolAtLocation(source);
  const symbols = module ? checker.getExportsOfModule(module) : [];
  const found = symbols.flatMap((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const file = target.declarations?.[0]?.getSourceFile().fileName ?? "";
    if (file.endsWith("/operation.ts") && symbol.name !== "JobState") return [];
    return target.flags & ts.SymbolFlags.Value ? symbol.name : `type ${symbol.name}`;
  });
  expect([...RUNTIME_EXPORTS].sort()).toEqual(found.sort());
});

test("users need no other package to import from, nor for their own declarations", {
  timeout: 60_000,
}, async () => {
  const workspace = new Workspace({
    "specs/huaweicloud/common.yaml": edited(COMMON, ["name: Acme", "name: HuaweiCloud"]),
    "specs/huaweicloud/tasks.yaml": SPECIFICATION,
    "app/package.json": '{ "type": "module" }',
    "app/index.ts": `import { createTasksClient, type HuaweiCloudCredentials, isApiError, type Task } from "@typedcloud/huaweicloud-tasks";
import { type Mock, mocks } from "@typedcloud/huaweicloud-tasks/mocks";
// @ts-expect-error: a descriptor is the runtime's own
import type { Pages } from "@typedcloud/huaweicloud-tasks";
export const { listTasks } = createTasksClient();
export const { items, wait } = listTasks;
export const { listTasks: mock } = mocks;
export const idOf = (task: Task): string => task.id;
export type Known = [HuaweiCloudCredentials, Mock<unknown>, Pages];
export const isKnown = isApiError;
`,
  });
  expect((await workspace.generate()).stderr).toBe("");
  // As pnpm installs them: the runtime is the package's, and out of the application's reach.
  const installed = join(workspace.cwd, "app/node_modules/@typedcloud/huaweicloud-tasks");
  cpSync(join(workspace.cwd, "packages/huaweicloud-tasks"), installed, { recursive: true });
  for (const part of ["src", "package.json"])
    cpSync(join(RUNTIME, "..", part), join(installed, "node_modules/@typedcloud/runtime", part), {
      recursive: true,
    });
  expect(typecheckLibrary([join(workspace.cwd, "app/index.ts")])).toEqual([]);
});
