import { describe, expect, test } from "vitest";
import { compare } from "../src/drift/compare.ts";
import { match } from "../src/drift/match.ts";
import { readPage } from "../src/read.ts";
import { modelOf, type PageModel, readOperations } from "./support/model.ts";
import { mutationsOf } from "./support/mutations.ts";
import { LAYOUTS, type Layout, type Rendered, render } from "./support/render.ts";
import { ENUMS, LABELS, type Language } from "./support/words.ts";

const operations = await readOperations();
const LANGUAGES: readonly Language[] = ["zh", "en"];

/** Every layout, in both languages, with the styles of descriptions taking turns. */
function* renderings(page: PageModel): Generator<Rendered> {
  for (const layout of LAYOUTS) {
    // A search result of an Alibaba Cloud page shows no table.
    if (layout === "snippet" && page.site === "alibabacloud") continue;
    for (const language of LANGUAGES) {
      for (const labels of LABELS) {
        for (const enums of ENUMS) {
          // On one line there are no bullets.
          if (layout === "snippet" && !(enums === "inline" && labels === "line")) continue;
          yield { layout, language, style: { labels, enums }, marks: layout !== "text" || language === "en" };
        }
      }
    }
  }
}

const findingsOf = (page: PageModel, how: Rendered) => {
  const facts = readPage(render(page, how), "page.txt");
  const spec = match(facts, operations);
  return {
    facts,
    findings:
      spec === undefined ? undefined : compare(facts, spec).map(({ id, severity }) => `${severity} ${id}`),
  };
};

describe.each(operations.map((spec) => [spec.service, spec] as const))("%s", (_, spec) => {
  const page = modelOf(spec);

  test("is read without a finding in every layout and style", { timeout: 30_000 }, () => {
    const wrong: unknown[] = [];
    for (const how of renderings(page)) {
      const { findings, facts } = findingsOf(page, how);
      if (findings === undefined || findings.length > 0 || facts.rendering !== how.layout)
        wrong.push({ how, findings, rendering: facts.rendering });
    }
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  test("a changed fact is that one finding, in every layout", { timeout: 30_000 }, () => {
    const all = [...renderings(page)];
    let turn = 0;
    let count = 0;
    const wrong: unknown[] = [];
    // Small pages in every layout each time; of large ones saved text and HTML, and the other renderings in turn.
    const isSmall = [...mutationsOf(page)].length < 100;
    for (const { page: changed, expected, needsMarks } of mutationsOf(page)) {
      const some: readonly Layout[] = ["text", "html", LAYOUTS[2 + (turn % 3)] ?? "text"];
      for (const layout of isSmall ? LAYOUTS : some) {
        const fitting = all.filter((how) => how.layout === layout && (!needsMarks || how.marks));
        const how = fitting[turn++ % fitting.length];
        if (how === undefined) continue;
        const id = `${expected.severity} ${spec.service} ${spec.operation} ${expected.where}: ${expected.difference}`;
        const findings = findingsOf(changed, how).findings;
        if (JSON.stringify(findings) !== JSON.stringify([id])) wrong.push({ how, expected: id, findings });
        count++;
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(count).toBeGreaterThan(200);
  });
});
