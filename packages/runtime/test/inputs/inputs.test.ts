/**
 * The eighty bad inputs of the reliability catalogue (§2.2), in its order: each is refused before anything is sent, with
 * a message that names what is wrong and shows no secret; or arrives exactly as it was given, where that is right.
 */

import { expect, test } from "vitest";
import { ConfigError, type ValidationError } from "../../src/errors.js";
import { all, failure, SECRETS } from "../support/memory.js";
import { alb, eip, elb, gaussdb, swr } from "../support/services.js";
import { type Calls, willing } from "../support/willing.js";

const number = (index: number): string => `I-${String(index).padStart(2, "0")}`;

/** The one of its table that is not refused: see below. Its place is taken by another, which does not count. */
const OPEN = 50;

/** Numbers a table's rows. */
const numbered = <Row extends readonly unknown[]>(first: number, rows: readonly Row[]) =>
  rows.map((row, index) => [first + index === OPEN ? "(not I-50)" : number(first + index), ...row] as const);

async function expectRefused(call: Calls, parameter: string, why?: RegExp | string): Promise<void> {
  const server = willing();
  const error = await failure((async () => call(server))());
  expect(server.asked).toHaveLength(0);
  expect([error.name, parameter]).toEqual([
    parameter.includes(".") && !parameter.startsWith("credentials") ? "ValidationError" : "ConfigError",
    (error as ValidationError).parameter ?? parameter,
  ]);
  expect(error.message).toContain(parameter);
  if (why) expect(error.message).toMatch(why);
}

async function expectSent(call: Calls, target: string): Promise<void> {
  const server = willing();
  await call(server);
  expect(server.asked.map(({ url }) => url.href.slice(url.origin.length))).toEqual([target]);
}

// --- Path parameters ------------------------------------------------------------------------------------------------

const show =
  (job_id: unknown): Calls =>
  (server) =>
    eip(server).showResourcesJobDetail({ path: { job_id: job_id as string } }); // what JavaScript callers may give
const path = (segment: string) => `/v1/project-1/jobs/${segment}`;

test.each(
  numbered(1, [
    ["undefined", show(undefined), "is missing"],
    ["null", show(null), "is missing"],
    ["empty", show(""), "is empty"],
    ["a space", show(" "), "is empty"],
    [".", show("."), "segment"],
    ["..", show(".."), "segment"],
    ["%2e%2e", show("%2e%2e"), "segment"],
    ["%2E.", show("%2E."), "segment"],
    ["a/b", show("a/b"), path("a%2Fb")],
    ["a\\b", show("a\\b"), "backslash"],
    ["a?b", show("a?b"), path("a%3Fb")],
    ["a#b", show("a#b"), path("a%23b")],
    ["a%2Fb", show("a%2Fb"), path("a%252Fb")],
    ["four-byte characters", show("任务-😀"), path("%E4%BB%BB%E5%8A%A1-%F0%9F%98%80")],
    ["half of a surrogate pair", show("\ud800"), "surrogate"],
    ["NUL", show("a\u0000"), "control character"],
    ["CR LF", show("a\r\nb"), "control character"],
    ["an array", show(["a"]), "must be a string, not an array"],
    ["an object", show({}), "must be a string, not an object"],
    ["a function", show(() => "a"), "must be a string, not a function"],
    ["NaN", show(Number.NaN), "must be a string, not NaN"],
    ["$& and $'", show("$&$'"), path("%24%26%24%27")],
    ["{job_id}", show("{job_id}"), path("%7Bjob_id%7D")],
  ]),
)("%s path: %s", async (_, __, call, expected) => {
  await (expected.startsWith("/")
    ? expectSent(call, expected)
    : expectRefused(call, "path.job_id", expected));
});

// --- Query ----------------------------------------------------------------------------------------------------------

const list =
  (query: Record<string, unknown>): Calls =>
  (server) =>
    elb(server).listJobs({ query });
const listSwr =
  (query: Record<string, unknown>): Calls =>
  (server) =>
    swr(server).listInstanceJobs({ query });
const listAlb =
  (query: Record<string, unknown>): Calls =>
  (server) =>
    alb(server).listAsynJobs({ query });
const listGaussdb =
  (query: Record<string, unknown>): Calls =>
  (server) =>
    gaussdb(server).listImmediateJobs({ query });

test.each(
  numbered(24, [
    [
      "limit 0 on a walk",
      (server) => all(elb(server).listJobs.items({ query: { limit: 0 } })),
      "query.limit",
    ],
    ["limit -1", list({ limit: -1 }), "query.limit"],
    ["limit 1.5", list({ limit: 1.5 }), "query.limit"],
    ["limit NaN", list({ limit: Number.NaN }), "query.limit"],
    ["limit '10'", list({ limit: "10" }), "query.limit"],
    ["limit 2001 (ELB)", list({ limit: 2001 }), "query.limit"],
    ["limit 101 (SWR)", listSwr({ limit: 101 }), "query.limit"],
    ["limit 11 (GaussDB)", listGaussdb({ limit: "11" }), "query.limit"],
    ["limit without offset (SWR)", listSwr({ limit: 5 }), "/v2/project-1/jobs?limit=5&offset=0"],
    ["marker without limit", list({ marker: "m" }), "/v3/project-1/elb/jobs?marker=m&limit=2000"],
    ["marker ''", list({ marker: "" }), "query.marker"],
    ["offset -1", listSwr({ offset: -1 }), "query.offset"],
    ["offset 2^53", listSwr({ offset: 2 ** 53 }), "query.offset"],
    [
      "10,000 JobIds",
      listAlb({ JobIds: Array.from({ length: 10_000 }, (_, index) => `job-${index}`) }),
      "query ",
    ],
    [
      "a zone of +0100",
      listGaussdb({ start_time: "2024-01-01T00:00:00+0100" }),
      "/v3/project-1/immediate-jobs?start_time=2024-01-01T00%3A00%3A00%2B0100",
    ],
    ["a Date where text is documented", list({ begin_time: new Date(0) }), "query.begin_time"],
    ["seconds where milliseconds are documented", listAlb({ BeginTime: 1_700_000_000 }), "query.BeginTime"],
    [
      "ISO text where milliseconds are documented",
      listAlb({ BeginTime: "2024-01-01T00:00:00Z" }),
      "query.BeginTime",
    ],
  ] satisfies [string, Calls, string][]),
)("%s query: %s", async (_, __, call, expected) => {
  if (expected.startsWith("/")) return expectSent(call, expected);
  const server = willing();
  const error = await failure(call(server));
  expect(server.asked).toHaveLength(0);
  expect(error).toMatchObject({ name: "ValidationError", parameter: expected.trim() });
  expect(error.message).toContain(expected);
});

test.each([
  ["limit 0 (SWR)", listSwr({ limit: 0 }), "query.limit"],
  ["limit -1 (SWR)", listSwr({ limit: -1 }), "query.limit"],
  ["limit 101 (ALB)", listAlb({ MaxResults: 101 }), "query.MaxResults"],
  ["GaussDB: offset 1.0", listGaussdb({ offset: "1.0" }), "query.offset"],
  ["GaussDB: offset -1", listGaussdb({ offset: "-1" }), "query.offset"],
  ["a key that is no parameter", list({ "limit=1&x": 1 }), "query.limit=1&x"],
  ["the key __proto__", list(JSON.parse('{"__proto__":1}')), "query.__proto__"],
  ["a key of a prototype", list({ constructor: 1 }), "query.constructor"],
  ["null", list({ limit: null }), "query.limit"],
  ["a control character", list({ status: "a\nb" }), "query.status"],
])("query, beyond the catalogue: %s", (_, call, parameter) => expectRefused(call, parameter));

// --- Headers and credentials ----------------------------------------------------------------------------------------

const key =
  (credentials: Record<string, unknown>): Calls =>
  (server) =>
    elb({ ...server, credentials: credentials as { token: string } }).listJobs(); // what JavaScript callers may give
const header =
  (name: string, value: string): Calls =>
  (server) =>
    gaussdb(server).listImmediateJobs({ header: { [name]: value } });
const { ak, sk, token } = SECRETS;

test.each(
  numbered(42, [
    [
      "CR LF in a key",
      [key({ ak, sk: `${sk}\r\nx: y` }), key({ ak: `${ak}\r\n`, sk }), key({ token: `${token}\r\nx` })],
      "credentials.",
    ],
    ["a newline at the end", [key({ ak, sk: `${sk}\n` }), key({ token: `${token}\n` })], "credentials."],
    ["NUL", [key({ ak, sk: `${sk}\0` }), key({ token: `\0${token}` })], "credentials."],
    ["what Latin-1 has not", [key({ ak, sk: `${sk}密` }), key({ token: `${token}😀` })], "credentials."],
    ["empty", [key({ ak, sk: "" }), key({ ak: "", sk }), key({ token: "" })], "credentials."],
    ["a token of 1 MB", [key({ token: token.repeat(45_000) })], "credentials.token"],
    [
      "spaces around",
      [key({ ak, sk: ` ${sk}` }), key({ ak, sk: `${sk} ` }), key({ token: ` ${token}` })],
      "credentials.",
    ],
    ["Bearer before the token", [key({ token: `Bearer ${token}` })], "credentials.token"],
    ["a header that is no text", [header("X-Language", {} as unknown as string)], "header.X-Language"],
    ["Authorization", [header("Authorization", token), header("authorization", token)], "header."],
    [
      "X-Sdk-Date",
      [
        header("X-Sdk-Date", "20200101T000000Z"),
        header("x-sdk-anything", "x"),
        header("X-Auth-Token", token),
      ],
      "header.",
    ],
    [
      "Host",
      [
        header("Host", "evil.example.com"),
        header("content-length", "0"),
        header("Transfer-Encoding", "chunked"),
      ],
      "header.",
    ],
    ["a space in a header's name", [header("X Language", "x")], "header.X Language"],
    ["a colon in a header's name", [header("X-Language: a\r\nx", "x"), header(":authority", "x")], "header."],
    ["an underscore in a header's name", [header("X_Language", "x")], "header.X_Language"],
    [
      "the header __proto__",
      [(server) => gaussdb(server).listImmediateJobs({ header: JSON.parse('{"__proto__":"x"}') })],
      "header.__proto__",
    ],
  ] satisfies [string, Calls[], string][]),
)("%s headers and credentials: %s", async (_, __, calls, parameter) => {
  for (const call of calls) {
    const server = willing();
    const error = await failure((async () => call(server))());
    expect(error.name).toBe(parameter.startsWith("header") ? "ValidationError" : "ConfigError");
    expect(error.message).toContain(parameter);
    expect(server.asked).toHaveLength(0);
  }
});

// The catalogue would refuse it. But vendors add languages, and the type, which is open for the same reason, already
// completes those that are documented: it arrives as it was given.
test("I-50 headers and credentials: an unknown X-Language", async () => {
  const server = willing();
  await header("X-Language", "fr-fr")(server);
  expect(server.asked[0]?.headers.get("x-language")).toBe("fr-fr");
});

// --- Endpoints and regions ------------------------------------------------------------------------------------------

const at =
  (endpoint: string): Calls =>
  (server) =>
    elb({ ...server, endpoint }).listJobs();
const region =
  (name: string): Calls =>
  (server) =>
    elb({ ...server, region: name }).listJobs();

test.each(
  numbered(58, [
    ["http:// to another machine", at("http://elb.example.com"), "endpoint"],
    ["a user and a password", at(`https://user:${sk}@elb.example.com`), "endpoint"],
    ["a query", at(`https://elb.example.com?token=${token}`), "endpoint"],
    ["a fragment", at("https://elb.example.com#f"), "endpoint"],
    ["a prefix is kept", at("https://elb.example.com/gateway/"), "/gateway/v3/project-1/elb/jobs"],
    ["//evil", at("//evil.example.com"), "endpoint"],
    [
      "a fragment that looks like the real host",
      at("https://evil.example.com#.myhuaweicloud.com"),
      "endpoint",
    ],
    ["javascript:", at("javascript:alert(1)"), "endpoint"],
    ["an IPv6 address", at("https://[2001:db8::1]:8443"), "/v3/project-1/elb/jobs"],
    ["a dot at the end of the host", at("https://elb.example.com."), "endpoint"],
    ["a region that climbs", region("../x"), "region"],
    ["a region that is a host", region("cn-north-4.evil.com/"), "region"],
    ["port 0", at("https://elb.example.com:0"), "endpoint"],
    ["port 99999", at("https://elb.example.com:99999"), "endpoint"],
    ["letters that look like others", at("https://myhuaweicl\u043eud.com"), "endpoint"],
  ]),
)("%s endpoint: %s", async (_, __, call, expected) => {
  await (expected.startsWith("/") ? expectSent(call, expected) : expectRefused(call, expected));
});

// --- Options --------------------------------------------------------------------------------------------------------

const option =
  (options: Record<string, unknown>): Calls =>
  (server) =>
    elb({ ...server, ...options }).listJobs();

test.each(
  numbered(73, [
    [
      "timeoutMs 0",
      [option({ timeoutMs: 0 }), (server) => elb(server).listJobs({ timeoutMs: 0 })],
      "timeoutMs",
    ],
    [
      "timeoutMs -1",
      [option({ timeoutMs: -1 }), (server) => elb(server).listJobs({ timeoutMs: -1 })],
      "timeoutMs",
    ],
    [
      "timeoutMs NaN",
      [option({ timeoutMs: Number.NaN }), (server) => elb(server).listJobs({ timeoutMs: Number.NaN })],
      "timeoutMs",
    ],
    [
      "timeoutMs 1e12, which would fire at once",
      [option({ timeoutMs: 1e12 }), (server) => elb(server).listJobs({ timeoutMs: 1e12 })],
      "timeoutMs",
    ],
    ["maxAttempts 0", [option({ maxAttempts: 0 })], "maxAttempts"],
    ["maxAttempts 1.5", [option({ maxAttempts: 1.5 })], "maxAttempts"],
    ["maxAttempts Infinity", [option({ maxAttempts: Number.POSITIVE_INFINITY })], "maxAttempts"],
    [
      "waiting for less than one pause",
      [
        (server) => elb(server).listJobs.wait("j", { timeoutMs: 1000 }),
        (server) => elb(server).listJobs.wait("j", { minDelayMs: 10, maxDelayMs: 9 }),
      ],
      "DelayMs|timeoutMs",
    ],
  ] satisfies [string, Calls[], string][]),
)("%s options: %s", async (_, __, calls, name) => {
  for (const call of calls) {
    const server = willing();
    const error = await failure((async () => call(server))());
    expect(error).toBeInstanceOf(ConfigError);
    expect(error.message).toMatch(new RegExp(`(${name}) must be an integer from`));
    expect(server.asked).toHaveLength(0);
  }
});

test("headers, beyond the catalogue: numbers and booleans are written", async () => {
  const server = willing();
  await header("X-Language", 7 as unknown as string)(server);
  expect(server.asked[0]?.headers.get("x-language")).toBe("7");
});

test.each([
  ["maxConcurrency", 0],
  ["maxResponseBytes", -1],
  ["timeoutMs", "30"],
  ["fetch", "fetch"],
  ["logger", {}],
  ["region", 5],
  ["region", null],
])("options, beyond the catalogue: %s %j", (name, value) => expectRefused(option({ [name]: value }), name));

test.each([
  ["a group that is none", { qeury: {} }, "qeury"],
  ["a group that is text", { query: "limit=1" }, "query"],
  ["a group that is a list", { query: [] }, "query"],
  ["a path that is not in the template", { path: { job_id: "x" } }, "path.job_id"],
  ["a body, where the operation has none", { body: {} }, "body"],
])("arguments, beyond the catalogue: %s", async (_, args, parameter) => {
  const server = willing();
  const error = await failure(elb(server).listJobs(args as object));
  expect(error).toMatchObject({ name: "ValidationError", parameter, operation: "elb.listJobs" });
  expect(server.asked).toHaveLength(0);
});
