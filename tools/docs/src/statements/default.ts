import type { Kind, Value } from "../facts.ts";

const TOKEN = `(?:"([^"]{0,100})"|'([^']{0,100})'|(-?[A-Za-z0-9_][\\w.+\\-:/]{0,100}(?:;\\s?charset=[\\w-]{1,20})?))`;
const ZH = new RegExp(`(?:默认(?:取值|值)?|缺省(?:值)?)\\s?(为|是|:)?\\s?:?\\s?${TOKEN}`, "g");
const EN = new RegExp(
  `\\b(?:default(?: value)?(?: is|:| of)?(?: set to)?|defaults to)\\s?(:)?\\s?${TOKEN}`,
  "gi",
);
/** What may follow a value: the end, a mark, or, behind a number, its unit. */
const ENDS = /^\s?(?:$|[,。;.)\](、:]|\s)/;

/** The value that a text states as default, as it is written; nothing if it states none. */
export function defaultIn(text: string): string | undefined {
  for (const match of [...text.matchAll(ZH), ...text.matchAll(EN)]) {
    const value = match[2] ?? match[3] ?? (match[4] && withoutSentence(match[4]).replace(/[.:]+$/, ""));
    const isQuoted = match[4] === undefined;
    const rest = text.slice(match.index + match[0].length);
    const isNumber = /^-?\d+(?:\.\d+)?$/.test(value ?? "");
    if (value === undefined || /^(?:value|is|none|null|n)$/i.test(value)) continue;
    // "the default value is the current time": a word that a sentence goes on behind is no value.
    const isProse =
      !isQuoted && !isNumber && (/^\s[a-z]/i.test(rest) || !(ENDS.test(rest) || match[4]?.endsWith(".")));
    if (!isProse) return value;
  }
  return undefined;
}

/** A sentence may follow a value without a space: "off.Only then …". */
export const withoutSentence = (word: string): string =>
  word.replace(/^(\d{1,19}|[a-z]{1,40})\.[A-Z][a-z]{0,40}$/, "$1");

/** Whether a bullet that explains a value says that it is the default: `slow (default): …`. */
export const isDefault = (text: string): boolean =>
  /^[^\s(]{1,100}\s?\((?:默认(?:值)?|缺省(?:值)?|default(?: value)?)\)/i.test(text) ||
  /\b(?:this|it|which) is the default(?: value)?\b|(?:该值|此项|此值)为默认值/i.test(text);

/** A value in the type of its field; nothing if it is no such value. */
export function typedValue(text: string, kind: Kind): Value | undefined {
  switch (kind) {
    case "integer":
    case "number":
      return /^-?\d{1,19}(?:\.\d{1,10})?$/.test(text) ? Number(text) : undefined;
    case "boolean":
      return /^(?:true|false)$/i.test(text) ? text.toLowerCase() === "true" : undefined;
    default:
      return text;
  }
}
