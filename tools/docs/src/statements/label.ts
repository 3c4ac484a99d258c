import type { Line } from "../page/item.ts";

/** What a labelled part of a description is about. */
export type Topic =
  | "definition"
  | "constraints"
  | "range"
  | "enum"
  | "default"
  | "minimum"
  | "maximum"
  | "minLength"
  | "maxLength"
  | "items"
  | "pattern"
  | "prose";

/** A part of a description under one label. */
export interface Part {
  readonly topic: Topic;
  /** Where the label stands. */
  readonly line: number;
  readonly lines: readonly Line[];
}

const LABELS: readonly (readonly [Topic, string])[] = [
  ["definition", "参数解释|definition|explanation|parameter description"],
  ["constraints", "约束限制|constraints?|restrictions?"],
  ["items", "数组长度|array length"],
  ["pattern", "正则匹配|正则表达式|regex pattern|regular expression"],
  ["minLength", "最小长度|minimum length|min length"],
  ["maxLength", "最大长度|maximum length|max length"],
  ["minimum", "最小值|minimum value|minimum"],
  ["maximum", "最大值|maximum value|maximum"],
  ["default", "默认取值|默认值|缺省值|默认|default values?|default"],
  ["range", "取值范围|取值|value range|range of values|range|取值约束"],
  [
    "enum",
    "枚举值|枚举|enumeration values?|enumerated values?|enumeration|enum|valid values?|optional values?|value options|options|possible values|可选值|有效值",
  ],
];

/** A label only where a line begins: elsewhere it is the end of another one, "default value". */
const ALONE = "values?";

const ALL = LABELS.map(([, words]) => words).join("|");
const TOPICS = LABELS.map(([topic, words]) => [topic, new RegExp(`^(?:${words})$`, "i")] as const);
/** A label with a colon, or alone on its line. */
const LABELLED = new RegExp(`^(${ALL}|${ALONE}(?=\\s?:))\\s?(?::\\s?(.*))?$`, "i");
/** Labels within a line, where a rendering has lost the breaks between paragraphs. */
const WITHIN = new RegExp(`(?<=[\\s。;,.)])(?=(?:${ALL})\\s?:)`, "gi");

/** Splits a description at its labels. */
export function partsOf(lines: readonly Line[]): Part[] {
  const parts: { topic: Topic; line: number; lines: Line[]; goesOn: (line: Line) => boolean }[] = [];
  const prose = (line: Line) =>
    parts.push({ topic: "prose", line: line.line, lines: [line], goesOn: () => true });
  for (const line of lines.flatMap(splitLine)) {
    const [, label, rest = ""] = LABELLED.exec(line.text) ?? [];
    if (label === undefined) {
      const last = parts.at(-1);
      if (last?.goesOn(line)) last.lines.push(line);
      else prose(line);
      continue;
    }
    const topic = TOPICS.find(([, words]) => words.test(label))?.[0] ?? "range";
    const value = rest.trim();
    const lacksValue = value === "";
    const lines: Line[] = lacksValue ? [] : [{ ...line, text: value, bullet: 0 }];
    // A value on the label's own line ends there, but for a list that it introduces; and a list ends with its bullets.
    const goesOn = ({ bullet }: Line) =>
      bullet > line.bullet ||
      (lacksValue && bullet === 0 && line.bullet === 0 && lines.every((other) => other.bullet === 0));
    parts.push({ topic, line: line.line, lines, goesOn });
  }
  return parts;
}

const splitLine = (line: Line): Line[] =>
  line.text
    .split(WITHIN)
    .map((text, index) => ({ ...line, text: text.trim(), bullet: index === 0 ? line.bullet : 0 }))
    .filter(({ text }) => text !== "");
