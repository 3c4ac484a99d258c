import type { Item } from "./item.ts";
import { linesOf } from "./normalise.ts";
import { textItems } from "./text.ts";

const HEADINGS =
  "功能介绍|接口约束|调用方法|授权信息|请求参数|响应参数|返回参数|请求示例|响应示例|SDK代码示例|状态码|错误码|变更历史|正常返回示例|URI|Function|Constraints|Calling Method|Request Parameters|Response Parameters|Example Requests|Example Responses|SDK Sample Code|Status Codes|Error Codes|Request parameters|Response parameters|Authorization information";
const COLUMNS =
  "参数|名称|参数名称|是否必选|必选|参数类型|类型|描述|说明|Parameter|Mandatory|Type|Description";
const PLAIN = "String|Integer|Long|Boolean|Number|Float|Double|Object|JSON";
const TYPE = `(?:Array of [\\w.:-]{1,100} objects?|Array of (?:strings|integers|objects|booleans|longs|numbers)|Array<[\\w<>, ]{1,80}>|Map<[\\w<>, ]{1,80}>|List<[\\w<>, ]{1,80}>|[A-Z][\\w.:-]{0,100} object|${PLAIN})`;
const NAME = "[A-Za-z_][\\w.:-]{0,100}";

const RULES: readonly (readonly [RegExp, string])[] = [
  [/(?<=\s)((?:更新时间|updated on)\s?:?\s?\d{4}-\d{2}-\d{2}(?: GMT[+-]\d{2}:\d{2})?)(?=\s)/gi, "\n$1\n"],
  [/(?<=\s)(分享|Share|View PDF|查看PDF)(?=\s)/g, "\n$1\n"],
  [/ ((?:表|Table) ?\d{1,4} )/g, "\n$1"],
  [new RegExp(`(?<=\\s)(${COLUMNS})(?= (?:${COLUMNS})(?:\\s|$))`, "g"), "\n$1\n"],
  [new RegExp(`(?<=\\s(?:${COLUMNS})\\s{1,3})(${COLUMNS})(?=\\s)`, "g"), "\n$1\n"],
  [new RegExp(`(?<=\\s)(${HEADINGS})(?=\\s)(?! ?:)`, "g"), "\n$1\n"],
  [/(?<=\s)((?:GET|PUT|POST|DELETE|PATCH|HEAD) \/\S{1,400})/g, "\n$1\n"],
  [/(?<=\s)((?:状态码|Status code) ?: ?\d{3})/gi, "\n$1\n"],
  [new RegExp(`(?<=\\s)(${NAME}) (是|否|Yes|No) (${TYPE})(?=\\s|$)`, "g"), "\n$1\n$2\n$3\n"],
  [
    new RegExp(
      `(?<=\\s)(?!(?:a|an|the|of|is|as|in|to|for|and|or|with|by)\\s)(${NAME}) (${TYPE})(?=\\s|$)`,
      "g",
    ),
    "\n$1\n$2\n",
  ],
];

/**
 * The blocks of a page that all follow each other on one line, or a few, with breaks where its words show that a block
 * begins. Each keeps the line that it stands on.
 */
export const snippetItems = (source: string): Item[] =>
  linesOf(source).flatMap((line, index) =>
    textItems(broken(line)).map((item) => ({ ...item, line: index + 1 })),
  );

function broken(line: string): string {
  const { text, kept } = withoutJson(` ${line.replace(/\s+/g, " ")} `);
  const lines = RULES.reduce((before, [rule, replacement]) => before.replace(rule, replacement), text);
  return lines.replace(/\ue000(\d+)\ue000/g, (_, index) => `\n${kept[Number(index)] ?? ""}\n`);
}

/** JSON has its own line structure: it is kept aside. */
function withoutJson(text: string): { text: string; kept: string[] } {
  const kept: string[] = [];
  const parts: string[] = [];
  let from = 0;
  for (const start of [...text.matchAll(/ [{[] ?["{]/g)].map(({ index }) => index + 1)) {
    if (start < from) continue;
    const end = endOfJson(text, start);
    if (end === undefined) break;
    parts.push(text.slice(from, start), `\ue000${kept.length}\ue000`);
    kept.push(text.slice(start, end));
    from = end;
  }
  return { text: parts.join("") + text.slice(from), kept };
}

function endOfJson(text: string, start: number): number | undefined {
  let depth = 0;
  let isQuoted = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (isQuoted && character === "\\") at++;
    else if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (character === "{" || character === "[")) depth++;
    else if (!isQuoted && (character === "}" || character === "]")) depth--;
    if (depth === 0) return at + 1;
  }
  return undefined;
}
