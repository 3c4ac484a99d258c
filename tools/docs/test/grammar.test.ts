import { describe, expect, test } from "vitest";
import { shapeOf } from "../src/drift/type.ts";
import type { Kind } from "../src/facts.ts";
import type { Line } from "../src/page/item.ts";
import { normalise } from "../src/page/normalise.ts";
import { parseType } from "../src/page/type.ts";
import { statementsOf } from "../src/statements/statements.ts";

/** A description as saved text has it: bullets begin with a dash here. */
const read = (text: string, kind: Kind = "string") => {
  const lines = text.split("\n").map((each, index): Line => {
    const [, indent = "", bullet] = /^( *)- (.*)$/.exec(each) ?? [];
    return {
      kind: "line",
      text: normalise(bullet ?? each),
      line: index + 1,
      bullet: bullet === undefined ? 0 : 1 + indent.length / 2,
    };
  });
  const { notes: _, ...facts } = statementsOf(lines, { kind, at: 0 });
  return Object.fromEntries(Object.entries(facts).map(([name, { value }]) => [name, value]));
};

describe("constraints of numbers", () => {
  test.each([
    ["取值范围：0-2000", { minimum: 0, maximum: 2000 }],
    ["取值范围\n1-100。", { minimum: 1, maximum: 100 }],
    ["- 取值范围：0-2000。\n- 默认取值：50", { minimum: 0, maximum: 2000, default: 50 }],
    ["最小值：1\n最大值：100\n缺省值：20", { minimum: 1, maximum: 100, default: 20 }],
    ["Minimum: 1\nMaximum: 100\nDefault: 20", { minimum: 1, maximum: 100, default: 20 }],
    ["每页条数，默认值为0，最大值为100。", { default: 0, maximum: 100 }],
    ["取值范围:1～100，默认值：**20**。", { minimum: 1, maximum: 100, default: 20 }],
    ["Valid values: 1 to 100. Default value: 20.", { minimum: 1, maximum: 100, default: 20 }],
    ["Range 1–100", { minimum: 1, maximum: 100 }],
    ["取值范围为0~intmax", { minimum: 0 }],
    ["offset大于等于0", { minimum: 0 }],
    ["第几页。起始值:1。默认值:2。", { minimum: 1, default: 2 }],
    ["第几页,起始值为 1", { minimum: 1 }],
    ["Which one. Pages start from page 1. Default value: 2.", { minimum: 1, default: 2 }],
    ["Maximum value: 100.", { maximum: 100 }],
    ["取值为10、20、50。默认为10", { enum: [10, 20, 50], default: 10 }],
    [
      "Definition\nHow many.\nConstraints\nN/A\nValue range\n0 to 2000\nDefault value\n2000",
      { minimum: 0, maximum: 2000, default: 2000 },
    ],
    [
      "参数解释： 个数。 约束限制： 不涉及 取值范围： 0-2000 默认取值： 2000",
      { minimum: 0, maximum: 2000, default: 2000 },
    ],
    ["0: The query starts from the first record", {}],
    ["The kind.\n- 0: round\n- 1: flat", { enum: [0, 1] }],
    ["The kind.\n- 0\n- 1: flat", {}],
    ["How many. Maximum value: 100, default value: 10.", { maximum: 100, default: 10 }],
    ["取值范围:\n最小值:0,最大值:100。\n默认取值:\n缺省值:5", { minimum: 0, maximum: 100, default: 5 }],
    ["取值范围:≥0", { minimum: 0 }],
    ["Range\n0 to 2,000", { minimum: 0, maximum: 2000 }],
    ["The value is an integer from 1 to 65535.", { minimum: 1, maximum: 65535 }],
    ["How many, ranging from 1 to 500.", { minimum: 1, maximum: 500 }],
    ["The code. N的取值范围：1~50。", {}],
    ["The code. Valid values of N: 1 to 50.", {}],
  ])("%j", (text, facts) => expect(read(text, "integer")).toEqual(facts));
});

describe("constraints of strings", () => {
  test.each([
    ["取值范围:A,B,C", { enum: ["A", "B", "C"] }],
    ["任务状态, 支持的状态为:A,B,C", { enum: ["A", "B", "C"] }],
    ['可以取值["cron","event"]', { enum: ["cron", "event"] }],
    ["取值：\n- X：一。\n- Y：二。", { enum: ["X", "Y"] }],
    ["取值有：\n- “X”表示一。\n- “Y”表示二。", { enum: ["X", "Y"] }],
    ["目前支持以下取值：\n- 值为“X”，表示一。\n- 值为“Y”，表示二。", { enum: ["X", "Y"] }],
    ["枚举值：\n- X\n- Y", { enum: ["X", "Y"] }],
    ["Enumeration values:\n- X\n- Y", { enum: ["X", "Y"] }],
    ["Valid value:\n- X: one\n- Y: two", { enum: ["X", "Y"] }],
    ["The options are as follows:\n- X, indicating one.\n- Y, indicating two.", { enum: ["X", "Y"] }],
    ["状态。取值：A、B。\n枚举值：\n- A\n- B", { enum: ["A", "B"] }],
    ["取值：\n- 第一次查询时，无需填写。\n- 如果有下一次查询，取值为上一次返回的 NextToken 值。", {}],
    ["约束限制\n- A:不能与B同时使用。\n- B", {}],
    ["语言。默认en-us。\n取值范围：\n- en-us\n- zh-cn", { default: "en-us", enum: ["en-us", "zh-cn"] }],
    ["最小长度：1\n最大长度：64", { minLength: 1, maxLength: 64 }],
    ["最小值：1\n最大值：64", { minLength: 1, maxLength: 64 }],
    ["长度为32个字符，由小写字母和数字组成。", { minLength: 32, maxLength: 32, pattern: "^[a-z0-9]{32}$" }],
    ["取值范围:不涉及。\n默认取值:无", {}],
    ["Range\nN/A\nDefault Value\nNone", {}],
    ["默认情况下按时间排序。", {}],
    ["The default value is the current time.", {}],
    ["Value:\n- X, indicating one.\n- Y, indicating two.", { enum: ["X", "Y"] }],
    ["取值: 值为“X”，表示一。", { enum: ["X"] }],
    ["取值：\n- X：一。\n- Y（默认）：二。", { enum: ["X", "Y"], default: "Y" }],
    ["Valid values:\n- X: one.\n- Y: two. This is the default value.", { enum: ["X", "Y"], default: "Y" }],
    ["正则匹配：^[a-z]+$", { pattern: "^[a-z]+$" }],
    ["Array Length: 1 - 20", { minItems: 1, maxItems: 20 }],
    ["盒子的种类:\n- ROUND：圆。\n- FLAT：平。\n\n默认:ROUND", { enum: ["ROUND", "FLAT"], default: "ROUND" }],
    ["盒子的种类\n- ROUND\n- FLAT：平。", { enum: ["ROUND", "FLAT"] }],
    ["A box, for example:\n- box.1\n- box.2", {}],
    ["The box has these parameters:\n- Lid: on top.\n- Base: below.", {}],
    ["A box.\n- Lid: on top.\n- Base: below.", {}],
    ["取值：\n- X（默认值）：一。\n    说明 只有一。\n- Y：二。", { enum: ["X", "Y"], default: "X" }],
    ["取值范围:\nX(一),\nY(二)。", { enum: ["X", "Y"] }],
    ["Its state. Optional values:\n- X\n- Y\n\nDefault value: null.Then all are sent.", { enum: ["X", "Y"] }],
    ["默认值:off.Then none is sent.", { default: "off" }],
    ['正则表达式:"a|b"。', { pattern: "a|b" }],
    ["类型，例如取值为：text/plain;charset=utf8。", {}],
    ["Default: text/plain;charset=utf8", { default: "text/plain;charset=utf8" }],
    ["有效值：text/plain;charset=utf8", { enum: ["text/plain;charset=utf8"] }],
  ])("%j", (text, facts) => expect(read(text)).toEqual(facts));

  test.each([
    ["A name of up to 128 Unicode characters.", { maxLength: 128 }],
    ["A name of 1 to 64 UTF-8 characters.", { minLength: 1, maxLength: 64 }],
    ["Value range: 1 to 64 Unicode characters", { minLength: 1, maxLength: 64 }],
    ["The name contains 8 ASCII characters.", { minLength: 8, maxLength: 8 }],
  ])("whatever the characters are called: %j", (text, facts) => expect(read(text)).toEqual(facts));

  const notesOf = (...lines: readonly (readonly [string, number])[]) =>
    statementsOf(
      lines.map(([text, bullet], index): Line => ({ kind: "line", text, line: index + 1, bullet })),
      { kind: "string", at: 0 },
    ).notes.map(({ message }) => message);

  test("words in bullets that may be values are told", () => {
    expect(notesOf(["How it flies.", 0], ["rising: it goes up.", 1], ["falling: it goes down.", 1])).toEqual([
      'these may be its values: "rising: it goes up." …',
    ]);
    expect(notesOf(["It has these parts:", 0], ["tail: behind.", 1], ["wing: beside.", 1])).toEqual([]);
  });

  test("what was understood is not told", () => {
    expect(notesOf(["Value range:", 0], ["Give it 1 to 128 characters.", 1])).toEqual([]);
    expect(notesOf(["Valid values: Give it 1 to 128 characters.", 0])).toEqual([]);
    expect(notesOf(["Value range:", 0], ["Give it what you like.", 1])).toHaveLength(1);
  });

  test("true and false of a Boolean are no list", () => {
    expect(read("取值范围\n- true：是。\n- false：否。\n默认取值：false", "boolean")).toEqual({
      default: false,
    });
  });

  test("values that are announced and lost are told", () => {
    const line: Line = { kind: "line", text: "枚举值:", line: 3, bullet: 0 };
    expect(statementsOf([line], { kind: "string", at: 0 }).notes).toEqual([
      { line: 3, message: "values are announced, and none is there" },
    ]);
  });

  test("statements that contradict each other are told", () => {
    const lines = ["最大值为100", "最大值:200"].map(
      (text, index): Line => ({ kind: "line", text, line: index + 1, bullet: 0 }),
    );
    const { notes } = statementsOf(lines, { kind: "integer", at: 0 });
    expect(notes).toEqual([{ line: 2, message: "maximum: 200 contradicts 100 in line 1" }]);
  });
});

describe("types", () => {
  test.each([
    ["String", "string"],
    ["string。", "string"],
    ["Interger", "integer"],
    ["Int", "integer"],
    ["Long", "integer(int64)"],
    ["Array of strings", "array of string"],
    ["Array\u00a0of\u00a0strings", "array of string"],
    ["Array of objects", "array of object"],
    ["Array of MainJob objects", "array of object"],
    ["Array of tasks objects", "array of object"],
    ["binding:vif_details object", "object"],
    ["Array<Array<X>>", "array of array of object"],
    ["Map<String,String>", "map of string"],
    ["Map<String,Array<String>>", "map of array of string"],
    ["List<String>", "array of string"],
    ["list<map<String,String>>", "array of map of string"],
    ["字典数据结构", "object"],
    ["列表数据结构,请参见表3。", "array"],
    ["object []", "array of object"],
    ["array<object>", "array of object"],
    ["JSON", "object"],
    ["list", "array"],
    ["Array of Kite", "array of object"],
    ["List of strings", "array of string"],
    ["List[String]", "array of string"],
    ["[]String", "array of string"],
    ["字典数据类型", "object"],
  ])("%s", (text, shape) => {
    const type = parseType(text, 1);
    expect(type && shapeOf(type)).toBe(shape);
  });

  test.each(["The object", "任务状态", "an object", "limit", "Creating", "constructor", ""])(
    "%j is none",
    (text) => {
      expect(parseType(text, 1)).toBeUndefined();
    },
  );
});
