import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pageName } from "../src/spec/page-names.ts";
import { modelOf, readOperations } from "./support/model.ts";
import { render } from "./support/render.ts";
import { repository } from "./support/repository.ts";

const operations = await readOperations();
const text = (operation: string, layout: "text" | "html" = "text"): string => {
  const spec = operations.find((each) => each.operation === operation);
  if (spec === undefined) throw new Error(operation);
  const credentials = spec.service.startsWith("huawei")
    ? [...spec.credentials].filter((name) => name === "X-Auth-Token")
    : [];
  const model = modelOf(spec);
  const [like] = model.parameters;
  const headers =
    like === undefined ? [] : credentials.map((name) => ({ ...like, in: "header", name, length: undefined }));
  return render(
    { ...model, parameters: [...model.parameters, ...headers] },
    { layout, language: "zh", style: { labels: "line", enums: "inline" }, marks: false },
  );
};

test("check: exit codes, and findings as JSON", async () => {
  const page = text("listJobs");
  const { docs } = repository({
    "good.txt": page,
    "bad.txt": page.replace("0-2000", "0-3000"),
    "other.txt": "Hello\n\nThis is a letter.",
    "unknown.txt": page
      .replaceAll("elb/jobs", "other/things")
      .replaceAll(/[a-z]+_[a-z_]+/g, (name) => `x_${name}`)
      .replace("ListJobs", "ShowThing")
      .replace(/查询异步任务的job列表/, "别的"),
  });
  expect(await docs("check", "good.txt")).toMatchObject({ code: 0 });
  const { code, out } = await docs("check", "--json", "bad.txt");
  expect(code).toBe(1);
  const [finding] = JSON.parse(out).findings;
  expect(finding).toEqual({
    id: "huaweicloud-elb listJobs query.limit.maximum: 2000 → 3000",
    kind: "changed",
    where: "query.limit.maximum",
    before: 2000,
    after: 3000,
    severity: "compatible",
    page: { file: "bad.txt", line: page.split("\n").findIndex((line) => line.includes("0-2000")) + 1 },
    spec: { file: "specs/huaweicloud/elb.yaml", line: expect.any(Number), column: expect.any(Number) },
  });
  expect(await docs("check", "other.txt")).toMatchObject({
    code: 2,
    err: expect.stringContaining("other.txt:1  read as text: neither the headings"),
  });
  expect(await docs("check", "unknown.txt")).toMatchObject({
    code: 2,
    err: expect.stringContaining("is no operation of the specifications"),
  });
  expect(await docs("check", "missing.txt")).toMatchObject({
    code: 2,
    err: "missing.txt: there is no such file, or it cannot be read.",
  });
  expect(await docs("check")).toMatchObject({ code: 2 });
  expect(await docs("nonsense")).toMatchObject({ code: 2 });
  expect(await docs("check", "--nonsense")).toMatchObject({ code: 2 });
});

test("check: a page that has lost a structure's table does not pass for one that agrees", async () => {
  const page = text("listJobs");
  const start = page.search(/^表\d+ *SubJob$/m);
  const end = page.search(/^表\d+ *JobEntities$/m);
  expect(start).toBeGreaterThan(0);
  expect(end).toBeGreaterThan(start);
  const { docs } = repository({ "page.txt": page.slice(0, start) + page.slice(end) });
  expect(await docs("check", "page.txt")).toMatchObject({
    code: 2,
    err: expect.stringMatching(
      /^page\.txt:\d+: there is no table for SubJob: huaweicloud-elb listJobs has SubJob, and its fields could not be compared/,
    ),
  });
});

test("facts: every fact has its line", async () => {
  const page = text("listJobs");
  const { docs } = repository({ "page.txt": page });
  const facts = JSON.parse((await docs("facts", "page.txt")).out);
  const limit = facts.parameters.find(({ name }: { name: string }) => name === "limit");
  expect(page.split("\n")[limit.line - 1]).toBe("limit");
  expect(page.split("\n")[limit.maximum.line - 1]).toBe("取值范围:0-2000");
  expect(limit).toMatchObject({
    in: "query",
    required: "unknown",
    type: { kind: "integer" },
    maximum: { value: 2000 },
    default: { value: 2000 },
  });
});

test("draft: a specification that the generator accepts", { timeout: 30_000 }, async () => {
  for (const { operation, service } of operations) {
    const { git, docs, commit } = repository({ "page.txt": text(operation) });
    const file = `specs/${service.replace("-", "/")}.yaml`;
    git("rm", "-q", file);
    commit();
    const drafted = await docs("draft", "page.txt", "-o", file);
    expect(drafted).toMatchObject({ code: 0, out: expect.stringContaining("For you to decide") });
    expect(await docs("check", "page.txt")).toMatchObject({ code: 0, err: "" });
    expect(await docs("draft", "page.txt", "-o", file)).toMatchObject({ code: 2 });
  }
});

test("fetch --from: stores facts, and no text", { timeout: 30_000 }, async () => {
  const pages = Object.fromEntries(
    operations.map(({ service, operation }) => [
      `pages/${pageName({ service, operation })}.txt`,
      text(operation),
    ]),
  );
  const { folder, write, docs } = repository(pages);
  // As a browser may save it.
  const [saved = ""] = Object.keys(pages);
  writeFileSync(join(folder, saved), Buffer.from(`\ufeff${pages[saved]}`, "utf16le"));
  write("specs/sources.yaml", "{}\n");
  expect(await docs("fetch", "--from", "pages")).toMatchObject({ code: 0, err: "" });
  const stored = readFileSync(join(folder, "specs/sources.yaml"), "utf8");
  expect(stored).toContain("query.limit.maximum: 2000");
  expect(stored).not.toContain("含义");
  expect(await docs("fetch", "--from", "pages")).toMatchObject({ code: 0 });
  expect(readFileSync(join(folder, "specs/sources.yaml"), "utf8")).toBe(stored);
  expect(await docs("fetch", "--from", "nowhere")).toMatchObject({ code: 2 });
});

test("what a command does not take is refused, not overlooked", async () => {
  const page = text("listJobs");
  const { git, docs } = repository({ "page.txt": page, "again.txt": page });
  expect(await docs("draft", "page.txt", "again.txt")).toMatchObject({
    code: 2,
    err: "draft: takes one page, not 2.",
  });
  expect(await docs("changes", "page.txt")).toMatchObject({ code: 2, err: "changes: takes no pages." });
  expect(await docs("facts", "page.txt", "--from", "pages")).toMatchObject({
    code: 2,
    err: "facts: takes no --from.",
  });
  expect(await docs("update", "--json", "page.txt")).toMatchObject({
    code: 2,
    err: "update: takes no --json.",
  });
  expect(await docs("-h")).toMatchObject({ code: 0, out: expect.stringContaining("Usage") });
  expect(git("status", "--porcelain")).toBe("?? again.txt\n?? page.txt\n");
});

test("what the system refuses is told in a sentence, with its place", async () => {
  const { docs } = repository({ "page.txt": text("listJobs") });
  expect(await docs("draft", "page.txt", "-o", "package.json/kites.yaml")).toMatchObject({
    code: 2,
    err: expect.stringMatching(/package\.json/),
  });
  expect(await docs("update", "page.txt", "--out", "package.json")).toMatchObject({
    code: 2,
    err: expect.stringMatching(/package\.json/),
  });
});

test("a page in another encoding is read, and one that is no text is said to be none", async () => {
  const page = text("listJobs");
  const { folder, docs } = repository();
  const write = (name: string, bytes: Uint8Array) => writeFileSync(join(folder, name), bytes);
  write("wide.txt", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(page, "utf16le")]));
  // "URI" and a Chinese word in GB 18030.
  write("other.txt", Buffer.from([0x55, 0x52, 0x49, 0x0a, 0xc7, 0xeb, 0xc7, 0xf3]));
  expect(await docs("check", "wide.txt")).toMatchObject({ code: 0 });
  expect(await docs("check", "other.txt")).toMatchObject({
    code: 2,
    err: "other.txt: this is no text in UTF-8. Save it as UTF-8.",
  });
  write("cut.txt", Buffer.from(page).subarray(0, Buffer.byteLength(page.slice(0, page.indexOf("参"))) + 1));
  expect(await docs("check", "cut.txt")).toMatchObject({
    code: 2,
    err: "cut.txt: it ends in the middle of a character: it was cut short. Save it again.",
  });
});

test("draft: what the generator would refuse is told with the lines to decide", async () => {
  const { docs } = repository({ "pages/page.txt": text("listJobs") });
  const { out } = await docs("draft", "pages/page.txt", "-o", "specs/huaweicloud/kites.yaml");
  expect(out).toMatch(/specs\/huaweicloud\/kites\.yaml:\d+ {2}x-pagination: proposed/);
  expect(out).toMatch(/every description that says "To be described" \(\d+, from line \d+\)/);
  expect(out).not.toContain("refuse");
  const elsewhere = await docs("draft", "pages/page.txt", "-o", "specs/nowhere/Kites_1.yaml");
  expect(elsewhere).toMatchObject({
    code: 0,
    out: expect.stringMatching(
      /refuse it:\n {2}specs\/nowhere\/Kites_1\.yaml:\d+:\d+ {2}cloud {2}common\.yaml/,
    ),
  });
});
