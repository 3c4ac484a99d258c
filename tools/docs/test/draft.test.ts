import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, formatProblem, type ServiceModel } from "typedcloud/checked";
import { describe, expect, test } from "vitest";
import { draftOf } from "../src/draft/draft.ts";
import { match } from "../src/drift/match.ts";
import { readPage } from "../src/read.ts";
import { agreement } from "./support/agreement.ts";
import { readOperations, root } from "./support/model.ts";
import { savedPages } from "./support/pages.ts";
import { unseen } from "./support/unseen.ts";
import { KITE_JOBS, KITES } from "./support/written.ts";

/** What the generator makes of specifications that stand alone beside the common ones of their cloud. */
async function accepted(text: string, cloud: string): Promise<ServiceModel> {
  const cwd = mkdtempSync(join(tmpdir(), "docs-draft-"));
  try {
    mkdirSync(join(cwd, "specs", cloud), { recursive: true });
    cpSync(join(root, "specs", cloud, "common.yaml"), join(cwd, "specs", cloud, "common.yaml"));
    writeFileSync(join(cwd, "specs", cloud, "kites.yaml"), text);
    const { services, problems } = await check("specs", cwd);
    expect(problems.map(formatProblem)).toEqual([]);
    const [service] = services;
    if (service === undefined) throw new Error("nothing was drafted");
    return service;
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

const drafted = async (text: string) => {
  const page = readPage(text, "page.html");
  const draft = draftOf(page, "kites");
  const service = await accepted(draft.text, page.site);
  const [operation] = service.operations;
  if (operation === undefined) throw new Error("no operation");
  return { ...draft, service, operation };
};

describe("pages that nobody has seen", () => {
  test.each(Object.entries(unseen))("%s: the generator accepts the draft", async (_, text) => {
    const { text: yaml, decisions, service } = await drafted(text);
    expect(service.operations).toHaveLength(1);
    for (const decision of decisions) expect(yaml).toContain(`# - ${decision}`);
    expect(decisions).toContain('every description that says "To be described"');
    const words = [...yaml.matchAll(/(?:description|summary): (.*)/g)].map(([, word]) => word);
    expect(new Set(words)).toEqual(new Set(["To be described.", "Region ID."]));
    // What YAML 1.1 takes for a date is a string.
    expect(yaml).not.toMatch(/: \d{4}-\d{2}-\d{2}/);
  });

  test.each([
    [
      "marker and limit",
      { style: "cursor", items: "kites", cursor: "marker", next: "page_info.next_marker", limit: "limit" },
    ],
    [
      "offset and limit",
      {
        style: "offset",
        items: "flights",
        id: "flight_id",
        offset: "offset",
        limit: "limit",
        total: "total_count",
      },
    ],
    [
      "page number and page size",
      { style: "page", items: "winds", page: "page_number", limit: "page_size", total: "total" },
    ],
    [
      "an action with nested objects",
      { style: "page", items: "TaskSet.Task", page: "PageNumber", limit: "PageSize", total: "TotalCount" },
    ],
    [
      "tokens",
      { style: "cursor", items: "Jobs", cursor: "NextToken", next: "NextToken", limit: "MaxResults" },
    ],
  ] as const)("%s: how it is paged is proposed", async (name, pages) => {
    const { operation, decisions } = await drafted(unseen[name]);
    expect(operation.pages).toMatchObject(pages);
    expect(decisions.join("\n")).toContain("x-pagination: proposed by names of fields");
  });

  test.each(["post with a body", "only a path", "delete without an answer", "a path of its own"] as const)(
    "%s: nothing is paged",
    async (name) => {
      const { operation, decisions } = await drafted(unseen[name]);
      expect(operation.pages).toBeUndefined();
      expect(decisions.join("\n")).not.toContain("x-pagination");
    },
  );

  test("a job is proposed where an object looks like one, and what is not evident is asked", async () => {
    const { operation, decisions } = await drafted(unseen["only a path"]);
    expect(operation.job).toMatchObject({
      find: "path.job_id",
      id: "job_id",
      status: "status",
      states: { pending: ["RUNNING", "GROUNDED"], succeeded: ["SUCCESS"], failed: ["FAILED"] },
      error: { message: "fail_reason" },
    });
    expect(decisions).toContain('x-job.states: what state "GROUNDED" is; pending for now');
    const tasks = await drafted(unseen["an action with nested objects"]);
    expect(tasks.operation.job).toMatchObject({
      find: "query.TaskIds[]",
      id: "TaskId",
      status: "TaskStatus",
    });
    for (const name of ["post with a body", "marker and limit", "a path of its own"] as const)
      expect((await drafted(unseen[name])).operation.job).toBeUndefined();
  });

  test("bodies, answers without one, styles and methods", async () => {
    const post = await drafted(unseen["post with a body"]);
    expect(post.operation).toMatchObject({ id: "createKite", method: "post" });
    expect(post.operation.body).toBeDefined();
    expect((await drafted(unseen["delete without an answer"])).operation).toMatchObject({
      id: "deleteKite",
      method: "delete",
      noContent: true,
    });
    const rpc = await drafted(unseen.tokens);
    expect(rpc.service.service.style).toBe("RPC");
    expect(rpc.operation).toMatchObject({ id: "listKiteJobs", path: "/ListKiteJobs" });
    expect(rpc.decisions.join("\n")).toContain("info.version: the API's version");
    const roa = await drafted(unseen["a path of its own"]);
    expect(roa.service.service.style).toBe("ROA");
    expect(roa.operation).toMatchObject({ path: "/api/v1/fleets/{FleetId}", method: "get" });
  });
});

describe("a draft agrees with what a person writes from the same page", () => {
  test.each([
    ["Huawei Cloud", unseen["a list of jobs"], KITE_JOBS, "huaweicloud"],
    ["Alibaba Cloud", unseen.tokens, KITES, "alibabacloud"],
  ])("%s", async (_, page, written, cloud) => {
    const found = agreement((await drafted(page)).service, await accepted(written, cloud));
    expect(found.count).toBeGreaterThan(30);
    expect(found.ratio, found.apart.join("\n")).toBeGreaterThanOrEqual(0.95);
  });

  test("what it does not agree in is told", async () => {
    const service = await accepted(KITE_JOBS, "huaweicloud");
    const other = await accepted(KITE_JOBS.replace("maximum: 50", "maximum: 60"), "huaweicloud");
    expect(agreement(service, other).apart).toEqual(["query.limit.maximum: 50 / 60"]);
  });

  // The vendors' pages are not in the repository.
  test.skipIf(savedPages.length === 0)("the saved pages", { timeout: 30_000 }, async () => {
    const operations = await readOperations();
    const { services } = await check("specs", root);
    for (const { name, text } of savedPages) {
      const page = readPage(text, name);
      const spec = match(page, operations);
      const service = services.find(({ folder }) => folder === spec?.service);
      if (service === undefined) throw new Error(`${name} is no operation`);
      const draft = await accepted(draftOf(page, "kites").text, page.site);
      const { ratio, apart, count } = agreement(draft, service);
      console.info(
        `${name}: ${(ratio * 100).toFixed(1)} % of ${count} facts; apart:\n  ${apart.join("\n  ")}`,
      );
      expect(ratio, `${name}\n${apart.join("\n")}`).toBeGreaterThanOrEqual(0.95);
    }
  });
});

test("where a page was saved is nobody's business", () => {
  const page = readPage(unseen["marker and limit"], "../home/somebody/page.html");
  const { text } = draftOf(page, "kites");
  expect(text).toMatch(/^# Source: page\.html/);
  expect(text).not.toContain("somebody");
});

test("an operation without a name is called after what it does", () => {
  const named = (name: keyof typeof unseen, of: string) => {
    const page = { ...readPage(unseen[name], "page.html"), name: undefined };
    return { of, id: /^ {6}operationId: (\w+)/m.exec(draftOf(page, "kites").text)?.[1] };
  };
  expect([
    named("marker and limit", "a list"),
    named("only a path", "one"),
    named("post with a body", "a new one"),
    named("delete without an answer", "one less"),
  ]).toEqual([
    { of: "a list", id: "listKites" },
    { of: "one", id: "showJobs" },
    { of: "a new one", id: "createKites" },
    { of: "one less", id: "deleteKites" },
  ]);
});

test("what success shows says nothing about errors", async () => {
  const success = unseen["only a path"]
    .replaceAll("fail_reason", "error_code")
    .replace(/&quot;error_code&quot;: &quot;&quot;|"error_code": ""/, (found) =>
      found.replace(/(?:&quot;&quot;|"")$/, "null"),
    );
  const { text } = await drafted(success);
  const [job = "", error = ""] = text.slice(text.indexOf("  schemas:")).split("ErrorBody:");
  expect(job).toContain('error_code:\n          type: [string, "null"]');
  expect(error).toContain("error_code:\n          type: string");
});
