import type { Fact, Facts, Field, Note, Parameter, Response } from "../facts.ts";
import { examplesIn } from "../huaweicloud/examples.ts";
import { updatedIn } from "../page/date.ts";
import { PageError } from "../page/error.ts";
import { markOf } from "../page/field.ts";
import { type Item, isLine, textOf } from "../page/item.ts";
import { plain } from "../page/normalise.ts";
import type { Row } from "../page/row.ts";
import { tellMissing, templateOf } from "../page/template.ts";
import { saysNothing } from "../page/words.ts";
import { fold } from "./fold.ts";
import { requestIn } from "./request-example.ts";
import { rowsIn } from "./rows.ts";
import { type SectionName, sectionsOf, titleOf } from "./sections.ts";
import { treeOf } from "./tree.ts";

/** Whether this can be a page of Alibaba Cloud: it has an action, and the headings that every one has. */
export function isAlibabaCloud(items: readonly Item[]): boolean {
  const names = sectionsOf(items).map(({ name }) => name);
  return names.includes("response") && (titleOf(items) !== undefined || names.includes("request"));
}

/** Reads a page of Alibaba Cloud. */
export function readAlibabaCloud(page: string, items: readonly Item[], notes: Note[]): Facts {
  const sections = sectionsOf(items);
  const of = (name: SectionName): Item[] =>
    sections.filter((section) => section.name === name).flatMap((section) => section.items);
  const lineOf = (name: SectionName): number => sections.find((section) => section.name === name)?.line ?? 1;

  const rows = rowsIn(of("request"), notes);
  const responseRows = rowsIn(of("response"), notes);
  const isEmpty = of("response").every((item) => item.kind === "line" && saysNothing(item.text));
  if (responseRows.length === 0 && !isEmpty) {
    throw new PageError(page, lineOf("response"), "no row of the response is understood behind this heading");
  }
  const title = titleOf(items);
  const action = constant(rows, "Action");
  const name = title === undefined ? action : { value: title.action, at: title.line };
  if (name === undefined)
    notes.push({ line: items[0]?.line ?? 1, message: "the page does not say what the action is called" });
  const version = constant(rows, "Version");
  // What every request of this style has is no parameter of this one.
  const requestRows = rows.filter(
    ({ name }) =>
      !(name === "Action" && action !== undefined) && !(name === "Version" && version !== undefined),
  );
  const examples = examplesIn(of("example"), "response", "200", notes);
  const request = requestIn(of("requestExample"), notes);
  const fields = treeOf(requestRows, request?.example.value, notes);
  // A page may have the path's table under a heading of its own, or directly below the path.
  const ofPath = [...rowsIn(of("syntax"), notes), ...rowsIn(of("path"), notes)];
  const pathFields = fold(ofPath, notes).map(({ field }) => field);
  const endpoint = withTemplate(syntaxIn(of("syntax")), [...pathFields, ...fields]);
  const parameters = [
    ...pathParameters(pathFields, endpoint, notes),
    ...parametersOf(fields, endpoint, notes),
  ];
  const body = endpoint === undefined ? undefined : fields.find(isBody);
  if (endpoint !== undefined) tellMissing(endpoint.path, parameters, notes);
  const [first, ...rest] = responseRows;
  const isRoot = first?.name === "" && first.type.kind === "object";
  const answer: Response = {
    status: "200",
    at: lineOf("response"),
    body: isEmpty
      ? undefined
      : {
          kind: "object",
          at: first?.line ?? lineOf("response"),
          fields: treeOf(isRoot ? rest : responseRows, examples[0]?.value, notes),
        },
    headers: [],
  };
  return {
    name,
    title: title?.title === undefined ? undefined : { value: title.title, at: title.line },
    updated: updatedIn(items),
    method: endpoint?.method,
    path: endpoint?.path,
    version,
    permission: permissionIn(of("permission")),
    parameters,
    body: body?.type,
    bodyRequired: body && markOf(body),
    responses: [answer],
    schemas: [],
    examples: [...(request?.isWhole ? [request.example] : []), ...examples],
  };
}

/** What older pages say of a parameter that has one value: `Action String Yes ListJobs`. */
function constant(rows: readonly Row[], name: string): Fact<string> | undefined {
  const row = rows.find((each) => each.name === name && each.depth !== 1);
  if (row === undefined) return undefined;
  const prose = row.description.map(({ text }) => plain(text.slice(0, 500))).join(" ");
  const form = name === "Action" ? "[A-Z]\\w{2,80}" : "\\d{4}-\\d{2}-\\d{2}";
  const [, said] =
    new RegExp(`(?:取值\\s?(?:为|:)|set (?:the value|this parameter) to|value:)\\s?"?(${form})`, "i").exec(
      prose,
    ) ?? [];
  const example = new RegExp(`^${form}$`).test(row.example ?? "") ? row.example : undefined;
  const value = said ?? example;
  return value === undefined ? undefined : { value, at: row.line };
}

interface Endpoint {
  readonly method: Fact<string>;
  readonly path: Fact<string>;
}

/** With a path of its own, an operation may have a body: the row that is called so. */
const isBody = ({ name, type }: Field): boolean => name.toLowerCase() === "body" && type.kind !== "string";

/** The rows of the path's table; one whose name is not in the path belongs elsewhere. */
function pathParameters(
  fields: readonly Field[],
  endpoint: Endpoint | undefined,
  notes: Note[],
): Parameter[] {
  const template = new Set(templateOf(endpoint?.path.value ?? ""));
  for (const { name, at } of fields.filter((field) => !template.has(field.name)))
    notes.push({
      line: at,
      message: `${name}: a row of the path's table, and not in the path; it is not read`,
    });
  return fields
    .filter(({ name }) => template.has(name))
    .map((field): Parameter => ({ ...field, in: "path", required: "yes" }));
}

function parametersOf(fields: readonly Field[], endpoint: Endpoint | undefined, notes: Note[]): Parameter[] {
  const template = new Set(templateOf(endpoint?.path.value ?? ""));
  const others = endpoint === undefined ? fields : fields.filter((field) => !isBody(field));
  const isUncertain = ["POST", "PUT", "PATCH"].includes(endpoint?.method.value ?? "");
  return others.map((field): Parameter => {
    if (template.has(field.name)) return { ...field, in: "path", required: "yes" };
    if (isUncertain)
      notes.push({
        line: field.at,
        message: `${field.name}: whether it is sent in the query or in the body is not said; read as query`,
      });
    return { ...field, in: "query" };
  });
}

/** ROA: `GET /api/v1/clusters HTTP/1.1`. RPC pages have no such line. */
function syntaxIn(items: readonly Item[]): Endpoint | undefined {
  for (const item of items) {
    if (item.kind === "table") continue;
    const [, method, path] =
      /^\s{0,8}(GET|PUT|POST|DELETE|PATCH|HEAD)\s{1,3}(\/\S{0,400})/.exec(item.text) ?? [];
    if (method === undefined || path === undefined) continue;
    const value = (path.split("?")[0] ?? path).replace(/\[([^[\]]{1,100})\]/g, "{$1}");
    return { method: { value: method, at: item.line }, path: { value, at: item.line } };
  }
  return undefined;
}

/** Old pages write the names of the path's parameters without brackets: `/clusters/ClusterId`. */
function withTemplate(endpoint: Endpoint | undefined, fields: readonly Field[]): Endpoint | undefined {
  if (endpoint === undefined || endpoint.path.value.includes("{")) return endpoint;
  const names = new Set(fields.filter(({ required }) => required !== "no").map(({ name }) => name));
  const segments = endpoint.path.value.split("/").map((part) => (names.has(part) ? `{${part}}` : part));
  return { ...endpoint, path: { ...endpoint.path, value: segments.join("/") } };
}

const ACCESS = "(Read|List|Write|Create|Update|Delete|Get|All)";
const PERMISSION = new RegExp(`^([a-z][\\w-]{0,40}:[A-Za-z]{1,80}?)\\s?${ACCESS}$`, "i");
const PERMISSION_APART = new RegExp(`^([a-z][\\w-]{0,40}:[A-Za-z]{1,80})\\s${ACCESS}$`, "i");

/** `alb:ListAsynJobsRead`, or the same in two cells, which in saved text may have lines of their own. */
function permissionIn(items: readonly Item[]): Facts["permission"] {
  const rows = items.flatMap((item, index) =>
    item.kind === "table"
      ? item.rows.map((row) => ({ cells: row.map(textOf), line: row[0]?.line ?? item.line }))
      : [
          {
            cells: items
              .slice(index, index + 2)
              .filter(isLine)
              .map(({ text }) => text),
            line: item.line,
          },
        ],
  );
  for (const { cells, line } of rows) {
    const texts = cells.slice(0, 2).map((text) => plain(text.slice(0, 300)));
    const [, action, access] =
      PERMISSION_APART.exec(texts.join(" ")) ?? PERMISSION.exec(texts[0] ?? "") ?? [];
    if (action !== undefined && access !== undefined) return { value: { action, access }, at: line };
  }
  return undefined;
}
