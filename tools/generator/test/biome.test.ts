/** Whoever checks a repository with Biome has nothing to mend in what was generated. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Edit, edited, SPECIFICATION } from "./support/specification.ts";
import { workspaceOf } from "./support/workspace.ts";

const ROOT = join(import.meta.dirname, "../../..");

const BIOME = ["check", "--error-on-warnings", "--vcs-enabled=false", "packages"];

/** A service that answers nothing, and so has no schema of its own. */
const NOTHING = `openapi: 3.1.0
info: { title: Task Service, version: v1 }
x-service: { name: Tasks }
servers: [{ url: https://tasks.example.com }]
paths:
  /v1/tasks:
    delete:
      operationId: deleteTasks
      summary: Deletes all tasks.
      responses: { "204": { description: Done. } }
`;

const BODY: Edit[] = [
  ["    get:\n", "    post:\n"],
  [
    "      responses:\n",
    "      requestBody: { content: { application/json: { schema: { type: object } } } }\n      responses:\n",
  ],
];

/** Parameters that a call must have, with names of so many letters. */
const required = (...lengths: number[]): Edit => [
  "        - name: limit\n",
  lengths
    .map(
      (length) =>
        `        - { name: ${"x".repeat(length)}, in: query, required: true, schema: { type: string } }\n`,
    )
    .concat("        - name: limit\n")
    .join(""),
];

const title = (text: string): Edit => ["title: Task Service", `title: '${text.replaceAll("'", "''")}'`];

/** By the names of the packages. */
const SPECIFICATIONS: Record<string, string> = {
  "no-schemas": NOTHING,
  body: edited(SPECIFICATION, ...BODY),
  "two-lines": edited(SPECIFICATION, ...BODY, required(40, 41)),
  "many-lines": edited(SPECIFICATION, required(40, 41, 42)),
  "double-quotes": edited(SPECIFICATION, title('Odd "Quoted" Service')),
  "both-quotes": edited(SPECIFICATION, title(`"Odd" \\ one's \\" Service`)),
  "single-quotes": edited(SPECIFICATION, title(`'Odd' "Service`)),
  // On either side of where the loop, its head, the waiting and the call no longer fit on a line.
  ...Object.fromEntries(
    [19, 20, 38, 39, 41, 42, 48, 49].map((length) => [
      `letters-${length}`,
      edited(SPECIFICATION, required(length)),
    ]),
  ),
};

test("Biome has nothing to say of what was generated", async () => {
  const workspace = workspaceOf(
    SPECIFICATION,
    Object.fromEntries(
      Object.entries(SPECIFICATIONS).map(([name, specification]) => [
        `specs/acme/${name}.yaml`,
        specification,
      ]),
    ),
  );
  expect((await workspace.generate()).stderr).toBe("");
  expect(workspace.read("packages/acme-letters-19/README.md")).toContain("})) console.log(item);");
  expect(workspace.read("packages/acme-letters-20/README.md")).toContain("}))\n    console.log(item);");
  workspace.write("biome.json", readFileSync(join(ROOT, "biome.json"), "utf8"));
  const { status, stdout, stderr } = spawnSync(join(ROOT, "node_modules/.bin/biome"), BIOME, {
    cwd: workspace.cwd,
    encoding: "utf8",
  });
  expect(status, stdout + stderr).toBe(0);
});
