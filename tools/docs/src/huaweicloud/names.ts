import type { Fact } from "../facts.ts";
import { type Item, isLine } from "../page/item.ts";
import { plain } from "../page/normalise.ts";

const CHROME = /^(?:更新时间|updated on|分享|share|view pdf|查看pdf|feedback|[#|>-]|链接复制)/i;

/** The last line before the first heading that is no chrome. Newer pages have the operation's name behind it. */
export function titleIn(start: readonly Item[]): { title?: Fact<string>; name?: Fact<string> } {
  const found = start.filter(isLine).findLast(({ text }) => !CHROME.test(text.trim().slice(0, 60)));
  if (found === undefined) return {};
  const at = found.line;
  const text = plain(found.text.slice(0, 300));
  const [, title, name] = /^(.{1,200}?) - ([A-Z][A-Za-z0-9]{2,100})$/.exec(text) ?? [];
  if (title === undefined || name === undefined) return { title: { value: text, at } };
  return { title: { value: title, at }, name: { value: name, at } };
}

/** The samples are named after the operation: `ListJobsSolution`. */
export function sampleNameIn(samples: readonly Item[]): Fact<string> | undefined {
  for (const item of samples) {
    if (item.kind === "table") continue;
    const [, name] = /class ([A-Za-z]\w{1,100}?)Solution\b/.exec(item.text.slice(0, 100_000)) ?? [];
    if (name !== undefined) return { value: name, at: item.line };
  }
  return undefined;
}

/** The version is a segment of the path. */
export function versionOf({ value, at }: Fact<string>): Fact<string> | undefined {
  const [, version] = /\/(v\d[\w.-]{0,20})(?:\/|$)/i.exec(value) ?? [];
  return version === undefined ? undefined : { value: version, at };
}
