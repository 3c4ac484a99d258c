import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
/** Without a date: an edition older than the specification's is not followed. */
const text = (page: PageModel) =>
  render(page, {
    layout: "text",
    language: "zh",
    style: { labels: "line", enums: "inline" },
    marks: false,
  }).replace(/^.*2025-01-02.*\n/m, "");
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
/** The page of a later day: a higher limit, another default, a status more, a field more, and all of it in its example. */
const changed = (): PageModel => {
  const higher = withParameter(pageOf("listJobs"), "limit", (field) => ({
    ...field,
    maximum: 3000,
    default: "3000",
  }));
  const known = everywhere(higher, "status", (values) => [...values, "STOPPING"]);
  const schemas = known.schemas.map((schema) => {
    const like = schema.fields.find(({ name }) => name === "job_id");
    if (schema.name !== "MainJob" || like === undefined) return schema;
    return {
      ...schema,
      fields: schema.fields.flatMap((field) =>
        field === like ? [field, { ...field, name: "trace_id" }] : [field],
      ),
    };
  });
  const example: unknown = JSON.parse(
    JSON.stringify(known.example)
      .replace('"job_type":"UPGRADE"', '"trace_id":"t-1","job_type":"UPGRADE"')
      .replace('"current_count":1', '"next_marker":"m-2","current_count":1'),
  );
  return { ...known, schemas, example };
};

/** A repository in which the changed page was followed. */
async function updated(isWhole = false) {
  const own = "\n// At most 2000.\nexport {};\n";
  const used = repository(
    { "page.txt": text(changed()), "packages/huaweicloud-elb/test/limit.ts": own },
    isWhole,
  );
  const { code, out } = await used.docs("update", "page.txt");
  expect({ code, out }).toMatchObject({ code: 0 });
  /** The lines of a file that went and came. */
  const lines = (path: string) =>
    used
      .git("diff", "--unified=0", path)
      .split("\n")
      .filter((line) => /^[-+](?![-+])/.test(line));
  return { ...used, out, lines };
}

test("a page's change becomes a specification, once", { timeout: 30_000 }, async () => {
  const { docs, git, out, lines } = await updated();
  expect(out).toMatch(/To be described:\n {2}specs\/huaweicloud\/elb\.yaml:\d+\n/);
  expect(out).toMatch(
    /Tests that say what was before:\n {2}packages\/huaweicloud-elb\/test\/limit\.ts:2 {2}2000/,
  );
  expect(lines("specs/huaweicloud/elb.yaml")).toEqual([
    "-          pending: [INIT, RUNNING, ROLLBACKING]",
    "+          pending: [INIT, RUNNING, ROLLBACKING, STOPPING]",
    "-          schema: { type: integer, minimum: 0, maximum: 2000, default: 2000 }",
    "+          schema: { type: integer, minimum: 0, maximum: 3000, default: 3000 }",
    "+                    trace_id: t-1",
    "+                  next_marker: m-2",
    "-      enum: [INIT, RUNNING, FAIL, SUCCESS, ROLLBACKING, COMPLETE, ROLLBACK_FAIL, CANCEL]",
    "+      enum: [INIT, RUNNING, FAIL, SUCCESS, ROLLBACKING, COMPLETE, ROLLBACK_FAIL, CANCEL, STOPPING]",
    "+        trace_id:",
    "+          type: string",
    "+          description: To be described.",
  ]);
  expect((await docs("check", "page.txt")).code).toBe(0);
  const before = [git("status", "--porcelain"), git("diff")];
  expect((await docs("update", "page.txt")).code).toBe(0);
  expect([git("status", "--porcelain"), git("diff")]).toEqual(before);
});

test("a page's change becomes a package that compiles and passes its own tests", {
  timeout: 60_000,
}, async () => {
  const { folder, lines } = await updated(true);
  const source = (name: string) => lines(`packages/huaweicloud-elb/src/${name}.ts`).join("\n");
  expect(source("schema")).toMatch(/^\+.*trace_id\?: string;/m);
  expect(source("schema")).toMatch(/^\+.*"STOPPING"/m);
  expect(source("operations")).toMatch(/^\+.*3000/m);
  expect(source("mocks")).toMatch(/^\+.*trace_id: "t-1"/m);

  const inPackage = (tool: string, ...args: string[]) => {
    const env = { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "" };
    const cwd = join(folder, "packages/huaweicloud-elb");
    return execFileSync(process.execPath, [join(root, "node_modules", tool), ...args], {
      cwd,
      env,
      encoding: "utf8",
      stdio: "pipe",
      timeout: 45_000,
    });
  };
  expect(inPackage("vitest/vitest.mjs", "run", "--config", "../../vitest.config.ts")).toMatch(
    /Tests .*passed/,
  );
  const include = ["src", "test"].map((name) => join(folder, "packages/huaweicloud-elb", name));
  writeFileSync(join(folder, "tsconfig.elb.json"), JSON.stringify({ extends: "./tsconfig.json", include }));
  inPackage("typescript/bin/tsc", "-p", "../../tsconfig.elb.json");
});

test("a page's change becomes a changeset and a version", { timeout: 30_000 }, async () => {
  const { folder, commit } = await updated(true);
  const changesets = readdirSync(join(folder, ".changeset")).filter((name) => name.startsWith("docs-"));
  expect(changesets).toHaveLength(1);
  expect(readFileSync(join(folder, ".changeset", changesets[0] ?? ""), "utf8")).toBe(
    [
      "---",
      '"@typedcloud/huaweicloud-elb": minor',
      "---",
      "",
      "Elastic Load Balance is documented otherwise.",
      "",
      "- `listJobs`: `query.limit` accepts up to 3000 (was 2000).",
      "- `listJobs`: `query.limit` defaults to 3000 (was 2000).",
      "- `listJobs`: `query.status`, `jobs[].status` and `jobs[].sub_jobs[].status` know the new value `STOPPING`.",
      "- `listJobs` answers have the new field `jobs[].trace_id` (a string).",
      "- `listJobs` jobs with status `STOPPING` count as pending.",
      "",
    ].join("\n"),
  );
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
  expect(out).toContain("query.marker: marker → cursor\n    it may be another name");
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
    "+        - name: region_id",
    "+          in: query",
    "+          description: To be described.",
    "+          schema: { type: string }",
    "-          schema: { type: string, enum: [en-us, zh-cn], default: en-us }",
    "+          schema: { type: string, enum: [en-us, zh-cn] }",
    "+        - BackUpInstance",
  ]);
});

test("a page that cannot be read keeps no other from being followed", { timeout: 30_000 }, async () => {
  const { git, docs } = repository({
    "letter.txt": "Hello\n\nThis is a letter.",
    "page.txt": text(changed()),
  });
  const { code, err } = await docs("update", "letter.txt", "missing.txt", "page.txt");
  expect({ code, err: err.split("\n").map((line) => line.slice(0, 14)) }).toEqual({
    code: 2,
    err: ["letter.txt:1  ", "missing.txt: t"],
  });
  expect(git("status", "--porcelain")).toContain("M specs/huaweicloud/elb.yaml");
});

test("where packages cannot be written, specifications stay as they are", { timeout: 30_000 }, async () => {
  const { folder, git, commit, docs } = repository({ "page.txt": text(changed()) });
  // A folder in the place of a file that is to be written.
  rmSync(join(folder, "packages/huaweicloud-elb/src/schema.ts"));
  mkdirSync(join(folder, "packages/huaweicloud-elb/src/schema.ts"));
  writeFileSync(join(folder, "packages/huaweicloud-elb/src/schema.ts/keep"), "");
  commit();
  expect(await docs("update", "page.txt")).toMatchObject({
    code: 2,
    err: expect.stringMatching(/(?:EISDIR|ENOTEMPTY|EEXIST).*The specifications are as they were\./),
  });
  expect(git("status", "--porcelain")).toBe("");
});

test("an edit that the generator would refuse is taken back, and said so", { timeout: 30_000 }, async () => {
  const page = pageOf("listJobs");
  const { git, docs } = repository({
    "page.txt": text({ ...page, parameters: page.parameters.filter(({ name }) => name !== "page_reverse") }),
  });
  const { code, out } = await docs("update", "page.txt");
  expect(code).toBe(1);
  expect(out).toMatch(
    /query\.page_reverse: - boolean\n {4}the generator would refuse it: specs\/huaweicloud\/elb\.yaml:\d+:\d+ {2}pagination/,
  );
  expect(git("status", "--porcelain")).toBe("?? page.txt\n");
});

test("outside of a repository nothing is written", { timeout: 30_000 }, async () => {
  const { folder, docs } = repository({ "page.txt": text(changed()) });
  rmSync(join(folder, ".git"), { recursive: true });
  const file = join(folder, "specs/huaweicloud/elb.yaml");
  const before = readFileSync(file, "utf8");
  expect(await docs("update", "page.txt")).toMatchObject({
    code: 2,
    err: expect.stringContaining("no git repository here"),
  });
  expect(readFileSync(file, "utf8")).toBe(before);
});

test("an older edition is not followed", { timeout: 30_000 }, async () => {
  const { git, docs } = repository({ "page.txt": `更新时间:2019-01-01 GMT+08:00\n\n${text(changed())}` });
  expect(await docs("update", "page.txt")).toMatchObject({
    code: 1,
    out: expect.stringMatching(
      /query\.limit\.maximum: 2000 → 3000\n {4}the page is of 2019-01-01, and the specification of 20/,
    ),
  });
  expect(git("status", "--porcelain")).toBe("?? page.txt\n");
});

test("a page that was cut short takes nothing from what is known of it", { timeout: 30_000 }, async () => {
  const page = text(pageOf("listJobs"));
  const { git, commit, write, docs } = repository({ "page.txt": page, "specs/sources.yaml": "{}\n" });
  await docs("update", "page.txt");
  commit();
  write("cut.txt", page.slice(0, page.lastIndexOf("PageInfo", page.indexOf("{\n"))));
  const { code, out } = await docs("update", "cut.txt");
  expect({ code, out }).toMatchObject({ code: 0 });
  expect(out).toMatch(/not understood {2}cut\.txt:\d+ {2}there is no table for PageInfo/);
  expect(git("status", "--porcelain")).toBe("?? cut.txt\n");
});

test("sentences beside what has changed are listed, and structures that nothing uses any more", {
  timeout: 30_000,
}, async () => {
  const page = pageOf("listJobs");
  const higher = withParameter(page, "limit", (field) => ({ ...field, maximum: 3000 }));
  const { folder, docs } = repository({ "page.txt": text(higher) });
  const { out } = await docs("update", "page.txt");
  const line = readFileSync(join(folder, "specs/huaweicloud/elb.yaml"), "utf8")
    .split("\n")
    .findIndex((each) => each.includes("How many jobs a page holds at most."));
  expect(out).toContain(
    `Is it still true?\n  specs/huaweicloud/elb.yaml:${line + 1}  How many jobs a page holds at most.`,
  );
  expect(out).not.toContain("Used by nothing");
  const without = page.schemas.map((schema) =>
    schema.name === "SubJob"
      ? { ...schema, fields: schema.fields.filter(({ name }) => name !== "entities") }
      : schema,
  );
  const example: unknown = JSON.parse(JSON.stringify(page.example), (key, value: unknown) =>
    key === "entities" ? undefined : value,
  );
  const schemas = without.filter(({ name }) => name !== "JobEntities");
  const gone = repository({ "page.txt": text({ ...page, schemas, example }) });
  expect((await gone.docs("update", "page.txt")).out).toMatch(
    /Used by nothing any more:\n {2}specs\/huaweicloud\/elb\.yaml:\d+ {2}JobEntities/,
  );
});
