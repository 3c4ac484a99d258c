import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { RESERVED } from "../src/model/headers.ts";
import { type Edit, edited, SPECIFICATION } from "./support/specification.ts";
import { workspaceOf } from "./support/workspace.ts";

const refusalOf = async (...edits: Edit[]): Promise<string> =>
  (await workspaceOf(edited(SPECIFICATION, ...edits)).generate()).stderr;

/** What is right although a check might stumble on it. */
const ACCEPTED: Record<string, Edit[]> = {
  "an example with an undocumented value": [
    ["enum: [WAITING, DONE]", "enum: [WAITING]\n      x-undocumented: [DONE]"],
  ],
  "200 and 204 as successes": [
    ["        default: {", '        "204": { description: Nothing. }\n        default: {'],
  ],
  "header parameters of each plain type": [
    [
      "        - name: id\n",
      `${["string", "number", "integer", "boolean"]
        .map((type) => `        - { name: X-${type}, in: header, schema: { type: ${type} } }\n`)
        .join("")}        - name: id\n`,
    ],
  ],
  "an array of objects in a query": [
    [
      "        - name: id\n",
      "        - { name: Tag, in: query, schema: { type: array, items: { type: object, properties: { Key: { type: string } } } } }\n        - name: id\n",
    ],
  ],
  "a schema that contains itself in a property of a part": [
    [
      "    Task:\n",
      '    Tree: { allOf: [{ type: object, properties: { left: { $ref: "#/components/schemas/Tree" } } }] }\n    Task:\n',
    ],
  ],
  "one part used twice": [
    [
      "    Task:\n",
      '    Twin: { allOf: [{ $ref: "#/components/schemas/Task" }, { allOf: [{ $ref: "#/components/schemas/Task" }] }] }\n    Task:\n',
    ],
  ],
};

test.each(Object.entries(ACCEPTED))("accepts: %s", async (_, edits) => {
  expect(await refusalOf(...edits)).toBe("");
});

test("the headers that no specification may have are those that the runtime refuses", () => {
  const source = new URL("../../../packages/runtime/src/arguments.ts", import.meta.url);
  expect(readFileSync(source, "utf8")).toContain(String(RESERVED));
});
