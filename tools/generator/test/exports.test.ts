import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
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

test("a schema wins over what the runtime has under its name", { timeout: 60_000 }, async () => {
  const workspace = workspaceOf(
    edited(SPECIFICATION, ["    Page:\n", "    Position: { type: string }\n    Page:\n"]),
  );
  expect((await workspace.generate()).stderr).toBe("");
  workspace.write(
    "app.mts",
    `import type { Position } from "./packages/acme-tasks/src/index.js";
export const position: Position = "a text, as the specification says";
`,
  );
  expect(typecheckLibrary([join(workspace.cwd, "app.mts")])).toEqual([]);
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
