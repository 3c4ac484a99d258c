/** Pages of services that do not exist, as nobody has seen them before. */

type Row = readonly [name: string, required: string, type: string, description: string];
interface Table {
  readonly caption: string;
  readonly rows: readonly Row[];
}

const escapeHtml = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const cell = (text: string): string =>
  `<td>${text
    .split("\n")
    .map((line) => `<p>${escapeHtml(line)}</p>`)
    .join("")}</td>`;

function table({ caption, rows }: Table, number: number, head: readonly string[]): string {
  const isRequest = head.length === 4;
  return `<table><caption><b>Table ${number} </b>${caption}</caption><thead><tr>${head.map((name) => `<th>${name}</th>`).join("")}</tr></thead><tbody>${rows
    .map(
      ([name, required, type, text]) =>
        `<tr>${cell(name)}${isRequest ? cell(required) : ""}${cell(type)}${cell(text)}</tr>`,
    )
    .join("")}</tbody></table>`;
}

export interface HuaweiPage {
  readonly title: string;
  readonly request: string;
  readonly name?: string;
  readonly path?: readonly Row[];
  readonly query?: readonly Row[];
  readonly body?: readonly Row[];
  readonly structures?: readonly Table[];
  readonly answers: Readonly<Record<string, readonly Row[]>>;
  readonly answerStructures?: readonly Table[];
  readonly example?: unknown;
  readonly headers?: readonly Row[];
  /** The body of the example of the request. */
  readonly sent?: unknown;
  /** Of an answer, by its status. */
  readonly answerHeaders?: Readonly<Record<string, readonly Row[]>>;
  readonly errorExamples?: Readonly<Record<string, unknown>>;
}

const json = (value: unknown): string => `<pre>${escapeHtml(JSON.stringify(value, null, 2))}</pre>`;

/** A page of Huawei Cloud in English. */
export function huaweiPage(page: HuaweiPage): string {
  let number = 0;
  const request = (caption: string, rows: readonly Row[] = []) =>
    rows.length === 0
      ? ""
      : table({ caption, rows }, ++number, ["Parameter", "Mandatory", "Type", "Description"]);
  const answer = (caption: string, rows: readonly Row[]) =>
    rows.length === 0 ? "" : table({ caption, rows }, ++number, ["Parameter", "Type", "Description"]);
  return [
    "<!DOCTYPE html><html><body>",
    `<h1>${page.title}</h1>`,
    "<h4>Function</h4><p>What this is good for.</p>",
    `<h4>URI</h4><p>${page.request}</p>`,
    request("Path Parameters", page.path),
    request("Query Parameters", page.query),
    "<h4>Request Parameters</h4>",
    request("Request header parameters", page.headers),
    request("Request body parameters", page.body),
    ...(page.structures ?? []).map(({ caption, rows }) => request(caption, rows)),
    "<h4>Response Parameters</h4>",
    ...Object.entries(page.answers).map(
      ([status, rows]) =>
        `<p>Status code: ${status}</p>${answer("Response header parameters", page.answerHeaders?.[status] ?? [])}${answer("Response body parameters", rows)}${status.startsWith("2") ? (page.answerStructures ?? []).map((each) => answer(each.caption, each.rows)).join("") : ""}`,
    ),
    `<h4>Example Requests</h4><p>${page.request}</p>`,
    page.sent === undefined ? "" : json(page.sent),
    "<h4>Example Responses</h4>",
    page.example === undefined
      ? ""
      : `<p>Status code: ${Object.keys(page.answers)[0]}</p><p>OK</p>${json(page.example)}`,
    ...Object.entries(page.errorExamples ?? {}).map(
      ([status, example]) => `<p>Status code: ${status}</p><p>Not OK</p>${json(example)}`,
    ),
    ...(page.name === undefined
      ? []
      : [`<h4>SDK Sample Code</h4><pre>public class ${page.name}Solution {\n}</pre>`]),
    "<h4>Status Codes</h4>",
    `<table><thead><tr><th>Status Code</th><th>Description</th></tr></thead><tbody>${Object.keys(page.answers)
      .map((status) => `<tr><td>${status}</td><td>Some words</td></tr>`)
      .join("")}</tbody></table>`,
    "<h4>Error Codes</h4><p>See Error Codes.</p>",
    "</body></html>",
  ].join("\n");
}

export interface AlibabaPage {
  readonly action: string;
  readonly title: string;
  /** Of the ROA style: `GET /api/v1/clusters`. */
  readonly request?: string;
  readonly parameters: readonly Row[];
  readonly answer: readonly Row[];
  readonly example?: unknown;
}

/** A page of Alibaba Cloud in English. Nested fields stand in the rows behind their object. */
export function alibabaPage({ action, title, request, parameters, answer, example }: AlibabaPage): string {
  const rows = (all: readonly Row[], isRequest: boolean) =>
    all
      .map(
        ([name, required, type, text]) =>
          `<tr>${cell(name)}${cell(type)}${isRequest ? cell(required) : ""}${cell(text)}${cell("")}</tr>`,
      )
      .join("");
  const head = (names: readonly string[]) =>
    `<thead><tr>${names.map((name) => `<th>${name}</th>`).join("")}</tr></thead>`;
  return [
    "<!DOCTYPE html><html><body>",
    `<h1>${action} - ${title}</h1>`,
    "<p>Updated on Jan 2, 2025</p>",
    ...(request === undefined ? [] : [`<h2>Request syntax</h2><pre>${request} HTTP/1.1</pre>`]),
    "<h2>Request parameters</h2>",
    `<table>${head(["Parameter", "Type", "Required", "Description", "Example"])}<tbody>${rows(parameters, true)}</tbody></table>`,
    "<h2>Response parameters</h2>",
    `<table>${head(["Parameter", "Type", "Description", "Example"])}<tbody><tr>${cell("")}${cell("object")}${cell("All of it.")}${cell("")}</tr>${rows(answer, false)}</tbody></table>`,
    "<h2>Examples</h2><h3>Sample success responses</h3>",
    example === undefined ? "" : `<p>JSON</p>${json(example)}`,
    "<h2>Error codes</h2><p>See the Error Center.</p>",
    "</body></html>",
  ].join("\n");
}

const PROJECT: Row = ["project_id", "Yes", "String", "The project."];
const ERROR: readonly Row[] = [
  ["error_code", "", "String", "A code."],
  ["error_msg", "", "String", "Words."],
];

export const unseen = {
  "post with a body": huaweiPage({
    title: "Creating a Kite",
    request: "POST /v2/{project_id}/kites",
    name: "CreateKite",
    path: [PROJECT],
    body: [
      ["kite", "Yes", "Kite object", "What is made."],
      ["dry_run", "No", "Boolean", "Only tries. Default: false"],
    ],
    structures: [
      {
        caption: "Kite",
        rows: [
          ["name", "Yes", "String", "Its name."],
          ["colour", "No", "String", "The options are red, green."],
          ["tails", "No", "Array of Tail objects", "What hangs from it."],
        ],
      },
      { caption: "Tail", rows: [["length", "Yes", "Integer", "How long.\nValue range: 1-9"]] },
    ],
    answers: {
      "202": [
        ["job_id", "", "String", "The job."],
        ["kite_id", "", "String", "The kite."],
      ],
      "400": ERROR,
    },
    example: { job_id: "j-1", kite_id: "k-1" },
  }),
  "only a path": huaweiPage({
    title: "Querying a Kite Job",
    request: "GET /v2/{project_id}/jobs/{job_id}",
    name: "ShowKiteJob",
    path: [PROJECT, ["job_id", "Yes", "String", "The job."]],
    answers: {
      "200": [
        ["job_id", "", "String", "The job."],
        ["status", "", "String", "The options are RUNNING, SUCCESS, FAILED, GROUNDED."],
        ["fail_reason", "", "String", "Why not."],
        ["begin_time", "", "String", "When."],
      ],
      "404": ERROR,
    },
    example: { job_id: "j-1", status: "SUCCESS", fail_reason: "", begin_time: "2025-01-01T00:00:00Z" },
  }),
  "delete without an answer": huaweiPage({
    title: "Deleting a Kite",
    request: "DELETE /v2/{project_id}/kites/{kite_id}",
    name: "DeleteKite",
    path: [PROJECT, ["kite_id", "Yes", "String", "The kite."]],
    answers: { "204": [], "404": ERROR },
  }),
  "marker and limit": huaweiPage({
    title: "Listing Kites",
    request: "GET /v2/{project_id}/kites",
    name: "ListKites",
    path: [PROJECT],
    query: [
      ["limit", "No", "Integer", "How many.\nValue range: 1-50\nDefault: 10"],
      ["marker", "No", "String", "Where to go on."],
    ],
    answers: {
      "200": [
        ["kites", "", "Array of Kite objects", "The kites."],
        ["page_info", "", "PageInfo object", "Where this is."],
      ],
    },
    answerStructures: [
      {
        caption: "Kite",
        rows: [
          ["id", "", "String", "Its ID."],
          ["name", "", "String", "Its name."],
        ],
      },
      {
        caption: "PageInfo",
        rows: [
          ["next_marker", "", "String", "The next."],
          ["current_count", "", "Integer", "How many."],
        ],
      },
    ],
    example: { kites: [{ id: "k-1", name: "one" }], page_info: { current_count: 1 } },
  }),
  "offset and limit": huaweiPage({
    title: "Listing Flights",
    request: "GET /v2/{project_id}/flights",
    name: "ListFlights",
    path: [PROJECT],
    query: [
      ["limit", "No", "Integer", "How many.\nDefault: 10"],
      ["offset", "No", "Integer", "Where to start.\nDefault: 0"],
    ],
    answers: {
      "200": [
        ["flights", "", "Array of Flight objects", "The flights."],
        ["total_count", "", "Integer", "How many there are."],
      ],
    },
    answerStructures: [{ caption: "Flight", rows: [["flight_id", "", "String", "Its ID."]] }],
    example: { flights: [{ flight_id: "f-1" }], total_count: 1 },
  }),
  "page number and page size": huaweiPage({
    title: "Listing Winds",
    request: "GET /v2/{project_id}/winds",
    name: "ListWinds",
    path: [PROJECT],
    query: [
      ["page_number", "No", "Integer", "Which page.\nDefault: 1"],
      ["page_size", "No", "Integer", "How many.\nDefault: 10"],
    ],
    answers: {
      "200": [
        ["winds", "", "Array of Wind objects", "The winds."],
        ["total", "", "Integer", "How many there are."],
      ],
    },
    answerStructures: [{ caption: "Wind", rows: [["name", "", "String", "Its name."]] }],
    example: { winds: [{ name: "north" }], total: 1 },
  }),
  "a list of jobs": huaweiPage({
    title: "Listing Kite Jobs",
    request: "GET /v2/{project_id}/kite-jobs",
    name: "ListKiteJobs",
    path: [PROJECT],
    query: [
      ["job_id", "No", "String", "Only this one."],
      ["status", "No", "String", "The options are RUNNING, SUCCESS, FAILED."],
      ["limit", "No", "Integer", "How many.\nValue range: 1-50\nDefault: 10"],
      ["marker", "No", "String", "Where to go on."],
    ],
    answers: {
      "200": [
        ["jobs", "", "Array of KiteJob objects", "The jobs."],
        ["page_info", "", "PageInfo object", "Where this is."],
      ],
      "400": ERROR,
    },
    answerStructures: [
      {
        caption: "KiteJob",
        rows: [
          ["job_id", "", "String", "Its ID."],
          ["status", "", "String", "The status."],
          ["job_type", "", "String", "What it does."],
          ["begin_time", "", "String", "When it began."],
          ["fail_reason", "", "String", "Why not."],
          ["kite_ids", "", "Array of strings", "The kites."],
        ],
      },
      { caption: "PageInfo", rows: [["next_marker", "", "String", "The next."]] },
    ],
    example: {
      jobs: [
        {
          job_id: "j-1",
          status: "RUNNING",
          job_type: "FLY",
          begin_time: "2025-01-01T00:00:00Z",
          fail_reason: "",
          kite_ids: ["k-1"],
        },
      ],
      page_info: { next_marker: "j-1" },
    },
  }),
  "an action with nested objects": alibabaPage({
    action: "DescribeKiteTasks",
    title: "Queries the tasks of kites",
    parameters: [
      ["PageNumber", "No", "integer", "Which page. Default value: 1."],
      ["PageSize", "No", "integer", "How many. Default value: 10."],
      ["TaskIds", "No", "array", "Only these."],
      ["", "No", "string", "One of them."],
    ],
    answer: [
      ["TaskSet", "", "object", "The tasks."],
      ["Task", "", "array<object>", "One."],
      ["TaskId", "", "string", "Its ID."],
      ["TaskStatus", "", "string", "The status. Valid values: Running, Finished, Failed."],
      ["Error", "", "object", "Why not."],
      ["Code", "", "string", "A code."],
      ["TotalCount", "", "integer", "How many there are."],
      ["RequestId", "", "string", "The request."],
    ],
    example: {
      TaskSet: { Task: [{ TaskId: "t-1", TaskStatus: "Running", Error: { Code: "none" } }] },
      TotalCount: 1,
      RequestId: "r-1",
    },
  }),
  tokens: alibabaPage({
    action: "ListKiteJobs",
    title: "Queries the jobs of kites",
    parameters: [
      ["NextToken", "No", "string", "Where to go on."],
      ["MaxResults", "No", "integer", "How many. Valid values: 1 to 100. Default value: 20."],
    ],
    answer: [
      ["Jobs", "", "array<object>", "The jobs."],
      ["JobId", "", "string", "Its ID."],
      ["Status", "", "string", "The status. Valid values: Running, Succeeded, Failed."],
      ["ErrorMessage", "", "string", "Why not."],
      ["NextToken", "", "string", "Where to go on."],
      ["RequestId", "", "string", "The request."],
    ],
    example: {
      Jobs: [{ JobId: "j-1", Status: "Running", ErrorMessage: "none" }],
      NextToken: "n-1",
      RequestId: "r-1",
    },
  }),
  "a path of its own": alibabaPage({
    action: "DescribeFleet",
    title: "Queries a fleet",
    request: "GET /api/v1/fleets/{FleetId}",
    parameters: [["FleetId", "Yes", "string", "The fleet."]],
    answer: [
      ["fleet_id", "", "string", "Its ID."],
      ["size", "", "integer", "How many."],
    ],
    example: { fleet_id: "f-1", size: 2 },
  }),
} as const;
