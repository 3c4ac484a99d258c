import { expect, test } from "vitest";
import { compare } from "../src/drift/compare.ts";
import { match } from "../src/drift/match.ts";
import type { Field, PageFacts, Type } from "../src/facts.ts";
import { readPage } from "../src/read.ts";
import { controlsOf } from "./support/controls.ts";
import { modelOf, readOperations } from "./support/model.ts";
import { savedPages } from "./support/pages.ts";
import { render } from "./support/render.ts";

const operations = await readOperations();

// Pages of our own beside them: a clone without the vendors' pages makes every test with something.
const own = operations.map((spec) => ({
  name: `own-${spec.operation}.txt`,
  text: render(modelOf(spec), {
    layout: "text",
    language: "zh",
    style: { labels: "own", enums: "colon" },
    marks: false,
  }),
}));
const pages = [...savedPages, ...own];

const findings = (text: string, name: string) => {
  const page = readPage(text, name);
  const spec = match(page, operations);
  return spec === undefined ? ["no operation"] : compare(page, spec).map(({ id }) => id);
};

test("pages agree with the specifications", () => {
  for (const { name, text } of pages)
    expect({ name, findings: findings(text, name) }).toEqual({ name, findings: [] });
});

test("what does not matter stays silent", () => {
  let count = 0;
  for (const { name, text } of pages) {
    for (const [control, changed] of controlsOf(text)) {
      expect({ name, control, findings: findings(changed, name) }).toEqual({ name, control, findings: [] });
      count++;
    }
  }
  expect(count).toBeGreaterThanOrEqual(pages.length * 8);
});

test("every row of every table is a fact, with the line where it stands", () => {
  for (const { name, text } of pages) {
    const page = readPage(text, name);
    const lines = text.split("\n");
    const rows = page.site === "huaweicloud" ? huaweiRows(lines) : alibabaRows(lines);
    const facts = fieldsOf(page).map((field) => `${field.at} ${field.name}`);
    expect({ name, facts: facts.toSorted() }).toEqual({ name, facts: rows.toSorted() });
  }
});

test("a renamed row is that one finding", () => {
  let count = 0;
  for (const { name, text } of pages) {
    const lines = text.split("\n");
    for (const { at } of fieldsOf(readPage(text, name))) {
      const line = lines[at - 1] ?? "";
      const changed = lines.with(
        at - 1,
        line.replace(/^([A-Za-z_-]+?)(?=string$|long$|array$|object \[\]$|$)/, "$1_zz"),
      );
      const found = findings(changed.join("\n"), name);
      expect({ name, line, count: found.length, found }).toEqual({
        name,
        line,
        count: 1,
        found: [expect.stringMatching(/ → .*_zz$|X-Auth-Token_zz: \+ string$/)],
      });
      count++;
    }
  }
  expect(count).toBeGreaterThan(100);
});

function fieldsOf(page: PageFacts): Field[] {
  const nested = (type: Type | undefined): Field[] =>
    type === undefined
      ? []
      : [...(type.fields ?? []).flatMap((field) => [field, ...nested(field.type)]), ...nested(type.items)];
  return [
    ...page.parameters.flatMap((parameter) => [parameter, ...nested(parameter.type)]),
    ...page.responses.flatMap(({ body }) => nested(body)),
    ...page.schemas.flatMap(({ fields }) => fields),
  ];
}

/** Counted on its own: in a table's section, a line before one that is a type. */
function huaweiRows(lines: readonly string[]): string[] {
  const solid = lines
    .map((text, index) => ({ text: text.trim(), line: index + 1 }))
    .filter(({ text }) => text !== "");
  const end = solid.findIndex(({ text }) => text === "请求示例");
  const type = /^(?:String|Integer|Boolean|Long|Array of (?:\w+ )?objects|\w+ object)$/;
  return solid
    .slice(0, end)
    .flatMap(({ text, line }, index) => (type.test(solid[index + 1]?.text ?? "") ? [`${line} ${text}`] : []));
}

/** Counted on its own: a line that ends in a type behind a name. */
function alibabaRows(lines: readonly string[]): string[] {
  const end = lines.indexOf("示例");
  return lines.slice(0, end).flatMap((text, index) => {
    const [, name] = /^([A-Z][A-Za-z]+?)(?:string|long|array|object \[\])$/.exec(text) ?? [];
    return name === undefined ? [] : [`${index + 1} ${name}`];
  });
}
