import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, formatProblem, type ServiceModel } from "typedcloud/checked";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { draftOf } from "../src/draft/draft.ts";
import { singular } from "../src/draft/singular.ts";
import { compare } from "../src/drift/compare.ts";
import { match } from "../src/drift/match.ts";
import { readPage } from "../src/read.ts";
import { readSpecFacts } from "../src/spec/facts.ts";
import { agreement } from "./support/agreement.ts";
import { readOperations, root } from "./support/model.ts";
import { savedPages } from "./support/pages.ts";
import { alibabaPage, type HuaweiPage, huaweiPage, unseen } from "./support/unseen.ts";
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

test.each(Object.entries(unseen))("%s: the draft does not differ from its page", async (_, text) => {
  expect(await differences(text)).toEqual([]);
});

/** What `check` finds between a page and its draft. */
async function differences(text: string): Promise<string[]> {
  const { service, operation } = await drafted(text);
  return compare(readPage(text, "page.html"), readSpecFacts(service, operation)).map(({ id }) => id);
}

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

describe("what the page says is in the draft", () => {
  const page: HuaweiPage = {
    title: "Mending a Kite",
    request: "PUT /v2/{project_id}/kites",
    name: "MendKite",
    path: [["project_id", "Yes", "String", "The project."]],
    headers: [
      ["Content-Type", "Yes", "String", "What is sent."],
      ["X-Client", "No", "String", "Who sends it."],
    ],
    body: [["colour", "Yes", "String", "The new colour."]],
    answers: {
      "200": [["id", "", "String", "The kite."]],
      "400": [["error_code", "", "String", "A code."]],
      "404": [["error_code", "", "String", "A code."]],
    },
    example: { id: "k-1" },
  };
  const of = async (changes: Partial<HuaweiPage>) => {
    const { text, decisions } = await drafted(huaweiPage({ ...page, ...changes }));
    const document = parse(text);
    return { document, decisions, operation: document.paths["/v2/{project_id}/kites"].put };
  };

  test("and check finds nothing that the draft has lost", async () => {
    const whole = huaweiPage({
      ...page,
      body: [...(page.body ?? []), ["status", "No", "String", "The options are RUNNING, SUCCESS."]],
      sent: { colour: "red" },
      answerHeaders: { "200": [["X-Request-Id", "", "String", "The request."]] },
      errorExamples: { "400": { error_code: "K.400" } },
    });
    expect(await differences(whole)).toEqual([]);
  });

  test("the examples of the request and of each error; one that is made up is told", async () => {
    const sent = { colour: "red" };
    const { operation, decisions } = await of({ sent, errorExamples: { "400": { error_code: "K.400" } } });
    expect(operation.requestBody.content["application/json"].example).toEqual(sent);
    expect(operation.responses["400"].content["application/json"].example).toEqual({ error_code: "K.400" });
    expect(operation.responses["404"].content["application/json"].example).toEqual({ error_code: "string" });
    expect(decisions.filter((each) => each.includes("made up"))).toEqual([
      "the example of 404: the page has none, this one is made up",
    ]);
  });

  test("the headers of an answer, and of a request those that the client does not set", async () => {
    const { operation } = await of({
      answerHeaders: { "200": [["X-Request-Id", "", "String", "The request."]] },
    });
    expect(operation.responses["200"].headers).toEqual({
      "X-Request-Id": { description: "To be described.", schema: { type: "string" } },
    });
    expect(operation.parameters.slice(1)).toMatchObject([{ name: "X-Client", in: "header" }]);
  });

  test("whether the body must be sent", async () => {
    const list = (mark: string) => of({ body: [["[items]", mark, "Array of strings", "The kites."]] });
    expect((await list("No")).operation.requestBody.required).toBe(false);
    expect((await list("Yes")).operation.requestBody.required).toBe(true);
    const optional = await of({ body: [["colour", "No", "String", "The new colour."]] });
    expect(optional.operation.requestBody.required).toBe(false);
    expect(optional.decisions.join()).toContain("requestBody.required: each of its fields may be left out");
    const roa = alibabaPage({
      action: "MendFleet",
      title: "Mends a fleet",
      request: "PUT /fleets",
      parameters: [["body", "No", "object", "The fleet."]],
      answer: [["id", "", "string", "Its ID."]],
      example: { id: "f-1" },
    });
    expect(parse((await drafted(roa)).text).paths["/fleets"].put.requestBody.required).toBe(false);
  });

  test("a body that is no object stays what it is, and one without fields is told", async () => {
    const { operation, document, decisions } = await of({
      answers: { ...page.answers, "400": [["-", "", "String", "-"]], "404": [["-", "", "Object", "-"]] },
    });
    expect(operation.responses["400"].content["application/json"].schema).toEqual({ type: "string" });
    expect(operation.responses["404"].content["application/json"].schema).toEqual({ type: "object" });
    expect(Object.keys(document.components.schemas)).not.toContain("ErrorBody");
    expect(decisions).toContain("the body of 404: the page names none of its fields");
  });
});

test("names with numbers in them are lists, for the draft as for check", async () => {
  const page = alibabaPage({
    action: "ListFleets",
    title: "Lists fleets",
    parameters: [
      ["FleetId.N", "No", "RepeatList", "The fleets."],
      ["Tag.N.Key", "No", "String", "A key of up to 64 Unicode characters."],
      ["Tag.N.Value", "No", "String", "A value."],
    ],
    answer: [["RequestId", "", "string", "The request."]],
    example: { RequestId: "R" },
  });
  const { parameters } = parse((await drafted(page)).text).paths["/ListFleets"].get;
  expect(parameters).toMatchObject([
    { name: "FleetId", schema: { type: "array", items: { type: "string" } } },
    { name: "Tag", schema: { type: "array", items: { $ref: "#/components/schemas/Tag" } } },
  ]);
  expect(await differences(page)).toEqual([]);
});

describe("what the page does not say is told", () => {
  const kite = (changes: Partial<HuaweiPage>): HuaweiPage => ({
    title: "Mending a Kite",
    request: "PUT /v2/kites",
    name: "MendKite",
    answers: { "200": [["id", "", "String", "The kite."]] },
    example: { id: "k-1" },
    ...changes,
  });
  const decisionsOf = async (page: string) => (await drafted(page)).decisions;

  test("structures without a table", async () => {
    const found = await decisionsOf(
      huaweiPage(
        kite({
          answers: {
            "200": [
              ["extra", "", "Object", "More of it."],
              ["tails", "", "Array of objects", "What hangs from it."],
              ["names", "", "Array of strings", "What it is called."],
            ],
          },
          example: { extra: { weight: 1 }, tails: [{ length: 2 }] },
        }),
      ),
    );
    expect(found.filter((each) => each.includes("structure"))).toEqual([
      "extra: its structure is not on the page",
      "tails: its structure is not on the page",
    ]);
  });

  test("no status of success; and one that a person has written stays", async () => {
    const decision = "responses: the page names no status of success";
    const answers = { "400": [["error_code", "", "String", "A code."]] } as const;
    const page = huaweiPage(kite({ answers, example: undefined }));
    const { text, decisions } = draftOf(readPage(page, "page"), "kites");
    expect(decisions).toContain(decision);
    const written = text.replace(
      '        "400":',
      '        "204":\n          description: Done.\n        "400":',
    );
    const service = await accepted(written, "huaweicloud");
    const [operation] = service.operations;
    if (operation === undefined) throw new Error("no operation");
    expect(compare(readPage(page, "page"), readSpecFacts(service, operation)).map(({ id }) => id)).toEqual(
      [],
    );
    expect(await decisionsOf(huaweiPage(kite({})))).not.toContain(decision);
  });

  test("the version, which Alibaba Cloud wants in a header even where the path has one", async () => {
    const roa = alibabaPage({
      action: "MendFleet",
      title: "Mends a fleet",
      request: "GET /v1/fleets",
      parameters: [["name", "No", "string", "The fleet."]],
      answer: [["id", "", "string", "Its ID."]],
      example: { id: "f-1" },
    });
    expect((await decisionsOf(roa)).join("\n")).toContain("info.version: the API's version");
  });
});

describe("what structures are called", () => {
  const names = async (text: string) =>
    Object.keys(parse((await drafted(text)).text).components.schemas).toSorted();
  const list = (rows: HuaweiPage["query"], fields: HuaweiPage["path"], example: unknown) =>
    huaweiPage({
      title: "Listing Kites",
      request: "GET /v2/kites",
      name: "ListKites",
      ...(rows && { query: rows }),
      answers: { "200": [["kites", "", "Array of Kite objects", "The kites."]] },
      answerStructures: [{ caption: "Kite", rows: fields ?? [] }],
      example,
    });
  const STATUS = "The options are RUNNING, SUCCESS, FAILED.";

  test("a status is a job's only where there is a job", async () => {
    const fields = [
      ["id", "", "String", "Its ID."],
      ["status", "", "String", STATUS],
    ] as const;
    const example = { kites: [{ id: "k-1", status: "RUNNING" }] };
    expect(await names(list(undefined, fields, example))).toEqual(["Kite", "ListKitesResponse"]);
    const filter = [["status", "No", "String", STATUS]] as const;
    expect(await names(list(filter, fields, example))).toEqual(["Kite", "ListKitesResponse", "Status"]);
  });

  test("a job's status and its filter are one list, whatever the filter is called", async () => {
    const page = unseen["a list of jobs"]
      .replace("<p>status</p>", "<p>TaskStatus</p>")
      // In another order.
      .replace("<p>The status.</p>", "<p>The options are FAILED, SUCCESS, RUNNING.</p>");
    expect(await names(page)).toEqual([
      "ErrorBody",
      "JobStatus",
      "KiteJob",
      "ListKiteJobsResponse",
      "PageInfo",
    ]);
  });

  test("two lists under one name are two", async () => {
    const kind = (name: string, values: string) =>
      [name, "", "String", `The options are ${values}.`] as const;
    const page = huaweiPage({
      title: "Showing a Kite",
      request: "GET /v2/kite",
      name: "ShowKite",
      answers: {
        "200": [
          ["tail", "", "Tail object", "Its tail."],
          ["wing", "", "Wing object", "Its wing."],
        ],
      },
      answerStructures: [
        { caption: "Tail", rows: [kind("kind", "long, short"), kind("other", "long, short")] },
        { caption: "Wing", rows: [kind("kind", "box, delta"), kind("other", "box, delta")] },
      ],
      example: { tail: { kind: "long" } },
    });
    expect((await names(page)).filter((name) => name.startsWith("Kind"))).toEqual(["Kind", "Kind2"]);
  });

  test.each([
    ["addresses", "address"],
    ["boxes", "box"],
    ["branches", "branch"],
    ["caches", "cache"],
    ["policies", "policy"],
    ["databases", "database"],
    ["statuses", "status"],
    ["address", "address"],
    ["VpcIds", "VpcId"],
  ])("one of %s is a %s", (many, one) => {
    expect(singular(many)).toBe(one);
  });
});
