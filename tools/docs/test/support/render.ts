import { type Block, type Cell, heading, line, renderBlocks } from "./blocks.ts";
import type { ModelField, PageModel } from "./model.ts";
import { describeField, type Language, type Style, typeCell } from "./words.ts";

export type Layout = "text" | "html" | "markdown" | "cells" | "snippet";
export const LAYOUTS: readonly Layout[] = ["text", "html", "markdown", "cells", "snippet"];

export interface Rendered {
  readonly layout: Layout;
  readonly language: Language;
  readonly style: Style;
  /** Whether the "required" column has its marks: the saved Chinese pages have lost them. */
  readonly marks: boolean;
}

/** A page that says what a model says, in the layout of one of the renderings, in words of our own. */
export const render = (page: PageModel, how: Rendered): string => {
  // Without captions a table is known by its order: one that no type refers to would not be on the page.
  const kept =
    how.layout === "text" || how.layout === "html" || how.layout === "snippet" ? page : withoutOrphans(page);
  const blocks = page.site === "huaweicloud" ? huaweicloud(kept, how) : alibabacloud(page, how);
  return renderBlocks(blocks, how.layout, page.site, page.title);
};

function huaweicloud(page: PageModel, how: Rendered): Block[] {
  const zh = how.language === "zh";
  const t = (chinese: string, english: string) => (zh ? chinese : english);
  let number = 0;
  const table = (caption: string, fields: readonly ModelField[], isRequest: boolean): Block[] =>
    fields.length === 0
      ? []
      : [
          {
            kind: "table",
            caption: `${t("表", "Table ")}${++number} ${caption}`,
            head: [
              t("参数", "Parameter"),
              ...(isRequest ? [t("是否必选", "Mandatory")] : []),
              t("参数类型", "Type"),
              t("描述", "Description"),
            ],
            rows: fields.map((field) => [
              [field.name],
              ...(isRequest ? [[mark(field, how)]] : []),
              [typeCell(field.type)],
              describeField(field, how.language, how.style),
            ]),
          },
        ];
  const of = (where: string) => page.parameters.filter((parameter) => parameter.in === where);
  return [
    line(t("更新时间:2025-01-02 GMT+08:00", "Updated on 2025-01-02 GMT+08:00")),
    heading(page.title),
    heading(t("功能介绍", "Function")),
    line(t("这里说明接口的用途。", "What this is good for.")),
    heading("URI"),
    line(`${page.method} ${page.path}`),
    ...table(t("路径参数", "Path Parameters"), of("path"), true),
    ...table(t("Query参数", "Query Parameters"), of("query"), true),
    heading(t("请求参数", "Request Parameters")),
    ...table(t("请求Header参数", "Request header parameters"), of("header"), true),
    ...table(t("请求Body参数", "Request body parameters"), page.body?.fields ?? [], true),
    ...(page.body?.schemas ?? []).flatMap((schema) => table(schema.name, schema.fields, true)),
    heading(t("响应参数", "Response Parameters")),
    ...page.responses.flatMap(({ status, fields, headers = [] }) => [
      line(t(`状态码:${status}`, `Status code: ${status}`)),
      ...table(t("响应Header参数", "Response header parameters"), headers, false),
      ...table(t("响应Body参数", "Response body parameters"), fields, false),
      ...(status === "200" ? page.schemas.flatMap((schema) => table(schema.name, schema.fields, false)) : []),
    ]),
    heading(t("请求示例", "Example Requests")),
    line(`${page.method} https://{endpoint}${page.path}`),
    ...(page.body?.example === undefined
      ? []
      : [{ kind: "code" as const, text: JSON.stringify(page.body.example, null, 2) }]),
    heading(t("响应示例", "Example Responses")),
    line(t("状态码:200", "Status code: 200")),
    line(t("成功", "OK")),
    { kind: "code", text: JSON.stringify(page.example, null, 2) },
    heading(t("SDK代码示例", "SDK Sample Code")),
    { kind: "code", text: `public class ${page.name}Solution {\n    int limit = 5;\n}` },
    heading(t("状态码", "Status Codes")),
    {
      kind: "table",
      caption: undefined,
      head: [t("状态码", "Status Code"), t("描述", "Description")],
      rows: page.responses.map(({ status }) => [[status], [t("说明文字", "Some words")]]),
    },
    heading(t("错误码", "Error Codes")),
    line(t("请参见错误码", "See Error Codes.")),
  ];
}

const mark = ({ required }: ModelField, { language, marks }: Rendered): string => {
  if (!marks || required === undefined) return "";
  return language === "zh" ? (required === "yes" ? "是" : "否") : required === "yes" ? "Yes" : "No";
};

function alibabacloud(page: PageModel, how: Rendered): Block[] {
  const zh = how.language === "zh";
  const t = (chinese: string, english: string) => (zh ? chinese : english);
  const rows = (fields: readonly ModelField[], isRequest: boolean): Cell[][] =>
    fields.flatMap((field) => {
      const { items, fields: own } = field.type;
      const isArray = field.type.kind === "array";
      const cells = (name: string, type: string, text: Cell, example: string): Cell[] => [
        [name],
        [type],
        ...(isRequest ? [[mark(field, how)]] : []),
        text,
        [example],
      ];
      const example = field.type.kind === "array" || field.type.kind === "object" ? "" : exampleOf(field);
      const isStructured = items?.kind === "object";
      return [
        cells(
          field.name,
          isArray ? (isStructured ? "object []" : "array") : field.type.kind,
          describeField(field, how.language, how.style),
          example,
        ),
        ...(isArray && items !== undefined && !isStructured
          ? [cells("", items.kind, [t("其中一项。", "One of them.")], "x-1****")]
          : []),
        ...rows(items?.fields ?? own ?? [], isRequest),
      ];
    });
  const head = (isRequest: boolean) => [
    t("名称", "Parameter"),
    t("类型", "Type"),
    ...(isRequest ? [t("必填", "Required")] : []),
    t("描述", "Description"),
    t("示例值", "Example"),
  ];
  const answer = page.responses[0]?.fields ?? [];
  return [
    line(t("全部产品", "All Products")),
    heading(`${t("负载均衡:", "")}${page.name} - ${page.title}`),
    line(t("更新时间:Jan 2, 2025", "Updated on Jan 2, 2025")),
    heading(t("请求参数", "Request parameters")),
    { kind: "table", caption: undefined, head: head(true), rows: rows(page.parameters, true) },
    heading(t("返回参数", "Response parameters")),
    {
      kind: "table",
      caption: undefined,
      head: head(false),
      rows: [[[""], ["object"], [t("整个结果。", "All of it.")], [""]], ...rows(answer, false)],
    },
    heading(t("示例", "Examples")),
    heading(t("正常返回示例", "Sample success responses")),
    line("JSON"),
    { kind: "code", text: JSON.stringify(page.example, null, 2) },
    heading(t("错误码", "Error codes")),
    line(t("访问错误中心查看更多错误码。", "See the Error Center.")),
    heading(t("变更历史", "Change history")),
  ];
}

const exampleOf = ({ type, enum: values }: ModelField): string =>
  values?.[0] ?? (type.kind === "boolean" ? "true" : type.kind === "string" ? "abc-123****" : "20");

function withoutOrphans(page: PageModel): PageModel {
  const reached = new Set<string>();
  const visit = ({ type }: ModelField): void => {
    for (let each: ModelField["type"] | undefined = type; each !== undefined; each = each.items) {
      const name = each.schema;
      if (name === undefined || reached.has(name)) continue;
      reached.add(name);
      for (const field of page.schemas.find((schema) => schema.name === name)?.fields ?? []) visit(field);
    }
  };
  for (const response of page.responses) response.fields.forEach(visit);
  const order = [...reached];
  const schemas = page.schemas
    .filter(({ name }) => reached.has(name))
    .toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  return { ...page, schemas };
}
