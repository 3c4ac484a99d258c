import type { ModelField, ModelType } from "./model.ts";

export type Language = "zh" | "en";

/** How a description states a constraint: page-grammar's shapes, one of each kind. */
export interface Style {
  readonly labels: "line" | "own" | "bullet" | "generated" | "prose";
  readonly enums: "inline" | "marks" | "colon" | "quoted" | "bare" | "words";
}

export const LABELS: readonly Style["labels"][] = ["line", "own", "bullet", "generated", "prose"];
export const ENUMS: readonly Style["enums"][] = ["inline", "marks", "colon", "quoted", "bare", "words"];

/** A type as Huawei Cloud writes it. */
export function typeCell({ kind, schema, items }: ModelType): string {
  switch (kind) {
    case "array": {
      if (items === undefined) return "Array";
      if (items.kind === "object")
        return items.schema === undefined ? "Array of objects" : `Array of ${items.schema} objects`;
      return `Array of ${items.kind}s`;
    }
    case "object":
      return schema === undefined ? "Object" : `${schema} object`;
    default:
      return kind.replace(/^./, (letter) => letter.toUpperCase());
  }
}

/** A description in words of our own. Lines that begin with a dash are bullets. */
export function describeField(field: ModelField, language: Language, style: Style): string[] {
  const zh = language === "zh";
  const lines = [
    style.labels === "line"
      ? zh
        ? "参数解释:此项的含义。"
        : "Definition: What this means."
      : zh
        ? "此项的含义。"
        : "What this means.",
  ];
  const state = (topic: "range" | "default", value: string) =>
    lines.push(...stated(topic, value, zh, style.labels));
  if (field.length !== undefined)
    lines.push(
      zh
        ? `长度为${field.length}个字符,由小写字母和数字组成。`
        : `It must be ${field.length} characters long.`.replace("must be", "contains").replace(" long", ""),
    );
  if (field.minimum !== undefined && field.maximum !== undefined && style.labels !== "generated")
    state("range", `${field.minimum}-${field.maximum}`);
  else {
    if (field.minimum !== undefined) lines.push(zh ? `最小值:${field.minimum}` : `Minimum: ${field.minimum}`);
    if (field.maximum !== undefined)
      lines.push(
        zh
          ? style.labels === "generated"
            ? `最大值:${field.maximum}`
            : `最大值为${field.maximum}。`
          : `Maximum: ${field.maximum}`,
      );
  }
  if (field.enum !== undefined && field.enum.length > 0) lines.push(...listed(field.enum, zh, style));
  if (field.default !== undefined) state("default", field.default);
  return lines;
}

function stated(topic: "range" | "default", value: string, zh: boolean, labels: Style["labels"]): string[] {
  const label =
    topic === "range"
      ? zh
        ? "取值范围"
        : "Value range"
      : labels === "generated"
        ? zh
          ? "缺省值"
          : "Default"
        : zh
          ? "默认取值"
          : "Default value";
  switch (labels) {
    case "line":
    case "generated":
      return [`${label}:${zh ? "" : " "}${value}`];
    case "own":
      return [label, value];
    case "bullet":
      return [`- ${label}:${zh ? "" : " "}${value}${zh ? "。" : "."}`];
    case "prose":
      if (topic === "range")
        return [
          zh
            ? `其大小有限,取值范围为${value}。`
            : `It has bounds. The value ranges from ${value.replace("-", " to ")}.`,
        ];
      return [zh ? `不填写时,默认为${value}。` : `If it is left out, the default value is ${value}.`];
  }
}

function listed(values: readonly string[], zh: boolean, { enums }: Style): string[] {
  const lead = zh ? "取值范围:" : "Valid values:";
  const several = values.length > 1;
  switch (enums) {
    case "inline":
      return [`${lead}${values.join(",")}`];
    case "marks":
      return several
        ? [zh ? `可以取值为${values.join("、")}。` : `The options are ${values.join(", ")}.`]
        : [`${lead} ${values.join("")}`];
    case "colon":
      return [lead, ...values.map((value) => (zh ? `- ${value}:某种含义。` : `- ${value}: some meaning.`))];
    case "quoted":
      return [
        zh ? "取值有:" : "The options are as follows:",
        ...values.map((value) => (zh ? `- "${value}"表示某种含义。` : `- "${value}", indicating something.`)),
      ];
    case "bare":
      return [zh ? "枚举值:" : "Enumeration values:", ...values.map((value) => `- ${value}`)];
    case "words":
      return [
        zh ? "目前支持以下取值:" : "Possible values:",
        ...values.map((value) =>
          zh ? `- 值为“${value}”,表示某种含义。` : `- ${value}, indicating something.`,
        ),
      ];
  }
}
