import { describe, expect, test } from "vitest";
import { flatten } from "../src/flatten.ts";
import { readPage } from "../src/read.ts";
import { type Block, code, heading, line, renderBlocks, table } from "./support/blocks.ts";

/** The facts under one name, and the notes, as a test names them. */
function read(page: string, prefix = "") {
  const facts = readPage(page, "page");
  const named = [...flatten(facts)].filter(([where]) => where.startsWith(prefix));
  return { facts, flat: Object.fromEntries(named), notes: facts.notUnderstood.map(({ message }) => message) };
}

const LAYOUTS = ["text", "html", "markdown", "cells"] as const;
const HEAD = ["Parameter", "Mandatory", "Type", "Description"];

/** A page of an older edition: other headings, captions that name nothing, structures found by their tables' numbers. */
const older = (zh: boolean): Block[] => {
  const t = (chinese: string, english: string) => (zh ? chinese : english);
  const caption = (number: number, text: string) => `${t("表", "Table ")}${number} ${text}`;
  const [yes, no] = [t("是", "Yes"), t("否", "No")];
  return [
    heading(t("创建盒子", "Creating a Box")),
    heading(t("功能介绍", "Function")),
    line(t("创建盒子。", "Creates boxes.")),
    heading(t("URI格式", "URI")),
    line("POST https://{Endpoint}/v1.0/{project_id}/boxes?dry_run={dry_run}"),
    line(t("参数说明请参见表1。", "Table 1 describes the parameters.")),
    table(
      caption(1, t("参数说明", "Parameter description")),
      [t("名称", "Parameter"), t("是否必选", "Mandatory"), t("说明", "Description")],
      ["project_id", yes, t("项目的标识。", "The project.")],
      ["dry_run", no, t("只检查。", "Only checks.")],
    ),
    heading(t("请求消息", "Request")),
    line(t("请求参数", "Request parameters")),
    table(
      caption(2, t("参数说明", "Request parameters")),
      [t("参数", "Parameter"), t("是否必选", "Mandatory"), t("参数类型", "Type"), t("描述", "Description")],
      [
        "box",
        yes,
        t("字典数据结构", "Object"),
        t("盒子,具体请参见表3。", "The box. For details, see Table 3."),
      ],
      ["count", no, "Int", t("取值范围:1-500", "How many, ranging from 1 to 500.")],
      ["label", no, "List<String>", t("标签。", "Labels.")],
    ),
    table(
      caption(3, t("box字段数据结构说明", "Parameters for creating a box")),
      [t("参数", "Parameter"), t("是否必选", "Mandatory"), t("参数类型", "Type"), t("描述", "Description")],
      ["name", yes, "String", t("名称。", "Its name.")],
      ["lids", no, t("列表数据结构,请参见表4。", "Array of objects"), t("盖子。", "Lids, see Table 4.")],
    ),
    table(
      caption(4, t("lids字段说明", "lids field description")),
      [t("参数", "Parameter"), t("是否必选", "Mandatory"), t("参数类型", "Type"), t("描述", "Description")],
      ["colour", yes, t("String。", "String"), t("颜色。", "Its colour.")],
    ),
    heading(t("请求示例", "Example Request")),
    line("POST https://{Endpoint}/v1.0/{project_id}/boxes"),
    heading(t("响应消息", "Response")),
    table(
      caption(5, t("响应参数", "Response parameters")),
      [t("参数", "Parameter"), t("参数类型", "Type"), t("描述", "Description")],
      ["job_id", "String", t("任务。", "The job.")],
    ),
    heading(t("响应示例", "Example Response")),
    code('{\n  "job_id" : "j-1"\n}'),
    heading(t("返回值", "Returned Values")),
    table(
      undefined,
      [t("返回值", "Returned Value"), t("说明", "Description")],
      ["202", t("已接受。", "Accepted.")],
    ),
    heading(t("错误码", "Error Codes")),
    line(t("请参见错误码。", "See Error Codes.")),
  ];
};

describe("older pages of Huawei Cloud", () => {
  test.each(LAYOUTS.flatMap((layout) => [true, false].map((zh) => [layout, zh] as const)))(
    "%s, in Chinese: %s",
    (layout, zh) => {
      const { flat, notes, facts } = read(renderBlocks(older(zh), layout, "huaweicloud", "x"));
      expect(notes).toEqual([]);
      expect(flat).toMatchObject({
        method: "POST",
        path: "/v1.0/{project_id}/boxes",
        "path.project_id": "any",
        "query.dry_run": "any",
        "query.dry_run.required": "no",
        "body.box": "object",
        "body.box.name": "string",
        "body.box.name.required": "yes",
        "body.box.lids": "array of object",
        "body.box.lids[].colour": "string",
        "body.count.maximum": 500,
        "body.label": "array of string",
        "response.202.job_id": "string",
      });
      expect(facts.version?.value).toBe("v1.0");
      expect(facts.examples).toMatchObject([{ status: "202", value: { job_id: "j-1" } }]);
    },
  );
});

/** A page of today with tables of the request and the answer in its middle. */
const today = (request: Block[], response: Block[]): Block[] => [
  heading("Listing Lamps"),
  heading("Function"),
  line("Lists lamps."),
  heading("URI"),
  line("GET /v2/lamps"),
  heading("Request Parameters"),
  ...request,
  heading("Response Parameters"),
  line("Status code: 200"),
  ...response,
];
const body = (...rows: (readonly (string | string[])[])[]) =>
  table("Table 9 Response body parameters", ["Parameter", "Type", "Description"], ...rows);
const lamps = body(["id", "String", "ID"]);

describe("tables of Huawei Cloud", () => {
  test.each(LAYOUTS)("a fifth column with the range, %s", (layout) => {
    const head = ["Parameter", "Mandatory", "Type", "Value Range", "Description"];
    const rows = table(
      "Table 1 Request body parameters",
      head,
      ["count", "No", "Integer", "1-500", "How many."],
      ["kind", "No", "String", "red, green", "Which."],
      ["name", "Yes", "String", "N/A", "Its name."],
    );
    expect(read(renderBlocks(today([rows], [lamps]), layout, "huaweicloud", "x"), "body").flat).toEqual({
      "body.count": "integer",
      "body.count.required": "no",
      "body.count.minimum": 1,
      "body.count.maximum": 500,
      "body.kind": "string",
      "body.kind.required": "no",
      "body.kind.enum": "red,green",
      "body.name": "string",
      "body.name.required": "yes",
    });
  });

  test.each(LAYOUTS)("maps, lists of lists, structures whose names are no words, %s", (layout) => {
    const rows = [
      body(
        ["matrix", "Array<Array<Cell>>", "M"],
        ["labels", "Map<String,String>", "L"],
        ["vif", "binding:vif_details object", "V"],
      ),
      table("Table 10 Cell", ["Parameter", "Type", "Description"], ["value", "Float", "V"]),
      table("Table 11 binding:vif_details", ["Parameter", "Type", "Description"], ["on", "Boolean", "O"]),
    ];
    const { flat, notes } = read(renderBlocks(today([], rows), layout, "huaweicloud", "x"));
    expect(notes).toEqual([]);
    expect(flat).toMatchObject({
      "response.200.matrix": "array of array of Cell",
      "response.200.labels": "map of string",
      "response.200.vif": "binding:vif_details",
      "Cell.value": "number(float)",
      "binding:vif_details.on": "boolean",
    });
  });

  test.each(LAYOUTS)("a structure in small letters that is named without more, %s", (layout) => {
    const rows = [
      body(["bulbs", "Array of bulb", "List of bulbs."], ["id", "String", "ID"]),
      table("Table 10 bulb", ["Parameter", "Type", "Description"], ["watt", "Integer", "W"]),
    ];
    const { flat, notes } = read(renderBlocks(today([], rows), layout, "huaweicloud", "x"), "");
    expect(notes).toEqual([]);
    expect(flat).toMatchObject({
      "response.200.bulbs": "array of bulb",
      "response.200.id": "string",
      "bulb.watt": "integer",
    });
  });

  test.each([
    [
      "the end of one row and the beginning of the next are no header",
      ["name", "String", "Name", "description", "String", "D"],
    ],
    ["nor in Chinese", ["name", "String", "名称", "type", "String", "类型"]],
  ])("%s", (_, [a = "", b = "", c = "", d = "", e = "", f = ""]) => {
    const page = renderBlocks(today([], [body([a, b, c], [d, e, f])]), "text", "huaweicloud", "x");
    expect(read(page, "response").flat).toEqual({
      "response.200": "object",
      [`response.200.${a}`]: "string",
      [`response.200.${d}`]: "string",
    });
  });

  test("a row that has lost its name or its type is told, and so is its table", () => {
    const head = ["Parameter", "Mandatory", "Type", "Description"];
    const rows = [
      table(
        "Table 1 Request body parameters",
        head,
        ["lamp", "Yes", "", "Its type was a link."],
        ["size", "No", "Integer", "S"],
      ),
      table(undefined, ["Parameter", "Type", "Description"], ["watt", "Integer", "W"]),
    ];
    const page = renderBlocks(
      today(rows, [body(["id", "String", "ID"], ["", "Object", "Its name was a link."])]),
      "cells",
      "huaweicloud",
      "x",
    );
    const { flat, notes } = read(page);
    expect(flat).toMatchObject({ "body.lamp": "any", "body.lamp.required": "yes", "body.size": "integer" });
    expect(notes).toEqual([
      "lamp: it has no type",
      expect.stringMatching(/^a table that belongs to lamp in line \d+; its fields are not read$/),
      "a row of the type object without a name; it is not read",
    ]);
  });

  test.each(LAYOUTS)("the permission, %s", (layout) => {
    const blocks = today([], [lamps]);
    const authorization = [
      heading("Authorization Information"),
      table(undefined, ["Action", "Access Level", "Resource Type"], ["lamp:lamps:list", "list", "lamp"]),
    ];
    const page = renderBlocks(
      [...blocks.slice(0, 3), ...authorization, ...blocks.slice(3)],
      layout,
      "huaweicloud",
      "x",
    );
    expect(read(page, "permission").flat).toEqual({
      "permission.action": "lamp:lamps:list",
      "permission.access": "list",
    });
  });

  test("a type that is not known is told, and the row is there", () => {
    const page = renderBlocks(today([], [body(["id", "Quux<3>", "ID"])]), "html", "huaweicloud", "x");
    const { flat, notes } = read(page, "response.200.");
    expect(flat).toEqual({ "response.200.id": "any" });
    expect(notes[0]).toBe('id: the type "Quux<3>" is not known');
  });
});

describe("HTML", () => {
  const page = (inner: string) =>
    `<h1>Listing Lamps</h1><div><h4>Function</h4><p>x</p><h4>URI</h4><p>GET /v2/lamps</p><h4>Request Parameters</h4><h4>Response Parameters</h4><p><strong>Status code: 200</strong></p>${inner}</div>`;
  const cells = (tag: string, ...texts: string[]) =>
    `<tr>${texts.map((text) => `<${tag}>${text}</${tag}>`).join("")}</tr>`;
  const grid = (caption: string, rows: string) =>
    `<table><caption><b>${caption}</b></caption><thead>${cells("th", "Parameter", "Type", "Description")}</thead><tbody>${rows}</tbody></table>`;

  test("types that are links, notes, line breaks and several lists in one cell", () => {
    const lamp = '<a href="#T__response_Lamp">Lamp</a>';
    const inner = [
      grid(
        "Table 1 Response body parameters",
        cells("td", "<p>lamps</p>", `<p>Array of ${lamp} objects</p>`, "<p>L</p>") +
          cells("td", "<p>by</p>", `<p>Map&lt;String,${lamp}&gt;</p>`, "<p>L</p>") +
          cells("td", "<p>one</p>", `<p>${lamp}&nbsp;object</p>`, "<p>L</p>"),
      ),
      grid(
        "Table 2 Lamp",
        cells(
          "td",
          "<p>mode</p>",
          "<p>String</p>",
          '<p>Mode.<br/>Enumeration values:</p><ul><li><p><strong>on</strong></p></li><li>off</li></ul><p>Default: <strong>on</strong></p><ul><li>first</li><li>second</li></ul><div class="note"><span class="notetitle">NOTE:</span><div class="notebody"><ul><li>third</li></ul></div></div>',
        ),
      ),
    ];
    expect(read(page(inner.join("\n"))).flat).toMatchObject({
      "response.200.lamps": "array of Lamp",
      "response.200.by": "map of Lamp",
      "response.200.one": "Lamp",
      "Lamp.mode.enum": "on,off",
      "Lamp.mode.default": "on",
    });
  });

  test("cells that reach over several rows or columns", () => {
    const rows =
      '<tr><td rowspan="2">id</td><td rowspan="2">String</td><td>First.</td></tr><tr><td>Maximum length: 8</td></tr><tr><td>size</td><td colspan="2">Integer</td></tr>';
    const { flat, facts } = read(page(grid("Table 1 Response body parameters", rows)), "response.200.");
    expect(facts.responses[0]?.body?.fields?.map(({ name }) => name)).toEqual(["id", "size"]);
    expect(flat).toEqual({
      "response.200.id": "string",
      "response.200.id.maxLength": 8,
      "response.200.size": "integer",
    });
  });

  test("the address and the body of a request in one block", () => {
    const inner = `${grid("Table 1 Response body parameters", cells("td", "id", "String", "ID"))}<h4>Example Requests</h4>\n<pre class="screen">GET https://{endpoint}/v2/lamps\n\n{\n  "a" : "b &amp; c"\n}</pre>`;
    expect(read(page(inner)).facts.examples).toMatchObject([{ of: "request", value: { a: "b & c" } }]);
  });
});

test("a page on one line", () => {
  const blocks = today(
    [table("Table 1 Request header parameters", HEAD, ["X-Trace", "Yes", "String", "T"])],
    [lamps],
  );
  const page = `Updated on 2025-01-02 GMT+08:00 Share ${renderBlocks(blocks, "snippet", "huaweicloud", "x")}${" ".repeat(400)}`;
  const { flat, facts } = read(page);
  expect(facts.rendering).toBe("snippet");
  expect(facts.updated).toEqual({ value: "2025-01-02", at: 1 });
  expect(facts.parameters.map(({ at }) => at)).toEqual([1]);
  expect(flat).toMatchObject({
    title: "Listing Lamps",
    "header.X-Trace.required": "yes",
    "response.200.id": "string",
  });
});

test("a table without types whose marks are lost: what is left of it is read, and told", () => {
  const text =
    "放飞风筝\n\n功能介绍\n\n放飞。\n\nURI\n\nDELETE /v1/{project_id}/kites/{kite_id}\n\n表1 参数说明\n\n名称\n\n是否必选\n\n说明\n\nproject_id\n\n项目的编号。\n\nkite_id\n\n风筝的编号,\n\n长度为36个字符。\n\n请求参数\n\n无\n\n响应参数\n\n无";
  const { parameters, notUnderstood } = readPage(text, "page");
  expect(parameters).toMatchObject([
    { name: "project_id", in: "path", required: "yes", type: { kind: "any" } },
    { name: "kite_id", in: "path", required: "yes", type: { kind: "any" } },
  ]);
  expect(notUnderstood.map(({ line, message }) => [line, message])).toEqual([
    [11, "a table without types whose marks are lost: its rows are known by their names only"],
  ]);
  const empty = text.replace(/表1[\s\S]*请求参数/, "请求参数");
  expect(() => readPage(empty, "page")).toThrow(/neither parameters nor responses .* save the page as HTML$/);
});
