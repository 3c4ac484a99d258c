import { join } from "node:path";
import { expect, test } from "vitest";
import { typecheck } from "./support/compiler.ts";
import { COMMON, type Edit, edited, SPECIFICATION } from "./support/specification.ts";
import { type Workspace, workspaceOf } from "./support/workspace.ts";

async function generated(edits: readonly Edit[] = [], common = COMMON): Promise<Workspace> {
  const workspace = workspaceOf(edited(SPECIFICATION, ...edits), { "specs/acme/common.yaml": common });
  expect((await workspace.generate()).stderr).toBe("");
  return workspace;
}

const readmeOf = async (edits?: readonly Edit[], common?: string): Promise<string> =>
  (await generated(edits, common)).read("packages/acme-tasks/README.md");

/** Puts a parameter before the last. */
const parameter = (yaml: string): Edit => ["        - name: id\n", `        - ${yaml}\n        - name: id\n`];

test("the calls have what must be sent", async () => {
  expect(await readmeOf()).toContain("await client.listTasks();");
  const demanding = await readmeOf([
    ["- name: limit\n          in: query", "- name: limit\n          in: query\n          required: true"],
    ["- name: id\n          in: query", "- name: id\n          in: query\n          required: true"],
    [
      "      responses:\n",
      "      requestBody:\n        content:\n          application/json:\n            schema: { type: object, properties: { a: { type: string } } }\n      responses:\n",
    ],
    ["    get:\n", "    post:\n"],
  ]);
  expect(demanding).toContain('client.listTasks({ query: { limit: 1, id: "…" }, body: {} });');
});

test("the calls compile, headers and numbers in the path included", { timeout: 60_000 }, async () => {
  const workspace = await generated([
    ["/v1/{project_id}/tasks:", "/v1/{project_id}/{shard}/tasks:"],
    parameter("{ name: shard, in: path, required: true, schema: { type: integer, minimum: 3 } }"),
    parameter("{ name: X-Language, in: header, required: true, schema: { type: string } }"),
    parameter("{ name: X-Optional, in: header, schema: { type: string } }"),
  ]);
  const readme = workspace.read("packages/acme-tasks/README.md");
  expect(readme).toContain('client.listTasks({ path: { shard: 3 }, header: { "X-Language": "…" } });');
  const [, sample = ""] = readme.match(/```ts\n(.*?)```/s) ?? [];
  workspace.write(
    "packages/acme-tasks/src/sample.ts",
    sample.replace("@typedcloud/acme-tasks", "./index.js"),
  );
  expect(typecheck([join(workspace.cwd, "packages/acme-tasks/src/sample.ts")])).toEqual([]);
});

test.each([
  ["query.id", "type: string"],
  ["query.id[]", "type: array, items: { type: string }"],
])("whoever waits does not give what jobs are asked for by: %s", async (find, type) => {
  const readme = await readmeOf([
    ["find: query.id", `find: ${find}`],
    ["- name: id\n          in: query", "- name: id\n          in: query\n          required: true"],
    ["schema: { type: string }\n      responses", `schema: { ${type} }\n      responses`],
  ]);
  expect(readme).toContain('await client.listTasks.wait("…");');
  expect(readme).toContain("client.listTasks({ query: { id: ");
});

test("a page's date is told without its address, too", async () => {
  const workspace = await generated([
    ['      externalDocs: { url: "https://docs.example.com/tasks" }\n', ""],
  ]);
  expect(workspace.read("packages/acme-tasks/README.md")).toContain(
    "| `listTasks` | Lists tasks. | page of 2025-01-31 |",
  );
  expect(workspace.read("packages/acme-tasks/src/operations.ts")).toContain(
    "* Documentation: page of 2025-01-31\n",
  );
});

test("no line ends in a blank where the specification has no description", async () => {
  const readme = await readmeOf([["  description: Does things later.\n", ""]]);
  expect(readme).toContain("A small, typed and signed client of Task Service (v1).\n");
  expect(readme).not.toMatch(/ $/m);
});

test("it says where credentials are found, and how they are given, as far as the cloud's file tells", async () => {
  expect(await readmeOf()).toContain("in the environment, then in the files");
  const named = await readmeOf(
    [],
    edited(COMMON, ["{ name: Acme }", "{ name: Acme, credentials: { key: ACME_KEY, secret: ACME_SECRET } }"]),
  );
  expect(named).toContain("in the environment (`ACME_KEY` and `ACME_SECRET`), then in the files");
  expect(named).toContain(
    'const client = createTasksClient({ region: "here-1", credentials: { key: "…", secret: "…" } });',
  );
});

test("it says where options and errors are listed", async () => {
  const readme = await readmeOf();
  expect(readme).toMatch(/README of `@typedcloud\/runtime`.*errors.*options.*retries.*`AcmeOptions`/s);
});

test("it says what tests have to install", async () => {
  expect(await readmeOf()).toContain("npm install --save-dev msw # on Node 20: msw@2");
});
