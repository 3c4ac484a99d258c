import { join } from "node:path";
import { expect, test } from "vitest";
import { typecheck } from "./support/compiler.ts";
import { exportsOf } from "./support/generated.ts";
import { COMMON, type Edit, edited, SPECIFICATION } from "./support/specification.ts";
import { type Workspace, workspaceOf } from "./support/workspace.ts";

/** The package that the specification with these edits gives. */
async function generated(...edits: Edit[]): Promise<Workspace> {
  const workspace = workspaceOf(edited(SPECIFICATION, ...edits));
  expect((await workspace.generate()).stderr).toBe("");
  return workspace;
}

const schemaOf = async (...edits: Edit[]): Promise<string> =>
  (await generated(...edits)).read("packages/acme-tasks/src/schema.ts");

test("a package is these files", async () => {
  expect(Object.keys((await generated()).files())).toEqual(
    ["README.md", "package.json", "src/index.ts", "src/mocks.ts", "src/operations.ts", "src/schema.ts"].map(
      (path) => `packages/acme-tasks/${path}`,
    ),
  );
});

test("operations.ts holds the service and its operations as data", async () => {
  const { operations, service } = await exportsOf(
    (await generated()).read("packages/acme-tasks/src/operations.ts"),
  );
  expect(service).toEqual({
    cloud: "acme",
    name: "tasks",
    title: "Task Service",
    version: "v1",
    servers: [{ url: "https://tasks.{region}.example.com" }],
  });
  expect(operations).toEqual({
    listTasks: {
      method: "get",
      path: "/v1/{project_id}/tasks",
      query: {
        limit: { type: "integer", default: 10, minimum: 1, maximum: 100 },
        marker: { type: "string", minLength: 1, requires: ["limit"] },
        id: { type: "string" },
      },
      pages: {
        style: "cursor",
        items: "tasks",
        cursor: "marker",
        next: "page.next",
        limit: "limit",
        id: "id", // the job's
      },
      job: {
        find: "query.id",
        id: "id",
        status: "status",
        states: { pending: ["WAITING"], succeeded: ["DONE"] },
      },
    },
  });
});

test("regions that a host serves alone come from its variable's enum", async () => {
  const workspace = await generated([
    "region: { default: here-1 }",
    "region: { default: here-1, enum: [here-1, here-2] }",
  ]);
  const { service } = await exportsOf(workspace.read("packages/acme-tasks/src/operations.ts"));
  expect(service).toMatchObject({
    servers: [{ url: "https://tasks.{region}.example.com", regions: ["here-1", "here-2"] }],
  });
});

test("bodies and their absence are in the descriptor", async () => {
  const workspace = await generated([
    "components:\n",
    `  /v1/tasks:
    post:
      operationId: createTask
      summary: Creates a task.
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: { $ref: "#/components/schemas/Task" }
      responses: { "204": { description: Done. } }
    delete:
      operationId: deleteTasks
      summary: Deletes tasks.
      responses:
        "204": { description: Done. }
        "202":
          description: Begun.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Task" }
              example: { id: t1, status: WAITING }
components:
`,
  ]);
  const { operations } = await exportsOf(workspace.read("packages/acme-tasks/src/operations.ts"));
  expect(operations).toHaveProperty("createTask", {
    method: "post",
    path: "/v1/tasks",
    body: "form",
    noContent: true,
  });
  expect(operations).toHaveProperty("deleteTasks", {
    method: "delete",
    path: "/v1/tasks",
    noContent: "sometimes",
  });
});

test("string enums are open", async () => {
  expect(await schemaOf()).toContain('Status: "WAITING" | "DONE" | (string & {});');
});

test("values known from elsewhere are in the union, and said to be", async () => {
  const schema = await schemaOf([
    "enum: [WAITING, DONE]",
    "enum: [DONE]\n      x-undocumented: [WAITING]\n      description: How it goes.",
  ]);
  expect(schema).toContain('Status: "DONE" | "WAITING" | (string & {});');
  expect(schema).toContain(" * How it goes.\n     *\n     * Not on the page: `WAITING`.");
});

test("string enums are closed where the specification says so", async () => {
  expect(await schemaOf(["enum: [WAITING, DONE]", "enum: [WAITING, DONE]\n      x-closed: true"])).toContain(
    'Status: "WAITING" | "DONE";',
  );
});

test("only closed lists are checked before sending", async () => {
  const status = (extra: string): Edit => [
    "        - name: id\n",
    `        - name: status\n          in: query\n          schema: { type: string, enum: [A, B]${extra} }\n        - name: id\n`,
  ];
  const queryOf = async (extra: string) => {
    const { operations } = await exportsOf(
      (await generated(status(extra))).read("packages/acme-tasks/src/operations.ts"),
    );
    return Object(operations).listTasks.query.status;
  };
  expect(await queryOf("")).toEqual({ type: "string" });
  expect(await queryOf(", x-closed: true")).toEqual({ type: "string", enum: ["A", "B"] });
});

test("enums of values that may be null stay open", async () => {
  const schema = await schemaOf([
    "      type: string\n      enum: [WAITING, DONE]",
    '      type: [string, "null"]\n      enum: [WAITING, DONE, null]',
  ]);
  expect(schema).toContain('Status: "WAITING" | "DONE" | (string & {}) | null;');
});

test("schemas may contain themselves", async () => {
  expect(await schemaOf()).toContain('steps?: components["schemas"]["Task"][];');
});

test("what other files share is in the package", async () => {
  const schema = await schemaOf();
  expect(schema).toContain('default: components["responses"]["Error"];');
  expect(schema).toContain('path: {\n        project_id: components["parameters"]["project_id"];');
});

test("a parameter's constraints are in its comment, unless its author has said them", async () => {
  const schema = await schemaOf([
    "description: Where to go on.",
    "description: Where to go on. At least 1 character.",
  ]);
  expect(schema).toContain(`        /**
         * How many tasks a page holds.
         *
         * From 1 to 100. Default: \`10\`.
         */
        limit?: number;
        /**
         * Where to go on. At least 1 character.
         *
         * Only together with \`limit\`.
         */
        marker?: string;
        id?: string;`);
});

test("an operation's comment says what it needs and where it is documented", async () => {
  const workspace = await generated([
    "      x-updated",
    '      description: In no order.\n      x-permission: { action: "tasks:List", access: Read }\n      x-updated',
  ]);
  expect(workspace.read("packages/acme-tasks/src/operations.ts")).toContain(`  /**
   * Lists tasks.
   *
   * In no order.
   *
   * Permission: tasks:List (access Read).
   *
   * Documentation: https://docs.example.com/tasks (page of 2025-01-31)
   */
  listTasks: {`);
});

test("the examples of all statuses are in mocks.ts", async () => {
  const { mocks } = await exportsOf((await generated()).read("packages/acme-tasks/src/mocks.ts"));
  expect(mocks).toEqual({
    listTasks: {
      200: { tasks: [{ id: "t1", status: "DONE" }], page: { next: "t1" } },
      default: { code: "E1" },
    },
  });
});

test("what is emitted compiles against the runtime under the strict flags", { timeout: 60_000 }, async () => {
  const workspace = await generated();
  workspace.write(
    "packages/acme-tasks/src/use.ts",
    `import { createTasksClient, type TasksClient } from "./index.js";
import { mocks } from "./mocks.js";
const client: TasksClient = createTasksClient({ region: "here-1" });
for await (const task of client.listTasks.items({ query: { limit: 5 } })) console.log(task.steps?.[0]?.status);
mocks.listTasks({ tasks: [{ id: "1", status: "some new word" }] });
// @ts-expect-error: a number is no id
mocks.listTasks({ tasks: [{ id: 1, status: "DONE" }] });
// @ts-expect-error: no such parameter
await client.listTasks({ query: { limitt: 5 } });
`,
  );
  const sources = Object.keys(workspace.files()).filter((path) => path.endsWith(".ts"));
  expect(typecheck(sources.map((path) => join(workspace.cwd, path)))).toEqual([]);
});

test("what nothing is said about can be read, and its example compiles", { timeout: 60_000 }, async () => {
  const workspace = await generated(
    [
      "            next: { type: string }",
      "            next: { type: string }\n            details: { type: object }",
    ],
    ["next: t1", "next: t1\n                  details: { a: 1, b: [x] }"],
  );
  workspace.write(
    "packages/acme-tasks/src/use.ts",
    `import { createTasksClient } from "./index.js";
const { page } = await createTasksClient({ region: "here-1" }).listTasks();
if (typeof page?.details?.["a"] === "number") console.log(page.details["a"].toFixed());
`,
  );
  const paths = ["use.ts", "mocks.ts"].map((name) => join(workspace.cwd, "packages/acme-tasks/src", name));
  expect(typecheck(paths)).toEqual([]);
});

test("two runs give the same bytes, whatever the order of the files and whatever was there", async () => {
  const others = {
    "specs/acme/a.yaml": SPECIFICATION,
    "specs/zeta/common.yaml": COMMON,
    "specs/zeta/b.yaml": SPECIFICATION,
  };
  const first = workspaceOf(SPECIFICATION, others);
  const second = workspaceOf(SPECIFICATION, Object.fromEntries(Object.entries(others).reverse()));
  await first.generate();
  await second.generate();
  expect(second.files()).toEqual(first.files());
  await second.generate();
  expect(second.files()).toEqual(first.files());
});
