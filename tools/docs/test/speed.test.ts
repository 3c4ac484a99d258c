import { expect, test } from "vitest";
import { readPage } from "../src/read.ts";
import { modelOf, type PageModel, readOperations } from "./support/model.ts";
import { LAYOUTS, type Layout, render } from "./support/render.ts";

const operations = await readOperations();

/** A page of half a megabyte: many structures with many fields each. */
function large(service: string, layout: Layout): string {
  const spec = operations.find((each) => each.service === service);
  if (spec === undefined) throw new Error(service);
  const model = modelOf(spec);
  const [field] = model.parameters.filter((each) => each.in === "query" && each.type.kind === "string");
  if (field === undefined) throw new Error("no field");
  const more: PageModel = {
    ...model,
    parameters: [
      ...model.parameters,
      ...Array.from({ length: layout === "html" ? 2600 : 5000 }, (_, index) => ({
        ...field,
        name: `extra_${index}`,
        enum: ["AA", "BB", "CC"],
        default: undefined,
      })),
    ],
  };
  return render(more, { layout, language: "en", style: { labels: "line", enums: "colon" }, marks: true });
}

/** The best of three of what this thread computed: what else the machine is busy with is not this code's. */
function milliseconds(work: () => unknown, limit: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 3 && best >= limit; tries++) {
    const start = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

test.each(
  LAYOUTS.flatMap((layout) =>
    ["huaweicloud-elb", "alibabacloud-alb"].map((service) => [layout, service] as const),
  ).filter(([layout, service]) => layout !== "snippet" || service !== "alibabacloud-alb"),
)("half a megabyte of %s, %s, in less than a second", { timeout: 30_000 }, (layout, service) => {
  const page = large(service, layout);
  expect(page.length).toBeGreaterThan(layout === "snippet" ? 300_000 : 450_000);
  expect(readPage(page, "large").parameters.length).toBeGreaterThan(2500);
  expect(milliseconds(() => readPage(page, "large"), 1000)).toBeLessThan(1000);
});

const around = (text: string) =>
  `标题\n\nURI\n\nGET /v1/jobs\n\n表1 Query参数\n\n参数\n\n参数类型\n\n描述\n\nlimit\n\nInteger\n\n${text}\n\n响应参数\n\n状态码:200\n\n表2 响应Body参数\n\n参数\n\n参数类型\n\n描述\n\nid\n\nString\n\nID\n`;

test.each([
  ["digits", (n: number) => around(`取值范围:${"1".repeat(n)}`)],
  ["spaces", (n: number) => around(`取值范围: ${" ".repeat(n)}x`)],
  ["labels", (n: number) => around("取值范围:".repeat(n / 5))],
  ["defaults", (n: number) => around("默认值为".repeat(n / 4))],
  ["names", (n: number) => around("a\n\n".repeat(n / 3))],
  ["quotes", (n: number) => around(`可以取值["${'"a","'.repeat(n / 5)}`)],
  ["bullets", (n: number) => around("  • A:b\n".repeat(n / 8))],
  ["tables", (n: number) => around("参数\n\n类型\n\n".repeat(n / 9))],
  ["captions", (n: number) => around("表1 x\n\n".repeat(n / 6))],
  ["braces", (n: number) => `${around("x")}\n\n响应示例\n\n${"{".repeat(n)}`],
  ["nested JSON", (n: number) => `${around("x")}\n\n响应示例\n\n${'{"a":'.repeat(n / 5)}`],
  ["open lists", (n: number) => `${around("x")}\n\n响应示例\n\n${"[\n".repeat(n / 2)}`],
  ["rows of bars", (n: number) => `| 参数 | 类型 |\n|---|---|\n${"|".repeat(n)}`],
  ["cells", (n: number) => "Parameter |\nType |\nx |\nDescription |\n".repeat(n / 40)],
  ["rows without an end", (n: number) => `| 参数 | 类型 |\n${"|a\nb\n".repeat(n / 5)}`],
  [
    "tables in tables",
    (n: number) =>
      around("x").replace(
        "limit",
        "表2 a\n\n参数\n\n类型\n\na\n\nArray of objects\n\n见表2\n\n".repeat(n / 50),
      ),
  ],
  ["types", (n: number) => around(`x\n\n${"Array<".repeat(n / 6)}`)],
  ["one line", (n: number) => around("x".repeat(n)).replaceAll("\n", " ")],
  ["tags", (n: number) => `<html>${"<b".repeat(n / 2)}`],
  ["paragraphs in HTML", (n: number) => `<html>${"<p>x".repeat(n / 4)}`],
  ["nested HTML", (n: number) => `<html>${"<div>".repeat(n / 5)}`],
  ["nested formatting", (n: number) => `<html>${"<b><i>".repeat(n / 6)}`],
])("hostile %s cost what they are long", { timeout: 60_000 }, (_, make) => {
  const read = (text: string) => () => {
    try {
      readPage(text, "hostile");
    } catch (error) {
      // Refusing is an answer; overflowing is not.
      if (error instanceof RangeError) throw error;
    }
  };
  const small = milliseconds(read(make(60_000)), 0);
  // Eight times the text may take eight times as long; twice that, and a bit, for a machine at work.
  const limit = Math.max(600, 20 * small);
  expect(milliseconds(read(make(480_000)), limit)).toBeLessThan(limit);
});
