import type { Grid, Row } from "../page/row.ts";

/** What a table describes. */
export type Role =
  | "path"
  | "query"
  | "header"
  | "form"
  | "body"
  | "responseBody"
  | "responseHeader"
  | "schema"
  | "unknown";

const CAPTIONS: readonly (readonly [Role, RegExp])[] = [
  ["responseHeader", /(?:响应|返回|response)\s?(?:消息)?(?:头|header)/i],
  [
    "responseBody",
    /(?:响应|返回|response)\s?(?:消息)?(?:体|body|参数|消息参数|要素|elements?|parameters?$|parameter description)|parameters? in (?:the|a) response/i,
  ],
  ["path", /路径\s?参数|path param|uri\s?(?:中的)?(?:路径)?参数|uri param|url\s?参数|url param/i],
  ["query", /query\s?参数|query param|query string|查询参数|过滤参数/i],
  ["header", /(?:请求|request)\s?(?:消息)?(?:头|header)|header\s?参数|header param/i],
  ["form", /formdata|form\s?data|表单/i],
  ["body", /(?:请求|request)\s?(?:消息)?(?:体|body)|body\s?(?:体)?参数|body param/i],
];

/** The role that a caption, or a line of a few words above a table, names; `schema` if it is a name. */
export function roleOf(caption: string | undefined): Role {
  if (caption === undefined) return "unknown";
  const text = caption.slice(0, 200);
  if (/^[A-Za-z_][\w.:$-]*$/.test(text)) return "schema";
  return CAPTIONS.find(([, words]) => words.test(text))?.[0] ?? "unknown";
}

/**
 * Where the caption is lost, the section, the order and the names tell what a table of the request is. `unknown`: path
 * and query in one.
 */
export function guessRequest(
  section: "uri" | "request",
  grid: Grid,
  template: readonly string[],
  known: { readonly hasPath: boolean; readonly hasBody: boolean },
): Role {
  const all = (fits: (row: Row) => boolean) => grid.rows.length > 0 && grid.rows.every(fits);
  if (section === "uri") {
    if (all(({ name }) => /^X-/.test(name))) return "header";
    if (known.hasPath || template.length === 0) return "query";
    // The path's parameters come first, and none of them can be left out.
    const isPath = grid.rows.length === template.length && all(({ required }) => required !== "no");
    if (isPath || all(({ name }) => template.includes(name))) return "path";
    return all(({ name }) => !template.includes(name)) ? "query" : "unknown";
  }
  if (known.hasBody) return "schema";
  return grid.rows.some(({ name }) => /^(?:X-|Content-|Authorization$|Accept)/i.test(name))
    ? "header"
    : "body";
}

/** Where the caption is lost, the names tell whether a table of the answer describes its headers. */
export const isOfHeaders = ({ rows }: Grid): boolean =>
  rows.length > 0 &&
  rows.every(({ name }) => /^(?:X-|[A-Z][a-z]+-[A-Z]|Location$|Date$|ETag$|Server$)/.test(name));
