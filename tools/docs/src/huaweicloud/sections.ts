import type { Item, Line } from "../page/item.ts";

/** The headings of a page, in their order. */
const HEADINGS = [
  ["function", /^(?:功能介绍|功能描述|接口功能|function|functions|description)$/i],
  ["constraints", /^(?:接口约束|约束限制|约束与限制|使用限制|约束|constraints?|restrictions?)$/i],
  ["calling", /^(?:调用方法|calling method)$/i],
  ["debug", /^(?:调试|debugging|debug)$/i],
  ["authorization", /^(?:授权信息|authorization information)$/i],
  ["uri", /^(?:uri|uri格式|uri format|url|接口)$/i],
  ["request", /^(?:请求参数|请求消息|request parameters?|request message|request)$/i],
  ["response", /^(?:响应参数|响应消息|返回参数|response parameters?|response message|response)$/i],
  ["requestExample", /^(?:请求示例|请求样例|example requests?|request examples?)$/i],
  ["responseExample", /^(?:响应示例|响应样例|返回示例|example responses?|response examples?)$/i],
  ["samples", /^(?:sdk代码示例|sdk sample code|sdk code example)$/i],
  ["statuses", /^(?:状态码|返回值|status codes?)$/i],
  ["errors", /^(?:错误码|error codes?)$/i],
] as const;

export type SectionName = (typeof HEADINGS)[number][0] | "start";

/** A heading, and what stands under it. */
export interface Section {
  readonly name: SectionName;
  readonly line: number;
  readonly items: readonly Item[];
}

const INDEX = Object.fromEntries(HEADINGS.map(([name], index) => [name, index]));

/**
 * Splits a page at its headings. A heading counts only where the order of headings allows it: "error code" is a
 * field's description more often than a heading.
 */
export function sectionsOf(items: readonly Item[]): Section[] {
  const sections: { name: SectionName; line: number; items: Item[] }[] = [
    { name: "start", line: 1, items: [] },
  ];
  let reached = -1;
  items.forEach((item, index) => {
    const found =
      item.kind === "line" && item.bullet === 0 ? headingOf(item, items[index + 1], reached) : undefined;
    if (found === undefined) sections.at(-1)?.items.push(item);
    else {
      reached = found;
      sections.push({ name: HEADINGS[found]?.[0] ?? "start", line: item.line, items: [] });
    }
  });
  return sections;
}

const AFTER_EXAMPLES = INDEX.requestExample ?? 0;

/** The position of the heading that a line is; nothing if it is none, or cannot be one here. */
function headingOf({ text }: Line, next: Item | undefined, reached: number): number | undefined {
  if (text.length > 40) return undefined;
  const word = text.trim();
  const index = HEADINGS.findIndex(([, words]) => words.test(word));
  if (index <= reached) return undefined;
  if (index === INDEX.statuses) {
    const isHead =
      next?.kind === "table" ||
      (next?.kind === "line" && /^(?:状态码|status codes?|正常|返回值|\d{3})$/i.test(next.text.trim()));
    return isHead ? index : undefined;
  }
  // Before the examples these words are descriptions.
  if (index === INDEX.errors && reached < AFTER_EXAMPLES) return undefined;
  return index;
}
