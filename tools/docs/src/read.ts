import { isAlibabaCloud, readAlibabaCloud } from "./alibabacloud/read.ts";
import type { Language, Note, PageFacts, Rendering, Site } from "./facts.ts";
import { isHuaweiCloud, readHuaweiCloud } from "./huaweicloud/read.ts";
import { PageError } from "./page/error.ts";
import type { Item } from "./page/item.ts";
import { itemsOf, renderingOf } from "./page/rendering.ts";

/**
 * Reads a documentation page.
 *
 * @param page its name, for messages
 * @throws PageError if its layout is none that is known
 */
export function readPage(source: string, page: string): PageFacts {
  const foreign = RESTRUCTURED.exec(source);
  if (foreign !== null)
    throw new PageError(
      page,
      source.slice(0, foreign.index).split("\n").length,
      "reStructuredText, whose tables are not read; save the page as text, HTML or Markdown",
    );
  const rendering: Rendering = renderingOf(source);
  const notes: Note[] = [];
  const items = itemsOf(source, rendering);
  const site = siteOf(items);
  const head = rendering === "snippet" && site !== "huaweicloud" ? ALIBABA_HEADER.exec(source) : null;
  if (head !== null)
    throw new PageError(
      page,
      source.slice(0, head.index).split("\n").length,
      "an Alibaba Cloud page on one line: where a row begins and its description ends cannot be told; save it as text, HTML or Markdown",
    );
  if (site === undefined) {
    const expected =
      'neither the headings of a Huawei Cloud page (URI, then 请求参数 or "Request Parameters") nor the title of an Alibaba Cloud page ("Action - title")';
    throw new PageError(page, items[0]?.line ?? 1, `read as ${rendering}: ${expected}`);
  }
  const read = site === "huaweicloud" ? readHuaweiCloud : readAlibabaCloud;
  const facts = read(page, items, notes);
  const notUnderstood = notes.toSorted((a, b) => a.line - b.line);
  return { page, site, language: languageOf(items), rendering, ...facts, notUnderstood };
}

/** A directive, or the rule below a table's head. */
const RESTRUCTURED = /^[ \t]{0,20}(?:\.\. (?:list-)?table::|\+={3,200}\+)/m;

/** The head of a table of Alibaba Cloud, wherever it stands. */
const ALIBABA_HEADER =
  /名称\s?类型\s?(?:(?:是否)?必[填选]\s?)?(?:描述|示例值)|(?:Parameter|Element|Name)\s?Type\s?(?:Required\s?)?(?:Description|Example)/;

function siteOf(items: readonly Item[]): Site | undefined {
  const isAlibaba = isAlibabaCloud(items);
  if (isAlibaba && items.some((item) => item.kind === "line" && /OpenAPI Explorer/.test(item.text)))
    return "alibabacloud";
  if (isHuaweiCloud(items)) return "huaweicloud";
  return isAlibaba ? "alibabacloud" : undefined;
}

/** The headings tell: descriptions of English pages hold Chinese names now and then, and the other way round. */
function languageOf(items: readonly Item[]): Language {
  const isChinese = items.some(
    (item) =>
      item.kind === "line" &&
      /^(?:请求参数|响应参数|返回参数|返回数据|请求消息|响应消息)(?:$|\s?\{)/.test(
        item.text.trim().slice(0, 20),
      ),
  );
  return isChinese ? "zh" : "en";
}
