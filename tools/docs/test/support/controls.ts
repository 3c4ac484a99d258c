/** Changes of a page that are no changes of its facts. */
export function* controlsOf(text: string): Generator<[string, string]> {
  const lines = text.split("\n");
  yield ["another date", text.replace(/(更新时间:)[^\n]*/, "$12031-12-24 GMT+08:00")];
  yield ["chrome in front", `首页\n\n帮助中心\n\n${text}`];
  yield ["chrome behind", `${text}\n\n分享:\n\n    相关文档\n\n    相关产品`];
  yield ["CRLF", lines.join("\r\n")];
  yield ["trailing blanks", lines.map((line) => (line === "" ? line : `${line}  `)).join("\n")];
  yield [
    "no-break spaces",
    text.replace(/(?<=\S) (?=\S)/g, (space, at: number) =>
      /["{[\],]/.test(text.slice(at - 2, at + 3)) ? space : "\u00a0",
    ),
  ];
  yield [
    "full-width punctuation",
    outsideOfJson(lines, (line) =>
      line
        .replaceAll(":", "：")
        .replaceAll(",", "，")
        .replaceAll("(", "（")
        .replaceAll(")", "）")
        .replaceAll("~", "～"),
    ),
  ];
  yield ["other sample code", text.replace(/int limit = 5;|String ak = /g, "String other = ")];
  yield [
    "other wording",
    text
      .replaceAll("此项的含义", "另一种说法")
      .replaceAll("资源ID。", "某个资源的标识。")
      .replaceAll("任务状态", "任务的状态"),
  ];
  yield [
    "more blank lines",
    outsideOfJson(lines, (line) => (/^[\u4e00-\u9fff]/.test(line) ? `\n${line}` : line)),
  ];
}

function outsideOfJson(lines: readonly string[], change: (line: string) => string): string {
  let isJson = false;
  return lines
    .map((line) => {
      if (/^\{/.test(line)) isJson = true;
      const result = isJson || /^\s/.test(line) || /https?:/.test(line) ? line : change(line);
      if (/^\}/.test(line)) isJson = false;
      return result;
    })
    .join("\n");
}
