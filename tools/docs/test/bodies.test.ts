import { expect, test } from "vitest";
import { compare } from "../src/drift/compare.ts";
import { readPage } from "../src/read.ts";
import { readOperations } from "./support/model.ts";
import { mutationsOf } from "./support/mutations.ts";
import { type Layout, type Rendered, render } from "./support/render.ts";
import { specOf } from "./support/spec.ts";
import { widgets } from "./support/widgets.ts";
import { ENUMS, LABELS } from "./support/words.ts";

const [operation] = await readOperations();
if (operation === undefined) throw new Error("no specification");
const { place } = operation;

const how = (layout: Layout, turn = 0): Rendered => ({
  layout,
  language: turn % 2 === 0 ? "zh" : "en",
  style: { labels: LABELS[turn % LABELS.length] ?? "line", enums: ENUMS[turn % ENUMS.length] ?? "bare" },
  marks: true,
});
const spec = specOf(readPage(render(widgets, how("text")), "page"), place);
const findings = (page: typeof widgets, rendered: Rendered) =>
  compare(readPage(render(page, rendered), "page"), spec).map(({ id, severity }) => `${severity} ${id}`);

test("a request's body and an answer's headers are read in every layout", () => {
  for (const layout of ["text", "html", "markdown", "cells"] as const)
    for (let turn = 0; turn < 30; turn++)
      expect({ layout, turn, findings: findings(widgets, how(layout, turn)) }).toEqual({
        layout,
        turn,
        findings: [],
      });
});

test("a changed fact of them is that one finding", () => {
  let turn = 0;
  const wrong: unknown[] = [];
  const all = [...mutationsOf(widgets)].filter(({ expected: { where } }) =>
    /^(?:body|NewWidget|NewPart|response\.200\.header|method|query|header)\b/.test(where),
  );
  for (const { page, expected } of all) {
    const id = `${expected.severity} huaweicloud-widgets createWidget ${expected.where}: ${expected.difference}`;
    for (const layout of ["text", "html"] as const) {
      const found = findings(page, how(layout, turn++));
      if (JSON.stringify(found) !== JSON.stringify([id])) wrong.push({ layout, expected: id, found });
    }
  }
  expect(wrong.slice(0, 5)).toEqual([]);
  expect(all.length).toBeGreaterThan(80);
});

test("how many items a list may have is a fact of requests", () => {
  const page = readPage(render(widgets, how("text")), "page");
  const most = (maxItems: number | undefined) => ({
    ...page,
    body: page.body && {
      ...page.body,
      fields: (page.body.fields ?? []).map((each) =>
        each.name === "tags" && maxItems !== undefined
          ? { ...each, maxItems: { value: maxItems, at: each.at } }
          : each,
      ),
    },
  });
  const found = (before: number | undefined, after: number | undefined) =>
    compare(most(after), specOf(most(before), place)).map(({ id, severity }) => `${severity} ${id}`);
  const id = "huaweicloud-widgets createWidget body.tags.maxItems:";
  expect(found(5, 5)).toEqual([]);
  expect(found(5, 9)).toEqual([`compatible ${id} 5 → 9`]);
  expect(found(9, 5)).toEqual([`breaking ${id} 9 → 5`]);
  expect(found(undefined, 5)).toEqual([`breaking ${id} + 5`]);
  expect(found(5, undefined)).toEqual([]); // silence is no change
});

test("whether the body must be sent is a fact, where the page says it", () => {
  const page = readPage(render(widgets, how("text")), "page");
  const said = (value: "yes" | "no") => ({ ...page, bodyRequired: { value, at: 1 } });
  const found = (before: typeof page, after: typeof page) =>
    compare(after, specOf(before, place)).map(({ id, severity }) => `${severity} ${id}`);
  expect(found(said("no"), page)).toEqual([]);
  expect(found(said("no"), said("yes"))).toEqual([
    "breaking huaweicloud-widgets createWidget body.required: no → yes",
  ]);
  expect(found(said("yes"), said("no"))).toEqual([
    "compatible huaweicloud-widgets createWidget body.required: yes → no",
  ]);
});

test("headers that the client sets are no parameters", () => {
  const [first] = widgets.parameters;
  if (first === undefined) throw new Error("no parameter");
  const header = { ...first, in: "header", required: "yes" as const };
  const own = ["Content-Type", "Host", "X-Sdk-Date"].map((name) => ({ ...header, name }));
  const page = { ...widgets, parameters: [...widgets.parameters, ...own] };
  expect(findings(page, how("html"))).toEqual([]);
});
