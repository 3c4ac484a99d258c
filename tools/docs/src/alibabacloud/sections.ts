import { type Item, isLine, type Line } from "../page/item.ts";
import { plain } from "../page/normalise.ts";
import { columnOf } from "../page/words.ts";

/** The headings of a page, in their order; those in front of the request may stand in any. */
const HEADINGS = [
  [
    "about",
    /^(?:接口说明|qps\s?限制|使用说明|使用限制|operation description|qps limits?|description|usage notes?|limits?)$/i,
  ],
  ["about", /^(?:调试|debugging|debug|try it now|test|在线调试)$/i],
  ["permission", /^(?:授权信息|authorization information|ram authorization)$/i],
  ["syntax", /^(?:请求语法|请求头|request syntax|request headers?)$/i],
  ["path", /^(?:路径参数|path parameters?)$/i],
  ["request", /^(?:请求参数|请求信息|request parameters?)$/i],
  ["answerSyntax", /^(?:返回语法|响应语法|response syntax)$/i],
  [
    "response",
    /^(?:返回参数|返回数据|返回结果|返回信息|响应参数|response parameters?|response elements?|response data|return(?:ed)? (?:parameters?|data|results?))$/i,
  ],
  ["example", /^(?:示例|examples?)$/i],
  ["requestExample", /^(?:请求示例|sample requests?|request examples?|example requests?)$/i],
  [
    "example",
    /^(?:正常返回示例|返回示例|(?:sample )?success(?:ful)? responses?(?: examples?)?|normal responses?(?: examples?)?|sample responses?|response examples?)$/i,
  ],
  ["errors", /^(?:(?:特定)?错误码|(?:specific )?error codes?|errors)$/i],
  ["history", /^(?:变更历史|change history|revision history)$/i],
] as const;

export type SectionName = (typeof HEADINGS)[number][0] | "start";

export interface Section {
  readonly name: SectionName;
  readonly line: number;
  readonly items: readonly Item[];
}

const REQUEST = HEADINGS.findIndex(([name]) => name === "request");
const EXAMPLE = HEADINGS.findIndex(([name]) => name === "example");
const ERRORS = HEADINGS.findIndex(([name]) => name === "errors");

/** Splits a page at its headings. A heading counts only where the order of headings allows it. */
export function sectionsOf(items: readonly Item[]): Section[] {
  const sections: { name: SectionName; line: number; items: Item[] }[] = [
    { name: "start", line: 1, items: [] },
  ];
  let reached = -1;
  items.forEach((item, index) => {
    const above = items[index - 1];
    // "Example" is a column's head, too.
    const isBelowHeading = sections.at(-1)?.items.length === 0;
    const isHead = !isBelowHeading && above?.kind === "line" && columnOf(above.text) !== undefined;
    const found =
      item.kind === "line" && item.bullet === 0 && !isHead
        ? headingOf(item, items[index + 1], reached)
        : undefined;
    const name = found === undefined ? undefined : HEADINGS[found]?.[0];
    if (found === undefined || name === undefined) sections.at(-1)?.items.push(item);
    else {
      reached = Math.max(reached, found);
      sections.push({ name, line: item.line, items: [] });
    }
  });
  return sections;
}

function headingOf({ text }: Line, next: Item | undefined, reached: number): number | undefined {
  if (text.length > 80) return undefined;
  const word = withoutId(text);
  const index = HEADINGS.findIndex(([, words]) => words.test(word));
  if (index < 0 || (index <= reached && (index >= REQUEST || reached >= REQUEST))) return undefined;
  // The description of ErrorCode; behind the heading there is a pointer or a table.
  if (index === ERRORS && reached < EXAMPLE && !isPointer(next)) return undefined;
  return index;
}

/** Headings of some Markdown renderings have an anchor behind them: `{#parameters .section}`. */
const withoutId = (text: string): string => text.replace(/\{\s?[#.][^{}]{0,60}\}\s*$/, "").trim();

const isPointer = (item: Item | undefined): boolean =>
  item === undefined || item.kind === "table" || /错误中心|error cent|http/i.test(item.text.slice(0, 200));

export interface Title {
  readonly action: string;
  readonly title: string | undefined;
  readonly line: number;
}

const TITLE = /^(?:[^:]{0,60}:\s?)?([A-Z][A-Za-z0-9]{2,80})(?:\s(?:-|–|—)\s(.{1,200}))?$/;

/** `<product>:<Action> - <title>`, near the top of the page. */
export function titleOf(items: readonly Item[]): Title | undefined {
  const lines = items.slice(0, 60).filter(isLine);
  const read = ({ text, line }: Line): Title | undefined => {
    const [, action, title] =
      text.length > 300 ? [] : (TITLE.exec(plain(withoutId(text.replace(/^#{1,6} /, "")))) ?? []);
    return action === undefined ? undefined : { action, title: title?.trim(), line };
  };
  const titles = lines.map(read).filter((title) => title !== undefined);
  return (
    titles.find(({ title }) => title !== undefined) ??
    titles.find(({ action }) => /^[A-Z][a-z]+[A-Z]/.test(action))
  );
}
