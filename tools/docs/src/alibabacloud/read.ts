import type { Fact, Facts, Note, Parameter, Response } from "../facts.ts";
import { examplesIn } from "../huaweicloud/examples.ts";
import { updatedIn } from "../page/date.ts";
import { PageError } from "../page/error.ts";
import { fieldOf } from "../page/field.ts";
import { type Item, textOf } from "../page/item.ts";
import { plain } from "../page/normalise.ts";
import type { Row } from "../page/row.ts";
import { rowsIn } from "./rows.ts";
import { type SectionName, sectionsOf, titleOf } from "./sections.ts";
import { treeOf } from "./tree.ts";

/** Whether this can be a page of Alibaba Cloud: it has an action, and the headings that every one has. */
export function isAlibabaCloud(items: readonly Item[]): boolean {
  const names = sectionsOf(items).map(({ name }) => name);
  return titleOf(items) !== undefined && names.includes("response");
}

/** Reads a page of Alibaba Cloud. */
export function readAlibabaCloud(page: string, items: readonly Item[], notes: Note[]): Facts {
  const sections = sectionsOf(items);
  const of = (name: SectionName): Item[] =>
    sections.filter((section) => section.name === name).flatMap((section) => section.items);
  const lineOf = (name: SectionName): number => sections.find((section) => section.name === name)?.line ?? 1;

  const title = titleOf(items);
  const requestRows = rowsIn(of("request"), notes);
  const responseRows = rowsIn(of("response"), notes);
  if (responseRows.length === 0) {
    throw new PageError(page, lineOf("response"), "no row of the response is understood behind this heading");
  }
  const examples = examplesIn(of("example"), "response", notes);
  const endpoint = syntaxIn(of("syntax"));
  const path = endpoint?.path.value ?? "";
  const [first, ...rest] = responseRows;
  const isRoot = first?.name === "" && first.type.kind === "object";
  const fields = treeOf(isRoot ? rest : responseRows, examples[0]?.value, notes);
  const answer: Response = {
    status: "200",
    at: lineOf("response"),
    body: { kind: "object", at: first?.line ?? lineOf("response"), fields },
    headers: [],
  };
  return {
    name: title && { value: title.action, at: title.line },
    title: title?.title === undefined ? undefined : { value: title.title, at: title.line },
    updated: updatedIn(items),
    method: endpoint?.method,
    path: endpoint?.path,
    version: undefined,
    permission: permissionIn(of("permission")),
    parameters: parametersOf(requestRows, path, notes),
    body: undefined,
    responses: [answer],
    schemas: [],
    examples,
  };
}

function parametersOf(rows: readonly Row[], path: string, notes: Note[]): Parameter[] {
  const parameters: Parameter[] = [];
  rows.forEach((row) => {
    if (row.name !== "") {
      const where = path.includes(`{${row.name}}`) || path.includes(`[${row.name}]`) ? "path" : "query";
      parameters.push({
        ...fieldOf(row, notes),
        in: where,
        ...(where === "path" ? { required: "yes" as const } : {}),
      });
      return;
    }
    const array = parameters.at(-1);
    if (array?.type.kind !== "array") {
      if (array !== undefined)
        notes.push({ line: row.line, message: "a row without a name behind one that is no array" });
      return;
    }
    const { name: _, at, required, requiredAt, type, ...statements } = fieldOf(row, notes);
    parameters[parameters.length - 1] = { ...statements, ...array, type: { ...array.type, items: type } };
    if (type.kind === "object")
      notes.push({
        line: row.line,
        message: `which of the rows behind it are fields of ${array.name} is not said; all are read as parameters`,
      });
  });
  return parameters;
}

/** ROA: `GET /api/v1/clusters HTTP/1.1`. RPC pages have no such line. */
function syntaxIn(items: readonly Item[]): { method: Fact<string>; path: Fact<string> } | undefined {
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

/** `alb:ListAsynJobsRead`, or the same in two cells. */
function permissionIn(items: readonly Item[]): Facts["permission"] {
  for (const item of items) {
    const rows =
      item.kind === "table"
        ? item.rows.map((row) => ({
            text: row.slice(0, 2).map(textOf).join(" "),
            line: row[0]?.line ?? item.line,
          }))
        : [item];
    for (const { text, line } of rows) {
      const [, action, access] =
        /^([a-z][\w-]{0,40}:[A-Za-z]{1,80}?)\s?(Read|List|Write|Create|Update|Delete|Get|All)$/i.exec(
          plain(text.slice(0, 300)).trim(),
        ) ?? [];
      if (action !== undefined && access !== undefined) return { value: { action, access }, at: line };
    }
  }
  return undefined;
}
