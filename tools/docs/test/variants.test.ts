import { describe, expect, test } from "vitest";
import { flatten } from "../src/flatten.ts";
import { readPage } from "../src/read.ts";

/** What pages of the same generators do now and then, told by a service that does not exist. */
function read(page: string, prefix = "") {
  const facts = readPage(page, "page");
  const named = [...flatten(facts)].filter(([where]) => where.startsWith(prefix));
  return { facts, flat: Object.fromEntries(named), notes: facts.notUnderstood.map(({ message }) => message) };
}
const lines = (...blocks: string[]): string => blocks.join("\n\n");
const cells = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((cell) => `${cell} |`).join("\n")).join("\n");
const htmlTable = (rows: readonly (readonly string[])[]): string =>
  `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td><p>${cell}</p>\n</td>`).join("\n")}\n</tr>`).join("\n")}\n</table>`;

describe("a page of Huawei Cloud", () => {
  test("in Markdown with tables in HTML", () => {
    const page = lines(
      '# 查询盒子<a name="t1"></a>',
      '## URI<a name="s1"></a>',
      "GET /v1/{box_id}",
      "**表 1**  路径参数",
      `<a name="t2"></a>\n${htmlTable([
        ["参数", "是否必选", "参数类型", "描述"],
        ["box_id", "是", "String", "盒子。</p>\n<p>最大长度：<strong>64</strong>"],
      ])}`,
      '## 请求参数<a name="s2"></a>',
      "无",
      '## 响应参数<a name="s3"></a>',
      "状态码为 200 时:",
      "**表 2**  响应Body参数",
      htmlTable([
        ["参数", "参数类型", "描述"],
        ["lid", '<a href="#lid">Lid</a> object', "盖子。"],
      ]),
      "**表 3**  Lid",
      htmlTable([
        ["参数", "参数类型", "描述"],
        ["sizes", "Array&lt;Integer&gt;", "大小。"],
      ]),
    );
    const { facts, flat, notes } = read(page);
    expect(notes).toEqual([]);
    expect(facts.rendering).toBe("markdown");
    expect(flat).toEqual({
      title: "查询盒子",
      method: "GET",
      path: "/v1/{box_id}",
      "path.box_id": "string",
      "path.box_id.required": "yes",
      "path.box_id.maxLength": 64,
      "response.200": "object",
      "response.200.lid": "Lid",
      "Lid.sizes": "array of integer",
    });
    expect(facts.schemas[0]?.fields[0]?.at).toBe(page.slice(0, page.indexOf("sizes")).split("\n").length);
  });

  test("in Markdown whose captions, statuses and bullets follow a table without a blank line", () => {
    const head = "| Parameter | Type | Description |\n|:---|:---|:---|\n";
    const closed = `# Boxes\n#### URI\nGET /v1/boxes\n#### Request Parameters\n#### Response Parameters\n**Status code: 200**\nTable 1Response body parameters\n${head}| box | Box object | Box. |\nTable 2Box\n${head}| id | String | ID. |\n**Status code: 400**\nTable 3Response body parameters\n${head}| code | String | Why. |\n`;
    const expected = {
      "response.200": "object",
      "response.200.box": "Box",
      "response.400": "object",
      "response.400.code": "string",
    };
    expect(read(closed, "response")).toMatchObject({ flat: expected, notes: [] });
    const bare = closed
      .replaceAll("|:---|:---|:---|", "---|---|---")
      .replace(
        "| box | Box object | Box. |",
        "box | Box object | Box.\n  * Not large.\n\nlid | String | Lid.",
      )
      .replace("| id | String | ID. |", "id | String | ID.")
      .replace("| code | String | Why. |", "code | String | Why.");
    const { flat, notes } = read(bare);
    expect(notes).toEqual([]);
    expect(flat).toMatchObject({ ...expected, "response.200.lid": "string", "Box.id": "string" });
  });

  const whole = (name: string, type: string) =>
    lines(
      "Querying Boxes",
      "URI",
      "POST /v1/boxes",
      "Request Parameters",
      "Table 1 Request body parameters",
      "Parameter\n\nMandatory\n\nType\n\nDescription",
      `${name}\n\nYes\n\n${type}\n\nAll.`,
      "Response Parameters",
      "Status code: 200",
      "Table 2 Response body parameters",
      "Parameter\n\nType\n\nDescription",
      `${name}\n\n${type}\n\nAll.`,
      "Table 3 Box",
      "Parameter\n\nType\n\nDescription",
      "id\n\nString\n\nID.",
    );
  test.each(["[items]", "[数组元素]", "-"])("whose bodies are no objects: %s", (name) => {
    const { facts, flat, notes } = read(whole(name, "Array of Box objects"));
    expect(notes).toEqual([]);
    expect(facts.body).toMatchObject({ kind: "array", items: { schema: "Box" } });
    expect(flat).toMatchObject({ "response.200": "array of Box", "Box.id": "string" });
  });

  test("that says below a status what it means", () => {
    const page = whole("box", "Box object").replace(
      "Status code: 200",
      "Status code: 204\n\nGone.\n\nStatus code: 200",
    );
    expect(read(page, "response")).toMatchObject({
      flat: { "response.204": "no body", "response.200.box": "Box" },
      notes: [],
    });
  });

  test("that names structures without saying that they are objects", () => {
    const page = whole("box", "Box").replace("id\n\nString", "lid\n\nString");
    expect(read(page)).toMatchObject({ flat: { "response.200.box": "Box", "Box.lid": "string" }, notes: [] });
    expect(read(page.replace("Table 3 Box", "Table 3 Lid")).notes).not.toEqual([]);
  });

  test("with one cell a line, and samples with bars behind the last table", () => {
    const table = cells([
      ["Parameter", "Type", "Description"],
      ["code", "String", "Why."],
    ]);
    const page = `Boxes\nURI\nGET /v1/boxes\n${cells([
      ["Parameter", "Mandatory", "Type", "Description"],
      ["X-Trace", "No", "String", "Trace."],
    ])}\nRequest Parameters\nResponse Parameters\nStatus code: 400\n${table}\nStatus code: 401\n${table}\nExample Requests\nGET https://x/v1/boxes\nSDK Sample Code\n1 2 3 |\nclass ListBoxesSolution {} |\n`;
    expect(read(page)).toMatchObject({
      flat: { "header.X-Trace": "string", "response.400.code": "string", "response.401.code": "string" },
      notes: [],
    });
  });

  test("with method and path in cells of their own, and signs of permanent links", () => {
    const page = lines(
      "Changing a Box¶",
      "URI¶",
      "Table 1 Method and URI",
      "Method",
      "URI",
      "PUT",
      "/v1/boxes/{id}",
      "Request¶",
      "Response¶",
      "Table 2 Response parameters",
      "Parameter\n\nType\n\nDescription",
      "id\n\nString\n\nID.",
      "Example response:",
      '{ "id": "1" }',
    );
    const { facts, flat } = read(page);
    expect(flat).toMatchObject({ title: "Changing a Box", method: "PUT", path: "/v1/boxes/{id}" });
    expect(facts.examples).toMatchObject([{ of: "response", value: { id: "1" } }]);
  });
});

describe("a page of Alibaba Cloud", () => {
  const page = (request: string, response: string, json: string): string =>
    `# ListBoxes {#boxes .reference}\n\n## 请求参数 {#a .section}\n\n${request}\n\n## 返回参数 {#b .section}\n\n${response}\n\n## 示例 {#c .section}\n\n正常返回示例\n\n\`JSON\`格式\n\n\`\`\`json\n${json}\n\`\`\`\n\n## 错误码 { .section}\n\n[错误码](https://error-center.example.com)\n`;
  const REQUEST = "|Name|Type|Required?|Description|\n|--|--|--|--|\n|Size|Integer|No|How many.|";
  const HEAD = "|名称|类型|示例值|描述|\n|--|--|--|--|\n";

  test("whose example has the head of the answer, and a backslash behind its lines", () => {
    const json =
      'HTTP/1.1 200 OK\nContent-Type:application/json\n\n{\n  "Boxes" : {\n    "Box" : [ {\\\n      "Id" : "1"\\\n    } ]\n  },\n  "Total" : 1\n}';
    const rows = "|Boxes|Array of Box||盒子。|\n|Box||||\n|Id|String|1|ID。|\n|Total|Long|1|总数。|";
    const { facts, flat, notes } = read(page(REQUEST, HEAD + rows, json));
    expect(notes).toEqual([]);
    expect(facts.language).toBe("zh");
    expect(flat).toEqual({
      name: "ListBoxes",
      "query.Size": "integer",
      "query.Size.required": "no",
      "response.200": "object",
      "response.200.Boxes": "object",
      "response.200.Boxes.Box": "array of object",
      "response.200.Boxes.Box[].Id": "string",
      "response.200.Total": "integer(int64)",
    });
  });

  test("whose example lacks the row that names a list's items, and writes keys in small letters", () => {
    const rows = "|Boxes|Array of Box||盒子。|\n|Box||||\n|Id|String|1|ID。|\n|Total|Long|1|总数。|";
    const { flat, notes } = read(
      page(REQUEST, HEAD + rows, '{ "boxes": [{ "id": "1" }], "total": 1 }'),
      "response",
    );
    expect(notes).toEqual([]);
    expect(flat).toEqual({
      "response.200": "object",
      "response.200.Boxes": "array of object",
      "response.200.Boxes[].Id": "string",
      "response.200.Total": "integer(int64)",
    });
  });

  test("with one mark for all levels", () => {
    const rows = "|Box| | |盒子。|\n|└Lids| | |盖子。|\n|└Id|String|1|ID。|\n|Total|Long|1|总数。|";
    const { flat, notes } = read(
      page(REQUEST, HEAD + rows, '{ "Box": { "Lids": [{ "Id": "1" }] }, "Total": 1 }'),
      "response.200.Box",
    );
    expect(notes).toEqual([]);
    expect(flat).toEqual({
      "response.200.Box": "object",
      "response.200.Box.Lids": "array of object",
      "response.200.Box.Lids[].Id": "string",
    });
    const other = page(REQUEST, HEAD + rows, '{ "Box": { "Else": [] }, "Total": 1 }');
    expect(read(other).notes).toEqual(["Box: the example shows other fields in it"]);
  });

  test("whose cells hold lists that begin behind their words, and links to files with spaces", () => {
    const request =
      "|Name|Type|Required|Description|\n|:--|:--|:--|:--|\n|State|String|No|State. Optional values:-   Open: [Open](en-US/Box list/Open.md#)\n-   Shut\n\nDefault value: Shut.\n\n|";
    expect(read(page(request, `${HEAD}|Id|String|1|ID。|`, "{}"), "query").flat).toEqual({
      "query.State": "string",
      "query.State.required": "no",
      "query.State.enum": "Open,Shut",
      "query.State.default": "Shut",
    });
  });

  test("with a path whose names have no brackets, a badge behind a name, and no answer", () => {
    const text = lines(
      "Boxes:DeleteBox",
      "Request syntax",
      "DELETE /boxes/BoxId?force=Boolean HTTP/1.1",
      "Request parameters",
      "ParameterTypeRequiredDescriptionExample\nBoxIdstringYes\n\nThe box.\n\nb-1\nforcedeprecatedbooleanNo\n\nForce.\n\ntrue",
      "Response syntax",
      "HTTP/1.1 200 OK",
      "Response parameters",
      "None",
    );
    const { flat, notes } = read(text);
    expect(notes).toEqual(["force: deprecated"]);
    expect(flat).toMatchObject({
      path: "/boxes/{BoxId}",
      "path.BoxId": "string",
      "query.force": "boolean",
      "response.200": "no body",
    });
  });

  test("that shows its path under a heading of Huawei Cloud's", () => {
    const text = lines(
      "ListBoxes",
      "Method\n\nGET\n\nURI\n\n/boxes",
      "Try this in OpenAPI Explorer.",
      "Request parameters",
      "Parameter\n\nType\n\nRequired\n\nDescription\n\nExample",
      "Size\n\ninteger\n\nNo\n\nHow many.\n\n10",
      "Response parameters",
      "Parameter\n\nType\n\nDescription\n\nExample",
      "Id\n\nstring\n\nID.\n\n1",
    );
    expect(read(text)).toMatchObject({ facts: { site: "alibabacloud" }, flat: { "query.Size": "integer" } });
  });
});

test("reStructuredText is refused with its line", () => {
  const page =
    "Boxes\n=====\n\nURI\n---\n\nGET /v1/boxes\n\n.. table:: **Table 1** Path parameters\n\n   ==== ====\n   Name Type\n";
  expect(() => readPage(page, "page.rst")).toThrow("page.rst:9  reStructuredText");
});
