import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { testRefusals, told } from "./support/refusals.ts";
import { COMMON, edited, SPECIFICATION } from "./support/specification.ts";
import { workspaceOf } from "./support/workspace.ts";

/** Puts another operation before the first. */
const secondOperation = (id: string): string => `    put:
      operationId: ${id}
      summary: Replaces all tasks.
      responses: { "204": { description: Done. } }
      parameters: [{ $ref: "common.yaml#/components/parameters/project_id" }]
    get:
`;

testRefusals({
  "duplicate key": {
    edits: [["  version: v1\n", "  version: v1\n  version: v2\n"]],
    says: ["5:3  yaml  Map keys must be unique. Mend the YAML."],
  },
  tab: {
    edits: [["  version: v1", "\tversion: v1"]],
    says: [
      "4:1  yaml  Tabs are not allowed as indentation. Mend the YAML.",
      "4:11  yaml  Implicit keys need to be on a single line. Mend the YAML.",
      "4:11  yaml  Nested mappings are not allowed in compact mappings. Mend the YAML.",
    ],
  },
  alias: {
    edits: [
      ["x-requires: [limit]", "x-requires: &a [limit]"],
      ["enum: [WAITING, DONE]", "enum: *a"],
    ],
    says: ['81:13  yaml  Alias "*a". Use a $ref to a component.'],
  },
  "number that JavaScript cannot keep": {
    edits: [["maximum: 100", "maximum: 9007199254740993"]],
    says: [
      "36:57  yaml  JavaScript cannot keep the number 9007199254740993. Write a string, or a number that it can.",
    ],
  },
  "two documents in a file": {
    edits: [["components:\n", "---\ncomponents:\n"]],
    says: ["58:1  yaml  A second document begins. Write one document a file."],
  },
  "OpenAPI 3.0": {
    edits: [["openapi: 3.1.0", "openapi: 3.0.3"]],
    says: ["1:10  openapi-version  Not an OpenAPI 3.1 document. Begin it with `openapi: 3.1.0`."],
  },
  "field that OpenAPI does not have": {
    edits: [["    get:\n", "    get:\n      sumary: x\n"]],
    says: ["14:7  openapi  Property `sumary` is not expected here. Did you mean `summary`?"],
  },
  "field of a wrong type": {
    edits: [["minimum: 1", "minimum: one"]],
    says: ["36:45  openapi  Expected type `number` but got `string`. See the OpenAPI 3.1 specification."],
  },
  "$ref to nowhere": {
    edits: [["#/components/schemas/Status", "#/components/schemas/State"]],
    says: [
      '75:25  ref-dangling  $ref to "#/components/schemas/State" leads nowhere. Correct it, or add what it names.',
    ],
  },
  "$ref to a file that is not there": {
    edits: [["common.yaml#/components/responses/Error", "shared.yaml#/Error"]],
    says: [
      '57:26  ref-dangling  $ref to "shared.yaml#/Error": there is no such file. Correct the path; it starts from this file\'s folder.',
    ],
  },
  "$ref to a URL": {
    edits: [["common.yaml#/components/responses/Error", "https://example.com/e.yaml#/Error"]],
    says: [
      '57:26  ref-remote  $ref to "https://example.com/e.yaml#/Error": only files of the specifications are read. Copy what you need into them.',
    ],
  },
  "$ref to a file URL": {
    edits: [["common.yaml#/components/responses/Error", "file:///etc/passwd"]],
    says: [
      '57:26  ref-remote  $ref to "file:///etc/passwd": only files of the specifications are read. Copy what you need into them.',
    ],
  },
  "$ref out of the folder": {
    edits: [["common.yaml#/components/responses/Error", "../../../etc/passwd"]],
    says: [
      '57:26  ref-outside  $ref to "../../../etc/passwd" leaves the folder of the specifications. Move the file into it.',
    ],
  },
  "$refs in a circle": {
    edits: [
      [
        "      type: string\n      enum: [WAITING, DONE]\n",
        '      $ref: "#/components/schemas/State"\n    State:\n      $ref: "#/components/schemas/Status"\n',
      ],
    ],
    says: [
      '80:13  ref-cycle  $ref to "#/components/schemas/State" leads back here and never to a definition. Define one of them.',
      '82:13  ref-cycle  $ref to "#/components/schemas/Status" leads back here and never to a definition. Define one of them.',
    ],
  },
  "no operationId": {
    edits: [["      operationId: listTasks\n", ""]],
    says: ["13:5  operation-id  operationId is missing. Add one: the name of the client's method."],
  },
  "operationId twice": {
    edits: [["    get:\n", secondOperation("listTasks")]],
    says: ['14:20  operation-id  operationId "listTasks" is taken. Choose another one.'],
  },
  "operationIds that are too alike": {
    edits: [["    get:\n", secondOperation("list_tasks")]],
    says: ['14:20  operation-id  operationId "list_tasks" is too like "listTasks". Choose another one.'],
  },
  "operationId list-tasks": {
    edits: [["operationId: listTasks", "operationId: list-tasks"]],
    says: [
      '14:20  operation-id  operationId "list-tasks" cannot name a method. Use letters and digits, begin with a letter, and avoid JavaScript\'s own words.',
    ],
  },
  "operationId listTasks()": {
    edits: [["operationId: listTasks", "operationId: listTasks()"]],
    says: [
      '14:20  operation-id  operationId "listTasks()" cannot name a method. Use letters and digits, begin with a letter, and avoid JavaScript\'s own words.',
    ],
  },
  "operationId class": {
    edits: [["operationId: listTasks", "operationId: class"]],
    says: [
      '14:20  operation-id  operationId "class" cannot name a method. Use letters and digits, begin with a letter, and avoid JavaScript\'s own words.',
    ],
  },
  "operationId __proto__": {
    edits: [["operationId: listTasks", "operationId: __proto__"]],
    says: [
      '14:20  operation-id  operationId "__proto__" cannot name a method. Use letters and digits, begin with a letter, and avoid JavaScript\'s own words.',
    ],
  },
  "operationId constructor": {
    edits: [["operationId: listTasks", "operationId: constructor"]],
    says: [
      '14:20  operation-id  operationId "constructor" cannot name a method. Use letters and digits, begin with a letter, and avoid JavaScript\'s own words.',
    ],
  },
  "operationId then": {
    edits: [["operationId: listTasks", "operationId: then"]],
    says: [
      '14:20  operation-id  operationId "then" cannot name a method. Use letters and digits, begin with a letter, and avoid JavaScript\'s own words.',
    ],
  },
  "operationId 1st": {
    edits: [["operationId: listTasks", "operationId: 1st"]],
    says: [
      '14:20  operation-id  operationId "1st" cannot name a method. Use letters and digits, begin with a letter, and avoid JavaScript\'s own words.',
    ],
  },
  "no summary": {
    edits: [["      summary: Lists tasks.\n", ""]],
    says: ["13:5  summary  summary is missing. Say in one line what the operation does."],
  },
  "path parameter that is not declared": {
    edits: [["/v1/{project_id}/tasks:", "/v1/{project_id}/{group}/tasks:"]],
    says: ["12:3  path-parameter  {group} is not declared. Add a parameter with `in: path`."],
  },
  "path parameter that is not in the path": {
    edits: [["/v1/{project_id}/tasks:", "/v1/tasks:"]],
    says: ['32:11  path-parameter  "project_id" does not stand in /v1/tasks. Remove it.'],
  },
  "example of a wrong type": {
    edits: [["- id: t1\n", "- id: 1\n"]],
    says: ["53:25  example  example.tasks.0.id: must be string. Correct the example or the schema."],
  },
  "example with an unknown value": {
    edits: [["status: DONE", "status: GONE"]],
    says: [
      '54:29  example  example.tasks.0.status: must be one of "WAITING", "DONE". Correct the example or the schema.',
    ],
  },
  "example without a required field": {
    edits: [["- id: t1\n                    status: DONE", "- id: t1"]],
    says: ['53:21  example  example.tasks.0: "status" is missing. Correct the example or the schema.'],
  },
  "example with a field that the schema lacks": {
    edits: [["next: t1", "next: t1\n                  nxet: t1"]],
    says: ['57:19  example  "nxet" is not in the schema. Did you mean "next"?'],
  },
  "default that the schema refuses": {
    edits: [["default: 10", "default: 1000"]],
    says: ["36:71  example  default: must be <= 100. Correct the example or the schema."],
  },
  "pattern that is none": {
    edits: [["next: { type: string }", 'next: { type: string, pattern: "(" }']],
    says: ["69:44  schema  Invalid regular expression: /(/u: Unterminated group. Correct the pattern."],
  },
  "no example": {
    edits: [
      [
        "              example:\n                tasks:\n                  - id: t1\n                    status: DONE\n                page:\n                  next: t1\n",
        "",
      ],
    ],
    says: ["46:9  example-missing  200 has no example. Add the one of the page beside its schema."],
  },
  "no successful response": {
    edits: [['"200":', '"400":']],
    says: ["13:5  example-missing  No successful response. Add 200, with its schema and example."],
  },
  "query parameter without a type": {
    edits: [
      [
        "        - name: id\n          in: query\n          schema: { type: string }",
        "        - name: id\n          in: query\n          schema: {}",
      ],
    ],
    says: [
      '44:19  parameter-type  "id" needs one type of string, integer, number, boolean and array. Set it in the schema.',
    ],
  },
  "no servers": {
    edits: [
      [
        "servers:\n  - url: https://tasks.{region}.example.com\n    variables:\n      region: { default: here-1 }\n",
        "",
      ],
    ],
    says: [
      "1:1  server  No servers. Add one: `- url: https://service.{region}.example.com`, with the variable `region`.",
    ],
  },
  "server without TLS": {
    edits: [["https://tasks", "http://tasks"]],
    says: [
      '8:10  server  "http://tasks.{region}.example.com" is not an https:// address. Credentials travel to it: it must be.',
    ],
  },
  "server with another variable": {
    edits: [["tasks.{region}", "{zone}.{region}"]],
    says: ['8:10  server  "{zone}": the only variable that clients fill in is {region}. Write its value.'],
  },
  "region that is not declared": {
    edits: [["    variables:\n      region: { default: here-1 }\n", ""]],
    says: ["8:10  server  {region} is not declared. Add it under variables."],
  },
  "region with two hosts": {
    edits: [
      [
        "      region: { default: here-1 }\n",
        "      region: { default: a, enum: [a] }\n  - url: https://b.{region}.example.com\n    variables:\n      region: { default: a, enum: [b, a] }\n",
      ],
    ],
    says: [
      '13:39  server  Region "a" is served by https://tasks.{region}.example.com already. Leave it to one of the two.',
    ],
  },
  "no x-service": {
    edits: [["x-service: { name: Tasks }\n", ""]],
    says: [
      "1:1  service  x-service is missing. Add `x-service: { name: Elb }`: the stem of the package's names.",
    ],
  },
  "x-service with a bad name": {
    edits: [["name: Tasks", "name: tasks;alert(1)"]],
    says: [
      '6:20  extension  x-service.name: must match pattern "^[A-Z][A-Za-z0-9]*$". The stem of identifiers: Elb gives createElbClient.',
    ],
  },
  "body that is not JSON": {
    edits: [["application/json", "text/csv"]],
    says: ['49:13  unsupported  "text/csv": clients read JSON only. Describe the body as application/json.'],
  },
  cookie: {
    edits: [
      ["in: query\n          schema: { type: string }", "in: cookie\n          schema: { type: string }"],
    ],
    says: [
      '25:15  job  find: there is no query parameter "id". There are "limit", "marker".',
      "43:15  unsupported  Clients send no cookies. Use a header or the query.",
    ],
  },
  webhooks: {
    edits: [["components:\n", "webhooks: {}\ncomponents:\n"]],
    says: ["58:1  unsupported  Webhooks are not generated. Remove them."],
  },
});

test("tells the problems of all files at once, in reading order", async () => {
  const workspace = workspaceOf(
    edited(SPECIFICATION, ["default: 10", "default: 0"], ["operationId: listTasks", "operationId: then"]),
    {
      "specs/acme/common.yaml": edited(COMMON, ["example: { code: E1 }", "example: { code: 1 }"]),
      "specs/acme/other.yaml": edited(
        SPECIFICATION,
        ["- id: t1", "- id: 1"],
        ["      summary: Lists tasks.\n", ""],
      ),
    },
  );
  const { stderr } = await workspace.generate();
  expect(stderr).toBe(
    told([
      "specs/acme/common.yaml:23:28  example  example.code: must be string. Correct the example or the schema.",
      "specs/acme/other.yaml:13:5  summary  summary is missing. Say in one line what the operation does.",
      "specs/acme/other.yaml:52:25  example  example.tasks.0.id: must be string. Correct the example or the schema.",
      `specs/acme/tasks.yaml:14:20  operation-id  operationId "then" cannot name a method. Use letters and digits, begin with a letter, and avoid JavaScript's own words.`,
      "specs/acme/tasks.yaml:36:71  example  default: must be >= 1. Correct the example or the schema.",
    ]),
  );
});

test("refuses: links out of the folder", async () => {
  const workspace = workspaceOf(
    edited(SPECIFICATION, ["common.yaml#/components/responses/Error", "linked.yaml#/Error"]),
    {
      "outside.yaml": COMMON,
    },
  );
  symlinkSync(join(workspace.cwd, "outside.yaml"), join(workspace.cwd, "specs/acme/linked.yaml"));
  expect((await workspace.generate()).stderr).toBe(
    told([
      "specs/acme/linked.yaml:1:1  ref-outside  A link that leaves the folder of the specifications. Put the file itself here.",
      'specs/acme/tasks.yaml:57:26  ref-outside  $ref to "linked.yaml#/Error" leaves the folder of the specifications. Move the file into it.',
    ]),
  );
});

test("refuses a bomb of aliases quickly", async () => {
  const levels = Array.from(
    { length: 30 },
    (_, level) => `l${level + 1}: &l${level + 1} [*l${level}, *l${level}]`,
  );
  const workspace = workspaceOf(`l0: &l0 [x]\n${levels.join("\n")}\n`);
  const start = performance.now();
  expect((await workspace.generate()).stderr).toContain(
    'specs/acme/tasks.yaml:2:10  yaml  Alias "*l0". Use a $ref to a component.',
  );
  expect(performance.now() - start).toBeLessThan(1000);
});
