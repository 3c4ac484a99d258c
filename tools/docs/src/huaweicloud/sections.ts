import type { Item, Line } from "../page/item.ts";

/** The headings of a page, in their order. */
const HEADINGS = [
  ["function", /^(?:功能介绍|功能描述|功能说明|接口功能|function|functions|description|overview)$/i],
  ["constraints", /^(?:接口约束|约束限制|约束与限制|使用限制|约束|constraints?|restrictions?)$/i],
  ["calling", /^(?:调用方法|calling method)$/i],
  ["debug", /^(?:调试|debugging|debug)$/i],
  ["authorization", /^(?:授权信息|authorization information|authorization)$/i],
  ["uri", /^(?:uri|uri\s?格式|uri format|url|接口|接口uri)$/i],
  ["request", /^(?:请求|请求参数|请求消息|request parameters?|request messages?|requests?)$/i],
  [
    "response",
    /^(?:响应|响应参数|响应消息|返回参数|返回消息|response parameters?|response messages?|responses?)$/i,
  ],
  [
    "requestExample",
    /^(?:示例|样例|examples?|(?:请求|调用)(?:消息)?(?:示例|样例)|(?:example|sample) (?:of )?requests?|requests? (?:example|sample)s?)$/i,
  ],
  [
    "responseExample",
    /^(?:(?:响应|返回)(?:消息)?(?:示例|样例)|(?:example|sample) (?:of )?responses?|responses? (?:example|sample)s?)$/i,
  ],
  ["samples", /^(?:sdk\s?(?:代码)?示例|sdk sample codes?|sdk code examples?|sample code)$/i],
  ["statuses", /^(?:状态码|返回值|返回码|status codes?|returned values?|return values?|return codes?)$/i],
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
  const used = new Set<number>();
  let reached = -1;
  items.forEach((item, index) => {
    const found = item.kind === "line" ? headingOf(item, items[index + 1], reached, used) : undefined;
    if (found === undefined) sections.at(-1)?.items.push(item);
    else {
      reached = found;
      used.add(found);
      sections.push({ name: HEADINGS[found]?.[0] ?? "start", line: item.line, items: [] });
    }
  });
  return sections;
}

const EXAMPLES: ReadonlySet<number | undefined> = new Set([INDEX.requestExample, INDEX.responseExample]);

/** The position of the heading that a line is; nothing if it is none, or cannot be one here. */
function headingOf(
  { text, bullet }: Line,
  next: Item | undefined,
  reached: number,
  used: ReadonlySet<number>,
): number | undefined {
  if (text.length > 40) return undefined;
  const word = text.trim();
  // Old pages have a colon behind the headings of examples.
  const index = HEADINGS.findIndex(
    ([name, words]) => words.test(word) || (name.endsWith("Example") && words.test(word.replace(/:$/, ""))),
  );
  // Older pages show the example of the request before they describe the answer, and examples as points of a list.
  const isLate = index === INDEX.response && reached === INDEX.requestExample && !used.has(index);
  if (index <= reached && !isLate) return undefined;
  const above = index === INDEX.requestExample ? INDEX.request : INDEX.response;
  if (bullet > 0 && !(EXAMPLES.has(index) && used.has(above ?? -1))) return undefined;
  // Alone, the word stands in descriptions, too.
  if (/^(?:示例|样例|examples?)$/i.test(word) && !isExample(next)) return undefined;
  if (index === INDEX.statuses) {
    const isHead =
      next?.kind === "table" ||
      (next?.kind === "line" &&
        /^(?:状态码|status codes?|正常|normal|返回值|returned values?|\d{3})(?:\s\d{3})?$/i.test(
          next.text.trim().slice(0, 60),
        ));
    return isHead ? index : undefined;
  }
  // Before the request and the answer these words are descriptions.
  if (index > (INDEX.response ?? 0) && !used.has(INDEX.request ?? -1) && !used.has(INDEX.response ?? -1))
    return undefined;
  // Before the examples these words are descriptions.
  if (index === INDEX.errors && reached < (INDEX.requestExample ?? 0)) return undefined;
  return index;
}

const isExample = (item: Item | undefined): boolean =>
  item?.kind === "code" ||
  (item?.kind === "line" &&
    /^\s*(?:[{[]|(?:GET|POST|PUT|DELETE|PATCH)\s|https?:|(?:请求|响应|返回)(?:示例|样例)|(?:example|sample) (?:request|response)|(?:request|response)s? example)/i.test(
      item.text.slice(0, 200),
    ));
