import { testRefusals } from "../support/refusals.ts";
import type { Edit } from "../support/specification.ts";

/** Puts a parameter before the last. */
const parameter = (yaml: string): Edit => ["        - name: id\n", `        - ${yaml}\n        - name: id\n`];

const header = (name: string, schema = "{ type: string }"): Edit =>
  parameter(`{ name: ${name}, in: header, schema: ${schema} }`);

/** Puts another path before the first. */
const path = (yaml: string): Edit => ["  /v1/{project_id}/tasks:\n", `${yaml}  /v1/{project_id}/tasks:\n`];

const operation = (id: string, responses = '"204": { description: Done. }'): string =>
  `    get:\n      operationId: ${id}\n      summary: S.\n      responses: { ${responses} }\n`;

/** What the successful response is called. */
const status = (key: string): Edit => ['"200":', `"${key}":`];

testRefusals({
  "a path parameter that is not required": {
    edits: [
      [
        '        - $ref: "common.yaml#/components/parameters/project_id"\n',
        "        - { name: project_id, in: path, schema: { type: string } }\n",
      ],
    ],
    says: ['32:11  path-parameter  "project_id" is not required. A path has no gaps: add `required: true`.'],
  },
  "a path parameter that is a list": {
    edits: [
      [
        '        - $ref: "common.yaml#/components/parameters/project_id"\n',
        "        - { name: project_id, in: path, required: true, schema: { type: array, items: { type: string } } }\n",
      ],
    ],
    says: [
      '32:65  parameter-type  "project_id" needs one type of string, integer and number. Set it in the schema.',
    ],
  },
  "a header that is the client's": {
    edits: [header("X-Sdk-Date")],
    says: [
      '42:19  header  "X-Sdk-Date" is set by the client. Leave it out; credentials are security schemes.',
    ],
  },
  "a header whose name is none": {
    edits: [header("X_Language")],
    says: ['42:19  header  "X_Language" is no header\'s name. Use letters, digits and hyphens.'],
  },
  "a header that is an object": {
    edits: [header("X-Language", "{ type: object }")],
    says: [
      '42:51  parameter-type  "X-Language" needs one type of string, integer, number and boolean. Set it in the schema.',
    ],
  },
  "one header twice": {
    edits: [header("X-Language"), header("x-language")],
    says: ['43:11  parameter  There is a header parameter "X-Language" already. Describe it once.'],
  },
  "one query parameter twice": {
    edits: [parameter("{ name: id, in: query, schema: { type: string } }")],
    says: ['43:11  parameter  There is a query parameter "id" already. Describe it once.'],
  },
  "a path with a query": {
    edits: [path(`  /v1/tasks?all=true:\n${operation("listAll")}`)],
    says: ['12:3  path  "?" ends a path. Describe what follows it as parameters, and leave it out.'],
  },
  "a path with a fragment": {
    edits: [path(`  /v1/tasks#all:\n${operation("listAll")}`)],
    says: ['12:3  path  "#" ends a path. Describe what follows it as parameters, and leave it out.'],
  },
  "two paths that are the same": {
    edits: [
      path(
        `  /v1/{id}/tasks:\n${operation("listAll")}      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]\n`,
      ),
    ],
    says: ["18:3  path  get /v1/{project_id}/tasks is the same as /v1/{id}/tasks. Describe it once."],
  },
  "a range as success": {
    edits: [status("2XX")],
    says: [
      '46:9  status  "2XX": success needs a status of its own. Write one of 200, 201, 202, 203, 204, 205, 206, 207, 208, 226.',
    ],
  },
  "a status that is none": {
    edits: [status("20x")],
    says: [
      '46:9  status  "20x" is no status. Write a number such as "200", a range such as "4XX", or default.',
    ],
  },
  "a success that HTTP does not know": {
    edits: [status("299")],
    says: [
      '46:9  status  "299": success needs a status of its own. Write one of 200, 201, 202, 203, 204, 205, 206, 207, 208, 226.',
    ],
  },
  "a body where there is none": {
    edits: [status("204")],
    says: ["46:9  status  An answer of 204 has no body. Remove content, or correct the status."],
  },
  "GET with a body": {
    edits: [
      [
        "      responses:\n",
        "      requestBody: { content: { application/json: { schema: { type: object } } } }\n      responses:\n",
      ],
    ],
    says: ["45:7  unsupported  fetch sends no body with GET. Describe parameters, or correct the method."],
  },
  "a request's body without a schema": {
    edits: [
      ["    get:\n", "    post:\n"],
      ["      responses:\n", "      requestBody: { content: { application/json: {} } }\n      responses:\n"],
    ],
    says: ["45:33  schema  The request's body has no schema. Add it: types are made of it."],
  },
  "an unknown security scheme": {
    edits: [
      ["servers:\n", "security: [{ aksk: [] }]\nservers:\n"],
      ["      summary: Lists tasks.\n", "      summary: Lists tasks.\n      security: [{ token: [] }]\n"],
      ["components:\n", "components:\n  securitySchemes: { aksK: { type: apiKey, in: header, name: A } }\n"],
    ],
    says: [
      '7:14  security  There is no security scheme "aksk". Did you mean "aksK"?',
      '17:20  security  There is no security scheme "token". There are "aksK".',
    ],
  },
  "a style where the cloud has none": {
    edits: [["x-service: { name: Tasks }", "x-service: { name: Tasks, style: RPC }"]],
    says: ["6:34  service  style: the cloud has no style RPC. Remove it."],
  },
});
