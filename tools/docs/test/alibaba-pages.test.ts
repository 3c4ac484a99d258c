import { describe, expect, test } from "vitest";
import { flatten } from "../src/flatten.ts";
import { readPage } from "../src/read.ts";

function read(page: string) {
  const facts = readPage(page, "page");
  return {
    facts,
    flat: Object.fromEntries(flatten(facts)),
    notes: facts.notUnderstood.map(({ message }) => message),
  };
}

/** What every page of this file says of its operation, however it is laid out. */
const FACTS = {
  name: "ListKites",
  "query.PageSize": "integer",
  "query.PageSize.required": "no",
  "query.PageSize.minimum": 1,
  "query.PageSize.maximum": 100,
  "query.PageSize.default": 10,
  "query.Colour": "string",
  "query.Colour.required": "yes",
  "query.Tag": "array of object",
  "query.Tag.required": "no",
  "query.Tag[].Key": "string",
  "query.Tag[].Key.required": "no",
  "response.200": "object",
  "response.200.TotalCount": "integer",
  "response.200.Kites": "object",
  "response.200.Kites.Kite": "array of object",
  "response.200.Kites.Kite[].KiteId": "string",
  "response.200.Kites.Kite[].Weight": "integer(int64)",
  "response.200.RequestId": "string",
};
const JSON_EXAMPLE =
  '{\n  "TotalCount": 1,\n  "Kites": {\n    "Kite": [\n      { "KiteId": "k-1", "Weight": 7 }\n    ]\n  },\n  "RequestId": "R-1"\n}';

const REQUEST = [
  ["Action", "String", "Yes", "ListKites", "What to do. Set the value to ListKites."],
  ["PageSize", "Integer", "No", "10", "How many. Valid values: 1 to 100. Default value: 10."],
  ["Colour", "String", "Yes", "red", "Which colour."],
  ["Tag.N.Key", "String", "No", "k", "The key of tag N. Valid values of N: 1 to 20."],
];
const RESPONSE = [
  ["TotalCount", "Integer", "1", "How many there are."],
  ["Kites", "Array of Kite", "", "The kites."],
  ["Kite", "", "", ""],
  ["KiteId", "String", "k-1", "What it is called."],
  ["Weight", "Long", "7", "How heavy it is."],
  ["RequestId", "String", "R-1", "The request."],
];
const HEADS = [
  ["Parameter", "Type", "Required", "Example", "Description"],
  ["Parameter", "Type", "Example", "Description"],
];

type Form = (head: readonly string[], rows: readonly (readonly string[])[]) => string;
const page = (table: Form, title: string, between = "\n\n"): string =>
  [
    title,
    "Lists kites.",
    "Request parameters",
    table(HEADS[0] ?? [], REQUEST),
    "Response parameters",
    table(HEADS[1] ?? [], RESPONSE),
    "Examples",
    "Sample success responses",
    "JSON format",
    JSON_EXAMPLE,
    "Error codes",
    "For a list of error codes, visit the API Error Center.",
  ].join(between);

const spaced: Form = (head, rows) =>
  [
    ...head,
    ...rows.flatMap((row) => [
      row
        .slice(0, -1)
        .filter((cell) => cell !== "")
        .join(" "),
      ...row.slice(-1).filter((cell) => cell !== ""),
    ]),
  ].join("\n\n");
const html: Form = (head, rows) =>
  `<table><tr>${head.map((cell) => `<th>${cell}</th>`).join("")}</tr>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("\n")}</table>`;
const wide = (rows: readonly (readonly string[])[]) => rows.map((row) => `|${row.join("|")}|`).join("\n");
const markdown: Form = (head, rows) => wide([head, head.map(() => "--"), ...rows]);

describe("the older layout of Alibaba Cloud", () => {
  test.each<[string, string]>([
    ["text, a row in one line", page(spaced, "Kites:ListKites\n\nLast Updated:Dec 08, 2023")],
    [
      "HTML",
      page(html, "<h1>ListKites</h1>", "\n")
        .replace(/^(Request|Response|Sample|Examples|JSON|Error).*$/gm, "<p>$&</p>")
        .replace(/\{\n[\s\S]*\n\}/, "<pre>$&</pre>"),
    ],
    ["Markdown", page(markdown, "# ListKites {#kites .reference}")],
    [
      "Markdown whose cells are broken into paragraphs",
      page((head, rows) => markdown(head, rows).replace(/(\w\.)\|$/gm, "$1\n\n |"), "# ListKites {#kites}"),
    ],
    ["Markdown without a rule", page((head, rows) => wide([head, ...rows]), "# ListKites")],
    [
      "cells, header and rows on lines of their own",
      page(
        (head, rows) =>
          [...head, ...rows.map((row) => row.join(" | "))].map((text) => `${text} |`).join("\n"),
        "x",
        "\n",
      ),
    ],
    [
      "cells, a bar before each row, those that are empty at its end",
      page(
        (head, rows) => {
          const row = (cells: readonly string[]) => {
            const full = cells.filter((cell) => cell !== "");
            return `|\n${full.map((cell) => `${cell} |`).join("\n")}\n${"|".repeat(cells.length - full.length)}`.trim();
          };
          return [head, ...rows].map(row).join("\n");
        },
        "ListKites",
        "\n",
      ),
    ],
  ])("%s", (_, text) => {
    const { flat, notes } = read(text);
    expect(flat).toEqual(FACTS);
    expect(notes).toEqual([]);
  });

  test("marks before a name tell how deep it stands", () => {
    const rows = [
      ["Kites", "", "", "K"],
      ["└Kite", "Array", "", "K"],
      ["└└Id", "String", "1", "I"],
      ["└Count", "Integer", "1", "C"],
      ["Total", "Integer", "1", "T"],
    ];
    const text = page(markdown, "# ListKites").replace(wide(RESPONSE), wide(rows));
    expect(Object.keys(read(text).flat).filter((name) => name.startsWith("response.200."))).toEqual([
      "response.200.Kites",
      "response.200.Kites.Kite",
      "response.200.Kites.Kite[].Id",
      "response.200.Kites.Count",
      "response.200.Total",
    ]);
  });
});

describe("names with numbers in them are lists", () => {
  const TABLE = [
    ["KiteId.N", "RepeatList", "Yes", "k-1", "A kite. Valid values of N: 1 to 20."],
    ["Tag.N.Key", "String", "No", "k", "A key of 1 to 64 characters."],
    ["Colour.N", "String", "No", "red", "Valid values: red and blue."],
    ["Tag.N.Value", "String", "No", "v", "A value."],
    ["Tag.N.Part.M.Size", "Integer", "No", "1", "A size."],
    ["Total", "Integer", "No", "1", "A total."],
  ];
  const LISTS = {
    name: "ListKites",
    "query.KiteId": "array of string",
    "query.KiteId.required": "yes",
    "query.Tag": "array of object",
    "query.Tag.required": "no",
    "query.Tag[].Key": "string",
    "query.Tag[].Key.required": "no",
    "query.Tag[].Key.minLength": 1,
    "query.Tag[].Key.maxLength": 64,
    "query.Tag[].Value": "string",
    "query.Tag[].Value.required": "no",
    "query.Tag[].Part": "array of object",
    "query.Tag[].Part.required": "no",
    "query.Tag[].Part[].Size": "integer",
    "query.Tag[].Part[].Size.required": "no",
    "query.Colour": "array of string",
    "query.Colour.required": "no",
    "query.Colour.enum": "red,blue",
    "query.Total": "integer",
    "query.Total.required": "no",
  };
  const answer = "Response parameters\n\nNone";
  test.each<[string, Form, string]>([
    ["Markdown", markdown, ""],
    ["text", spaced, ""],
    ["with an example", spaced, "Sample requests\n\nhttps://x/?Action=ListKites\n&Tag.1.Key=a\n&KiteId.1=b"],
  ])("%s", (_, table, example) => {
    const { flat, notes } = read(
      `Kites:ListKites\n\nRequest parameters\n\n${table(HEADS[0] ?? [], TABLE)}\n\n${answer}\n\nExamples\n\n${example}`,
    );
    expect(Object.fromEntries(Object.entries(flat).filter(([name]) => !name.startsWith("response")))).toEqual(
      LISTS,
    );
    expect(notes).toEqual([]);
  });

  test("a row of the list itself says what the list is", () => {
    const rows = [
      ["Tag.N", "RepeatList", "No", "", "The tags."],
      ["Tag.N.Key", "String", "Yes", "k", "A key."],
    ];
    const { flat } = read(
      `Kites:ListKites\n\nRequest parameters\n\n${markdown(HEADS[0] ?? [], rows)}\n\n${answer}`,
    );
    expect(flat).toMatchObject({
      "query.Tag": "array of object",
      "query.Tag.required": "no",
      "query.Tag[].Key.required": "yes",
    });
    expect(Object.keys(flat).filter((name) => name.includes(".N"))).toEqual([]);
  });
});

describe("structures in small letters, and where a parameter is sent", () => {
  const head = ["Parameter", "Type", "Position", "Required", "Example", "Description"];
  const request = [
    ["kite_id", "String", "Path", "Yes", "K-1", "Which kite."],
    ["limit", "Integer", "Query", "No", "10", "How many."],
  ];
  const answer = [
    ["total", "Integer", "1", "How many."],
    ["tails", "Array of tail", "", "What hangs from it."],
    ["tail", "", "", ""],
    ["tail_id", "String", "T-1", "One of them."],
    ["request_id", "String", "R", "The request."],
  ];
  const apart: Form = (columns, rows) =>
    [columns, ...rows].flatMap((row) => row.filter((cell) => cell !== "")).join("\n\n");
  const text = (form: Form, rows = answer) =>
    [
      "Kites:DescribeKite",
      "Request syntax",
      "GET /v1/kites/{kite_id} HTTP/1.1",
      "Request parameters",
      form(head, request),
      "Response parameters",
      form(HEADS[1] ?? [], rows),
      "Examples",
      "Sample success responses",
      '{ "total": 1, "tails": [{ "tail_id": "T-1" }], "request_id": "R" }',
    ].join("\n\n");
  test.each<[string, Form]>([
    ["rows on one line", spaced],
    ["their head, too", (columns, rows) => `${columns.join(" ")}\n\n${spaced([], rows)}`],
    ["a cell a line", apart],
    ["Markdown", markdown],
  ])("%s", (_, form) => {
    const { flat, notes } = read(text(form));
    expect(flat).toEqual({
      name: "DescribeKite",
      method: "GET",
      path: "/v1/kites/{kite_id}",
      "path.kite_id": "string",
      "path.kite_id.required": "yes",
      "query.limit": "integer",
      "query.limit.required": "no",
      "response.200": "object",
      "response.200.total": "integer",
      "response.200.tails": "array of object",
      "response.200.tails[].tail_id": "string",
      "response.200.request_id": "string",
    });
    expect(notes).toEqual([]);
  });

  test("a row of a type that is not known is told", () => {
    const page = text(spaced).replace("limit Integer Query No 10", "limit Quux No 10");
    const { flat, notes } = read(page);
    expect(flat["query.limit"]).toBeUndefined();
    expect(notes).toEqual(['limit: the type "Quux" is not known; the row is not read']);
  });
});

test("a word at the end of a sentence is no name", () => {
  const answer = (rows: string) =>
    `Kites:ListKites\n\nRequest parameters\n\nNone\n\nResponse parameters\n\nParameterTypeDescriptionExample\n\nobject\n\nAll.\n\n${rows}\n\nExamples\n\nSample success responses\n\n{ "tails": [{ "tail_id": "t" }] }`;
  const { flat, notes } = read(
    answer("tails\n\narray<object>\n\nTails.\n\nobject\n\nA tail.\n\ntail_idstring\n\nIts ID."),
  );
  expect(Object.keys(flat).filter((name) => name.startsWith("response.200."))).toEqual([
    "response.200.tails",
    "response.200.tails[].tail_id",
  ]);
  expect(notes).toEqual([]);
});

describe("objects in a request", () => {
  const rows =
    "ParameterTypeRequiredDescriptionExample\nTagarray<object>No\n\nT\n\nobjectNo\n\nT\n\nKeystringYes\n\nK\n\nenv\nMaxResultslongNo\n\nM\n\n20";
  const text = (example: string) =>
    `Kites:ListKites\n\nRequest parameters\n\n${rows}\n\nResponse parameters\n\nParameterTypeDescriptionExample\nIdstring\n\nI\n\n1\n\nExamples\n\n${example}Sample success responses\n\nJSON\n\n{ "Id": "1" }`;

  test.each([
    ["an address", "Sample requests\n\nhttps://x/?Action=ListKites\n&Tag.1.Key=env\n&MaxResults=20\n\n"],
    ["JSON", 'Sample requests\n\n{ "Tag": [ { "Key": "env" } ], "MaxResults": 20 }\n\n'],
  ])("have the fields that %s shows", (_, example) => {
    const { flat, notes } = read(text(example));
    expect(flat).toMatchObject({
      "query.Tag": "array of object",
      "query.Tag[].Key": "string",
      "query.Tag[].Key.required": "yes",
      "query.MaxResults": "integer(int64)",
    });
    expect(notes).toEqual([]);
  });

  test("are not guessed at without one", () => {
    const { facts, notes } = read(text(""));
    expect(facts.parameters.map(({ name }) => name)).toEqual(["Tag"]);
    expect(notes).toEqual([
      "Key: whether it is a field of Tag or stands beside it is not said; it is not read",
      "MaxResults: whether it is a field of Tag or stands beside it is not said; it is not read",
    ]);
  });
});

test("an operation with a path has a body, and says where the path's parameters are", () => {
  const text =
    'Kites:PutKite - Changing a kite\n\nRequest syntax\n\nPUT /api/v1/kites/[KiteId] HTTP/1.1\n\nRequest parameters\n\nParameterTypeRequiredDescriptionExample\nKiteIdstringYes\n\nK\n\nk-1\nbodyobjectNo\n\nB\n\nResponse parameters\n\nParameterTypeDescriptionExample\nIdstring\n\nI\n\n1\n\nExamples\n\nSample success responses\n\nJSON\n\n{ "Id": "1" }';
  const { flat, facts } = read(text);
  expect(flat).toMatchObject({
    method: "PUT",
    path: "/api/v1/kites/{KiteId}",
    "path.KiteId.required": "yes",
  });
  expect(facts.body?.kind).toBe("object");
});

test.each([
  "部件:ListKites - 风筝 请求参数 名称类型必填描述示例值 KiteIdsarray 列表。 string 其一。 k-1 返回参数 名称类型描述示例值 object 结果。 Countlong 个数。 1",
  "Kites:ListKites Request parameters Parameter Type Required Example Description PageSize Integer No 1 How many. Response parameters Parameter Type Example Description Count Integer 1 How many.",
])("a page on one line is refused: where a description ends cannot be told", (text) => {
  expect(() => readPage(text + " ".repeat(500), "page")).toThrow(
    /^page:1 {2}an Alibaba Cloud page on one line/,
  );
});

describe("a path with a table of its own", () => {
  const text = (parts: { path: string; table: string; request: string; permission?: string }) =>
    `Kites:DescribeKite - One kite\n\n授权信息\n\n${parts.permission ?? "无"}\n\n请求语法\n\n${parts.path}\n\n${parts.table}\n\n请求参数\n\n${parts.request}\n\n返回参数\n\n名称类型描述示例值\n\nobject\n\n全部。\n\nidstring\n\n编号。\n\nk-1\n\n示例\n\n正常返回示例\n\nJSON\n\n{ "id": "k-1" }`;
  const ROWS = "名称类型必填描述示例值\n\nkite_idstring是\n\n哪只风筝。\n\nk-1";

  test.each([
    ["under its heading", `路径参数\n\n${ROWS}`, "当前API无需请求参数"],
    ["under the heading of the syntax", ROWS, "名称类型必填描述示例值\n\n当前API无需请求参数"],
    [
      "in English",
      "Path Parameters\n\nParameterTypeRequiredDescriptionExample\n\nkite_idstringYes\n\nWhich kite.\n\nk-1",
      "No parameters required.",
    ],
  ])("%s", (_, table, request) => {
    const { facts, notes } = read(text({ path: "GET /kites/{kite_id} HTTP/1.1", table, request }));
    expect(facts.parameters).toMatchObject([
      { name: "kite_id", in: "path", required: "yes", type: { kind: "string" } },
    ]);
    expect(notes).toEqual([]);
  });

  test("in cells: that nothing is to be sent is no row", () => {
    const table =
      "<table><tr><th>Parameter</th><th>Type</th><th>Description</th></tr><tr><td>No parameters required.</td></tr></table>";
    const html = `<h1>ListKites</h1><h2>Request parameters</h2>${table}<h2>Response parameters</h2><table><tr><th>Parameter</th><th>Type</th><th>Description</th></tr><tr><td>Id</td><td>string</td><td>I</td></tr></table>`;
    const { facts, notes } = read(html);
    expect(facts.parameters).toEqual([]);
    expect(notes).toEqual([]);
  });

  test("what does not fit its path is told", () => {
    const page = text({ path: "GET /kites/{name} HTTP/1.1", table: `路径参数\n\n${ROWS}`, request: "无" });
    const { facts, notes } = read(page);
    expect(facts.parameters).toEqual([]);
    expect(notes).toEqual([
      "{name} stands in the path and in no table",
      "kite_id: a row of the path's table, and not in the path; it is not read",
    ]);
  });

  test.each([
    "kites:DescribeKiteget",
    "kites:DescribeKite get",
    "操作\n\nkites:DescribeKite\n\nget\n\n*kite",
  ])("a permission however its cells are laid out: %j", (permission) => {
    const path = "GET /kites HTTP/1.1";
    expect(read(text({ path, table: "", request: "无", permission })).flat).toMatchObject({
      "permission.action": "kites:DescribeKite",
      "permission.access": "get",
    });
  });
});

describe("a list that the example has in an object of its own", () => {
  const answer = (rows: string) =>
    read(
      `Kites:ListKites\n\nRequest parameters\n\nNone\n\nResponse parameters\n\nParameterTypeDescriptionExample\n\nobject\n\nAll of it.\n\n${rows}\n\nExamples\n\nSample success responses\n\nJSON\n\n${JSON.stringify(
        {
          KiteSet: { Kite: [{ KiteId: "k-1", Tails: { Tail: ["t-1"] } }] },
          TotalCount: 1,
        },
      )}`,
    );
  const FLAT = {
    name: "ListKites",
    "response.200": "object",
    "response.200.KiteSet": "object",
    "response.200.KiteSet.Kite": "array of object",
    "response.200.KiteSet.Kite[].KiteId": "string",
    "response.200.KiteSet.Kite[].Tails": "object",
    "response.200.KiteSet.Kite[].Tails.Tail": "array of string",
    "response.200.TotalCount": "integer",
  };
  const ITEM =
    "KiteIdstring\n\nIts ID.\n\nk-1\n\nTailsarray\n\nIts tails.\n\nstring\n\nOne.\n\nt-1\n\nTotalCountinteger\n\nHow many.\n\n1";
  test.each([
    ["and the rows do not", `KiteSetarray<object>\n\nThe kites.\n\nobject\n\nOne.\n\n${ITEM}`],
    [
      "and the rows call both a list",
      `KiteSetarray<object>\n\nThe kites.\n\nKitearray<object>\n\nThe kites.\n\n${ITEM}`,
    ],
  ])("%s", (_, rows) => {
    const { flat, notes } = answer(rows);
    expect(flat).toEqual(FLAT);
    expect(notes).toEqual([]);
  });
});
