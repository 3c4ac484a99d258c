import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { COMMON, type Edit, edited, SPECIFICATION } from "./support/specification.ts";
import { Workspace, workspaceOf } from "./support/workspace.ts";

/** Puts another operation before the first. */
const secondOperation = (id: string): string => `    put:
      operationId: ${id}
      summary: Replaces all tasks.
      responses: { "204": { description: Done. } }
      parameters: [{ $ref: "common.yaml#/components/parameters/project_id" }]
    get:
`;

/** What is done to the specification, and everything that is said about it. */
const REFUSALS: Record<string, { edits: Edit[]; says: string[] }> = {
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
    says: ["50:23  schema  Invalid regular expression: /(/u: Unterminated group. Correct the schema."],
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
  "unknown x- field": {
    edits: [["x-updated:", "x-update:"]],
    says: ['17:7  extension  Operation: unknown field "x-update". Did you mean "x-updated"?'],
  },
  "x- field in the wrong place": {
    edits: [
      ["      type: string\n      enum", '      type: string\n      x-updated: "2025-01-31"\n      enum'],
    ],
    says: [
      '81:7  extension  Schema: unknown field "x-updated". There are "x-closed", "x-undocumented", "x-unit".',
    ],
  },
  "x- field where none may be": {
    edits: [["  version: v1\n", "  version: v1\n  x-note: hi\n"]],
    says: ['5:3  extension  "x-note" cannot stand here. See specs/README.md for where x- fields stand.'],
  },
  "x-updated that is no day": {
    edits: [["2025-01-31", "2025-01-32"]],
    says: [
      '17:18  extension  x-updated: must match format "date". The day that the page says it was updated on.',
    ],
  },
  "misspelt field of x-pagination": {
    edits: [["        limit: limit", "        limitt: limit"]],
    says: ['23:9  extension  x-pagination: unknown field "limitt". Did you mean "limit"?'],
  },
  "missing field of x-pagination": {
    edits: [["        cursor: marker\n", ""]],
    says: ['18:7  extension  x-pagination: "cursor" is missing. Add it.'],
  },
  "unknown style of x-pagination": {
    edits: [["style: cursor", "style: token"]],
    says: ['19:16  extension  x-pagination: style must be one of "cursor", "offset", "page". Correct it.'],
  },
  "x-pagination with an unknown parameter": {
    edits: [["cursor: marker", "cursor: mark"]],
    says: ['21:17  pagination  cursor: there is no query parameter "mark". Did you mean "marker"?'],
  },
  "x-pagination with an unknown field": {
    edits: [["next: page.next", "next: page.nxt"]],
    says: ['22:15  pagination  next: the response has no field "page.nxt". Did you mean "page.next"?'],
  },
  "x-pagination whose items are no list": {
    edits: [["items: tasks\n", "items: page\n"]],
    says: ['20:16  pagination  items: "page" is not an array. Name the list of the page\'s items.'],
  },
  "x-pagination with an unknown id": {
    edits: [["items: tasks\n", "items: tasks\n        id: uid\n"]],
    says: ['21:13  pagination  id: the items have no field "uid". Did you mean "id"?'],
  },
  "x-pagination whose id tells nothing apart": {
    edits: [
      ["items: tasks\n", "items: tasks\n        id: done\n"],
      [
        "        id: { type: string, desc",
        "        done: { type: boolean, description: Is it done? }\n        id: { type: string, desc",
      ],
    ],
    says: ['21:13  pagination  id: "done" is neither a string nor an integer. Name what tells items apart.'],
  },
  "misspelt field of x-job": {
    edits: [["        find: query.id", "        finds: query.id"]],
    says: ['25:9  extension  x-job: unknown field "finds". Did you mean "find"?'],
  },
  "x-job with an unknown field": {
    edits: [["        id: id\n", "        id: uid\n"]],
    says: ['26:13  job  id: the job has no field "uid". Did you mean "id"?'],
  },
  "x-job whose children are no list": {
    edits: [
      [
        "        status: status\n        states",
        "        status: status\n        children: id\n        states",
      ],
    ],
    says: ['28:19  job  children: "id" is not an array. Name the list of sub-jobs.'],
  },
  "x-job that asks with an unknown parameter": {
    edits: [["find: query.id", "find: query.ids"]],
    says: ['25:15  job  find: there is no query parameter "ids". Did you mean "id"?'],
  },
  "x-job that asks with a list that is none": {
    edits: [["find: query.id", "find: query.id[]"]],
    says: ['25:15  job  find: "id" takes no list. Write query.id.'],
  },
  "x-job that asks nonsense": {
    edits: [["find: query.id", "find: header.id"]],
    says: [
      '25:15  extension  x-job.find: must match pattern "^(query|path)\\.[^.\\[\\]]+(\\[\\])?$". How to ask for one job: query.job_id, path.job_id, query.JobIds[]. Absent: search the pages.',
    ],
  },
  "state with an unknown status": {
    edits: [["pending: [WAITING]", "pending: [WAITING, WAITNG]"]],
    says: ['29:30  job-status  "WAITNG" is not in the enum of "status". Did you mean "WAITING"?'],
  },
  "unknown state": {
    edits: [["succeeded: [DONE]", "succeded: [DONE]"]],
    says: ['30:11  extension  x-job.states: unknown field "succeded". Did you mean "succeeded"?'],
  },
  "status in no state": {
    edits: [["pending: [WAITING]", "pending: [DONE]"]],
    says: [
      '28:9  job-status  "WAITING" of "status" is in no state. Add it to one.',
      '30:23  job-status  "DONE" is pending already. Leave it in one state.',
    ],
  },
  "status in two states": {
    edits: [["pending: [WAITING]", "pending: [WAITING, DONE]"]],
    says: ['30:23  job-status  "DONE" is pending already. Leave it in one state.'],
  },
  "a rollback of no state": {
    edits: [
      [
        "        status: status\n        states",
        "        status: status\n        rollback: [DONE, UNDOING]\n        states",
      ],
    ],
    says: [
      '28:20  job-status  rollback: "DONE" is succeeded. A rollback is pending, or it failed.',
      '28:26  job-status  rollback: "UNDOING" is in no state. A rollback is pending, or it failed.',
    ],
  },
  "status without enum": {
    edits: [["      enum: [WAITING, DONE]\n", ""]],
    says: ['27:17  job-status  "status" has no enum. List its values there: each needs a state.'],
  },
  "x-requires with an unknown parameter": {
    edits: [["x-requires: [limit]", "x-requires: [limits]"]],
    says: ['41:24  requires  "limits" is no other query parameter here. Did you mean "limit"?'],
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
};

test.each(Object.entries(REFUSALS))("refuses: %s", async (_, { edits, says }) => {
  const workspace = workspaceOf(edited(SPECIFICATION, ...edits));
  expect(await workspace.generate()).toEqual({
    code: 1,
    stdout: "",
    stderr: told(says.map((line) => `specs/acme/tasks.yaml:${line}`)),
  });
  expect(workspace.has("packages")).toBe(false);
});

/** What a run writes that has found these problems. */
const told = (problems: readonly string[]): string =>
  [
    ...problems,
    `\n${problems.length === 1 ? "1 problem" : `${problems.length} problems`}. Nothing was written.`,
  ].join("\n");

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

/** Whole folders that are refused. */
const FOLDERS: Record<string, { files: Record<string, string>; says: string[] }> = {
  "no specifications": {
    files: { "specs/README.md": "" },
    says: [
      "specs:1:1  specifications  No specifications here. Add <cloud>/<service>.yaml, or name another folder with --specs.",
    ],
  },
  "no common.yaml": {
    files: { "specs/acme/tasks.yaml": edited(SPECIFICATION, ...withoutCommon()) },
    says: [
      "specs/acme/tasks.yaml:1:1  cloud  common.yaml is missing beside this file. Add it, with `x-cloud: { name: … }`.",
    ],
  },
  "no x-cloud": {
    files: {
      "specs/acme/tasks.yaml": SPECIFICATION,
      "specs/acme/common.yaml": edited(COMMON, ["x-cloud: { name: Acme }\n", ""]),
    },
    says: [
      "specs/acme/common.yaml:1:1  cloud  x-cloud is missing. Add `x-cloud: { name: HuaweiCloud }`: the stem of the runtime's names.",
    ],
  },
  "two files for one package": {
    files: {
      "specs/acme/tasks.yaml": SPECIFICATION,
      "specs/acme/tasks.yml": SPECIFICATION,
      "specs/acme/common.yaml": COMMON,
    },
    says: [
      "specs/acme/tasks.yml:1:1  package-name  @typedcloud/acme-tasks is already the package of specs/acme/tasks.yaml. Rename one of the two files.",
    ],
  },
  "two clouds for one package": {
    files: {
      "specs/a/common.yaml": COMMON,
      "specs/a/b-c.yaml": SPECIFICATION,
      "specs/a-b/common.yaml": COMMON,
      "specs/a-b/c.yaml": SPECIFICATION,
    },
    says: [
      "specs/a-b/c.yaml:1:1  package-name  @typedcloud/a-b-c is already the package of specs/a/b-c.yaml. Rename one of the two files.",
    ],
  },
  "name that no package can have": {
    files: { "specs/acme/Tasks.yaml": SPECIFICATION, "specs/acme/common.yaml": COMMON },
    says: [
      `specs/acme/Tasks.yaml:1:1  package-name  "acme-Tasks" cannot be a package's name. Use only a-z, 0-9 and - in the names of folder and file.`,
    ],
  },
};

test.each(Object.entries(FOLDERS))("refuses: %s", async (_, { files, says }) => {
  expect((await new Workspace(files).generate()).stderr).toBe(told(says));
});

/** Edits that take out whatever refers to common.yaml. */
function withoutCommon(): Edit[] {
  return [
    ['        - $ref: "common.yaml#/components/parameters/project_id"\n', ""],
    ['        default: { $ref: "common.yaml#/components/responses/Error" }\n', ""],
    ["/v1/{project_id}/tasks", "/v1/tasks"],
  ];
}

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
