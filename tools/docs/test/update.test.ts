import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type ModelField, modelOf, type PageModel, readOperations, root } from "./support/model.ts";
import { render } from "./support/render.ts";
import { repository } from "./support/repository.ts";

const operations = await readOperations();
const pageOf = (operation: string): PageModel => {
  const spec = operations.find((each) => each.operation === operation);
  if (spec === undefined) throw new Error(operation);
  return modelOf(spec);
};
const text = (page: PageModel) =>
  render(page, { layout: "text", language: "zh", style: { labels: "line", enums: "inline" }, marks: false });
const withParameter = (
  page: PageModel,
  name: string,
  change: (field: ModelField) => ModelField,
): PageModel => ({
  ...page,
  parameters: page.parameters.map((each) => (each.name === name ? change(each) : each)),
});
/** Another list of values wherever the page has it. */
const everywhere = (
  page: PageModel,
  name: string,
  values: (known: readonly string[]) => readonly string[],
): PageModel => {
  const edit = (field: ModelField) =>
    field.name === name && field.enum !== undefined ? { ...field, enum: values(field.enum) } : field;
  return {
    ...page,
    parameters: page.parameters.map(edit),
    schemas: page.schemas.map((schema) => ({ ...schema, fields: schema.fields.map(edit) })),
  };
};
const changed = (): PageModel => {
  const higher = withParameter(pageOf("listJobs"), "limit", (field) => ({
    ...field,
    maximum: 3000,
    default: "3000",
  }));
  return everywhere(higher, "status", (known) => [...known, "STOPPING"]);
};

test("a page's change becomes a specification, a package, a changeset and a version", {
  timeout: 60_000,
}, async () => {
  const { folder, git, commit, docs } = repository({ "page.txt": text(changed()) });
  const drift = await docs("check", "page.txt");
  expect(drift.code).toBe(1);
  const { code, out } = await docs("update", "page.txt");
  expect({ code, out }).toMatchObject({ code: 0 });

  const spec = git("diff", "--unified=0", "specs/huaweicloud/elb.yaml");
  expect(spec.split("\n").filter((line) => /^[-+] /.test(line))).toEqual([
    "-          pending: [INIT, RUNNING, ROLLBACKING]",
    "+          pending: [INIT, RUNNING, ROLLBACKING, STOPPING]",
    "-          schema: { type: integer, minimum: 0, maximum: 2000, default: 2000 }",
    "+          schema: { type: integer, minimum: 0, maximum: 3000, default: 3000 }",
    "-      enum: [INIT, RUNNING, FAIL, SUCCESS, ROLLBACKING, COMPLETE, ROLLBACK_FAIL, CANCEL]",
    "+      enum: [INIT, RUNNING, FAIL, SUCCESS, ROLLBACKING, COMPLETE, ROLLBACK_FAIL, CANCEL, STOPPING]",
  ]);
  expect(
    git("status", "--porcelain", "packages")
      .trim()
      .split("\n")
      .map((line) => line.trim()),
  ).toEqual(
    expect.arrayContaining([
      "M packages/huaweicloud-elb/src/operations.ts",
      "M packages/huaweicloud-elb/src/schema.ts",
    ]),
  );
  expect((await docs("check", "page.txt")).code).toBe(0);

  const before = [git("status", "--porcelain"), git("diff")];
  expect((await docs("update", "page.txt")).code).toBe(0);
  expect([git("status", "--porcelain"), git("diff")]).toEqual(before);

  const [changeset = ""] = readdirSync(join(folder, ".changeset")).filter((name) => name.startsWith("docs-"));
  const written = readFileSync(join(folder, ".changeset", changeset), "utf8");
  expect(written).toContain('"@typedcloud/huaweicloud-elb": minor');
  expect(written).toContain("- `listJobs` query.limit.maximum: 2000 → 3000");
  commit();
  const version = () =>
    String(JSON.parse(readFileSync(join(folder, "packages/huaweicloud-elb/package.json"), "utf8")).version);
  const [major, minor] = version().split(".").map(Number);
  execFileSync(join(root, "node_modules/.bin/changeset"), ["version"], { cwd: folder, stdio: "pipe" });
  expect(version()).toBe(`${major}.${Number(minor) + 1}.0`);
});

test("what a machine may not decide is listed and left alone", { timeout: 30_000 }, async () => {
  const page = pageOf("listJobs");
  const renamed = withParameter(page, "marker", (field) => ({ ...field, name: "cursor" }));
  const odd = everywhere(renamed, "status", (known) => [...known, "LIMBO"]);
  const { git, docs } = repository({ "page.txt": text(odd) });
  const { code, out } = await docs("update", "page.txt");
  expect(code).toBe(1);
  expect(out).toContain("query.marker: marker → cursor\n    users of the package lose something");
  expect(out).toContain('query.status.enum: + LIMBO\n    what state "LIMBO" is');
  expect(git("status", "--porcelain", "specs/huaweicloud", "packages", ".changeset")).toBe("");
});

test("edits keep what stands around them", { timeout: 30_000 }, async () => {
  const gauss = pageOf("listImmediateJobs");
  const jobName = (values: (known: readonly string[]) => readonly string[]) => (field: ModelField) =>
    field.name === "job_name" ? { ...field, enum: values(field.enum ?? []) } : field;
  const more = jobName((known) => [...known, "BackUpInstance"]);
  const page: PageModel = {
    ...gauss,
    parameters: [
      ...gauss.parameters
        .map(more)
        .map((field) => (field.name === "X-Language" ? { ...field, default: undefined } : field)),
      { ...(gauss.parameters.find(({ name }) => name === "job_id") as ModelField), name: "region_id" },
    ],
    schemas: gauss.schemas.map((schema) => ({ ...schema, fields: schema.fields.map(more) })),
  };
  const { git, docs } = repository({ "page.txt": text(page) });
  const { code, out } = await docs("update", "page.txt");
  expect({ code, left: out.split("Left to you:")[1] }).toEqual({ code: 0, left: undefined });
  const lines = git("diff", "--unified=0", "specs/huaweicloud")
    .split("\n")
    .filter((line) => /^[-+] /.test(line) && !line.includes("x-updated"));
  expect(lines).toEqual([
    "-          schema: { type: string, enum: [en-us, zh-cn], default: en-us }",
    "+          schema: { type: string, enum: [en-us, zh-cn] }",
    "+        - name: region_id",
    "+          in: query",
    "+          description: To be described.",
    "+          schema: { type: string }",
    "+        - BackUpInstance",
  ]);
});
