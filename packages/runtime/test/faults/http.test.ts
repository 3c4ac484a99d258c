/**
 * F-H01 … F-H13 and F-H21 … F-H30 of the reliability catalogue: statuses and bodies that should not be, and what then
 * happens. (F-H14 … F-H20, which are about signatures and tokens, stand in credentials/refusals.test.ts, F-H26 in
 * redirects.test.ts.)
 */

import { describe, expect, test } from "vitest";
import {
  ApiError,
  ApiNotFoundError,
  BadRequestError,
  type CloudError,
  ConflictError,
  NotFoundError,
  PermissionError,
  ResponseFormatError,
  ResponseShapeError,
  ServerError,
  ThrottledError,
} from "../../src/errors.js";
import {
  type Answers,
  all,
  failure,
  json,
  type Memory,
  memory,
  pauses,
  SECRETS,
  settle,
  virtualTime,
} from "../support/memory.js";
import { alb, eip, elb, gaussdb, other, swr } from "../support/services.js";

const GOOD = { jobs: [{ job_id: "a", status: "COMPLETE" }], page_info: {} };
const refuse = (status: number, code: string, headers: Record<string, string> = {}) =>
  json({ error_code: code, error_msg: "no", request_id: "r-1" }, status, headers);

/** What becomes of this answer, given at each attempt, with the longest pauses that jitter allows. */
async function outcome(
  answer: Answers,
  options: { random?: () => number } = {},
): Promise<{ error: CloudError; server: Memory }> {
  virtualTime();
  const server = memory(answer);
  const error = await failure(settle(elb({ ...server, random: () => 1, ...options }).listJobs()));
  expect(error.operation).toBe("elb.listJobs");
  expect(error.attempts).toBe(server.asked.length);
  return { error, server };
}

/** The same, once; then a good answer. */
async function recovery(answer: Response, random = 1): Promise<number[]> {
  const server = memory((_, n) => (n === 1 ? answer : json(GOOD)));
  expect(await settle(elb({ ...server, random: () => random }).listJobs())).toEqual(GOOD);
  return pauses(server);
}

test("F-H01 500 with an envelope: four attempts, ServerError with its code and request id", async () => {
  const { error, server } = await outcome(() => refuse(500, "ELB.9999"));
  expect(error).toBeInstanceOf(ServerError);
  expect(error).toMatchObject({
    status: 500,
    code: "ELB.9999",
    requestId: "r-1",
    message: "elb.listJobs: 500 ELB.9999: no (request id r-1)",
  });
  expect(pauses(server)).toEqual([200, 400, 800]);
});

describe("F-H02 502 with a page", () => {
  test("four attempts, ServerError with the page's words", async () => {
    const page =
      "<html>\n<head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>";
    const { error, server } = await outcome(
      () => new Response(page, { status: 502, headers: { "content-type": "text/html" } }),
    );
    expect(error).toBeInstanceOf(ServerError);
    expect(error.message).toBe("elb.listJobs: 502: 502 Bad Gateway Bad Gateway");
    expect(server.asked).toHaveLength(4);
  });
  test("that repeats what it was sent, and is long: 256 characters at most, and no secret", async () => {
    const { error } = await outcome(
      () => new Response(`<b>${SECRETS.token} ${SECRETS.sk}</b>${"x".repeat(100_000)}`, { status: 502 }),
    );
    expect(error.message.length).toBeLessThan(300);
    expect(
      (await outcome(() => new Response(`${SECRETS.token} ${SECRETS.sk}`, { status: 502 }))).error.message,
    ).toContain("[redacted] [redacted]");
  });
  test.each([
    ["of angle brackets", "<".repeat(65_000)],
    ["of spaces", " ".repeat(65_000)],
    ["in another encoding", Buffer.from([0xce, 0xde, 0xb7, 0xa8])],
    ["of 10 MB", Buffer.alloc(10 * 2 ** 20, "x")],
  ])("%s", async (_, body) => {
    const { error } = await outcome(() => new Response(body, { status: 502 }));
    expect(error).toBeInstanceOf(ServerError);
  });
});

test("F-H03 502 without a body: four attempts, ServerError", async () => {
  const { error, server } = await outcome(
    () => new Response(null, { status: 502, headers: { "content-length": "0" } }),
  );
  expect(error).toBeInstanceOf(ServerError);
  expect(error.message).toBe("elb.listJobs: 502");
  expect(server.asked).toHaveLength(4);
});

test("F-H04 503 with Retry-After: 2: two seconds", async () => {
  virtualTime();
  expect(await recovery(refuse(503, "X", { "retry-after": "2" }))).toEqual([2000]);
});

describe("F-H05 503 with Retry-After as a date", () => {
  const date = (ms: number) => new Date(Date.UTC(2020, 0, 1) + ms).toUTCString(); // the server's clock is years behind
  test("counts from the server's own clock", async () => {
    virtualTime();
    expect(await recovery(refuse(503, "X", { date: date(0), "retry-after": date(7000) }))).toEqual([7000]);
  });
  test("in the past: the ordinary pause", async () => {
    virtualTime();
    expect(await recovery(refuse(503, "X", { date: date(0), "retry-after": date(-7000) }))).toEqual([200]);
  });
});

test("F-H06 504 (the gateway of SWR): retried", async () => {
  virtualTime();
  expect(await recovery(refuse(504, "APIGW.0203"))).toEqual([200]);
});

test("F-H07 429 (APIGW.0308) without a header: pauses from one second", async () => {
  const { error, server } = await outcome(() => refuse(429, "APIGW.0308"));
  expect(error).toBeInstanceOf(ThrottledError);
  expect(pauses(server)).toEqual([1000, 2000, 4000]);
});

test.each(["Throttling", "Throttling.User", "Throttling.Api"])(
  "F-H08 Alibaba Cloud's status 400 %s: retried as throttling",
  async (Code) => {
    virtualTime();
    const server = memory(() => json({ Code, Message: "slow down", RequestId: "r-1" }, 400));
    const error = await failure(settle(alb({ ...server, random: () => 1 }).listAsynJobs()));
    expect(error).toBeInstanceOf(ThrottledError);
    expect(error).toMatchObject({ status: 400, code: Code, requestId: "r-1", attempts: 4 });
    expect(pauses(server)).toEqual([1000, 2000, 4000]);
  },
);

test("F-H09 x-acs-retry-after: 1500 are milliseconds", async () => {
  virtualTime();
  const server = memory((_, n) =>
    n === 1
      ? json({ Code: "Throttling.User", Message: "m" }, 400, { "x-acs-retry-after": "1500" })
      : json({ Jobs: [], TotalCount: 0 }),
  );
  await settle(alb(server).listAsynJobs());
  expect(pauses(server)).toEqual([1500]);
});

describe("F-H10 a Retry-After that is nonsense, or too long", () => {
  test.each(["-1", "NaN", "", "1e309", "Infinity", "1, 2, 3", "2026-01-01T00:00:00Z", "1.5", "0x10", "Thu"])(
    "%j: the ordinary pause",
    async (value) => {
      virtualTime();
      expect(await recovery(refuse(429, "X", { "retry-after": value }))).toEqual([1000]);
    },
  );
  test("0: never less than the ordinary pause", async () => {
    virtualTime();
    expect(await recovery(refuse(429, "X", { "retry-after": "0" }))).toEqual([1000]);
  });
  test.each(["61", "999999999", "2147483648", "9".repeat(400)])(
    "%s seconds: an error that says so, instead of sleeping",
    async (value) => {
      const { error, server } = await outcome(() => refuse(429, "X", { "retry-after": value }));
      expect(error).toBeInstanceOf(ThrottledError);
      const { retryAfterMs = Number.NaN } = error as ThrottledError;
      expect(retryAfterMs).toBeGreaterThanOrEqual(61_000);
      expect(retryAfterMs).toBeLessThan(2 ** 31); // what setTimeout takes
      expect(server.asked).toHaveLength(1);
    },
  );
});

test("F-H11 408: retried", async () => {
  virtualTime();
  expect(await recovery(refuse(408, "X"))).toEqual([200]);
});

test.each([501, 505])("F-H12 %i: not retried", async (status) => {
  const { error, server } = await outcome(() => refuse(status, "X"));
  expect(error).toBeInstanceOf(ServerError);
  expect(server.asked).toHaveLength(1);
});

test("F-H13 400, a marker that is not known: BadRequestError, not retried", async () => {
  const { error, server } = await outcome(() => refuse(400, "ELB.8902"));
  expect(error).toBeInstanceOf(BadRequestError);
  expect(error).toMatchObject({ code: "ELB.8902", requestId: "r-1" });
  expect(server.asked).toHaveLength(1);
});

test("F-H21 403 with an encoded reason: PermissionError that carries it, not retried", async () => {
  const { error, server } = await outcome(() =>
    json({ error_code: "SVCSTG.1", error_msg: "no", encoded_authorization_message: "ENCODED" }, 403),
  );
  expect(error).toBeInstanceOf(PermissionError);
  expect(error).toMatchObject({ encodedAuthorizationMessage: "ENCODED" });
  expect(server.asked).toHaveLength(1);
});

test('F-H22 404 of the gateway (APIG.0101): ApiNotFoundError, never "no such job"', async () => {
  const { error } = await outcome(() => refuse(404, "APIG.0101"));
  expect(error).toBeInstanceOf(ApiNotFoundError);
  expect(error).not.toBeInstanceOf(NotFoundError);
});

test("F-H23 404 of the service: NotFoundError", async () => {
  const error = await failure(
    eip(memory(() => refuse(404, "VPC.0003"))).showResourcesJobDetail({ path: { job_id: "j" } }),
  );
  expect(error).toBeInstanceOf(NotFoundError);
  expect(error).toMatchObject({ code: "VPC.0003", attempts: 1 });
});

test("F-H24 409: ConflictError, not retried", async () => {
  const { error, server } = await outcome(() => refuse(409, "VPC.0304"));
  expect(error).toBeInstanceOf(ConflictError);
  expect(server.asked).toHaveLength(1);
});

test.each([
  [413, "the request's body is too large"],
  [414, "the URL is too long"],
  [431, "the headers are too large"],
  [494, "the headers are too large"],
])("F-H25 %i: not retried, and the message says which limit", async (status, words) => {
  const { error, server } = await outcome(() => new Response("<center>nginx</center>", { status }));
  expect(error).toBeInstanceOf(BadRequestError);
  expect(error.message).toBe(`elb.listJobs: ${status}: ${words}: nginx`);
  expect(server.asked).toHaveLength(1);
});

test("F-H27 200 with a page: ResponseFormatError with status, request id and content type", async () => {
  const headers = { "content-type": "text/html; charset=utf-8", "x-request-id": "r-7" };
  const { error, server } = await outcome(() => new Response("<!doctype html><p>Log in", { headers }));
  expect(error).toBeInstanceOf(ResponseFormatError);
  expect(error).toMatchObject({
    status: 200,
    requestId: "r-7",
    message: "elb.listJobs: status 200 (text/html; charset=utf-8): the body is not JSON: Log in",
  });
  expect(server.asked).toHaveLength(1);
});

describe("F-H28 a success that is none: never an empty list", () => {
  const lists: [string, string, (answer: Answers) => Promise<unknown>[]][] = [
    ["elb", "jobs", (answer) => [elb(memory(answer)).listJobs(), all(elb(memory(answer)).listJobs.items())]],
    [
      "swr",
      "jobs",
      (answer) => [swr(memory(answer)).listInstanceJobs(), all(swr(memory(answer)).listInstanceJobs.items())],
    ],
    [
      "gaussdb",
      "jobs",
      (answer) => [
        gaussdb(memory(answer)).listImmediateJobs(),
        all(gaussdb(memory(answer)).listImmediateJobs.items()),
      ],
    ],
    [
      "alb",
      "Jobs",
      (answer) => [alb(memory(answer)).listAsynJobs(), all(alb(memory(answer)).listAsynJobs.items())],
    ],
    ["a list of no jobs", "rows", (answer) => [all(other(memory(answer)).numbered.items())]],
    ["eip", "job_id", (answer) => [eip(memory(answer)).showResourcesJobDetail({ path: { job_id: "j" } })]],
  ];
  const bodies = (items: string): [string, () => Response][] => [
    ["empty", () => new Response("")],
    ["204", () => new Response(null, { status: 204 })],
    ["null", () => json(null)],
    ["[]", () => json([])],
    ['"x"', () => json("x")],
    ["{}", () => json({})],
    [`${items}: null`, () => json({ [items]: null })],
    [`${items}: {}`, () => json({ [items]: {} })],
    [`no ${items}`, () => json({ page_info: {}, total: 3, TotalCount: 3, total_count: 3 })],
    ["an item that is null", () => json({ [items]: [null] })],
    ["an item without its id", () => json({ [items]: [{ status: "COMPLETE" }] })],
  ];
  describe.each(lists)("%s", (_, items, calls) => {
    test.each(bodies(items))("%s: ResponseShapeError", async (_, body) => {
      for (const call of calls(body)) expect(await failure(call)).toBeInstanceOf(ResponseShapeError);
    });
  });
  test("but where a list may be left out because it is counted as empty, it is empty", async () => {
    expect(await all(alb(memory(() => json({ TotalCount: 0 }))).listAsynJobs.items())).toEqual([]);
  });
});

test.each([
  [elb, (answer: Answers) => elb(memory(answer)).listJobs(), { error_code: "ELB.1", error_msg: "no" }],
  [
    alb,
    (answer: Answers) => alb(memory(answer)).listAsynJobs(),
    { Code: "Forbidden.RAM", Message: "no", RequestId: "r" },
  ],
])("F-H29 200 with an error envelope: ApiError (%#)", async (_, call, body) => {
  const error = await failure(call(() => json(body)));
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ status: 200, attempts: 1, code: Object.values(body)[0] });
});

describe("F-H30 JSON in odd clothes", () => {
  const call = (body: BodyInit, contentType = "application/json") =>
    elb(memory(() => new Response(body, { headers: { "content-type": contentType } }))).listJobs();
  const text = JSON.stringify(GOOD);
  test("a byte order mark, and text/plain: accepted", async () => {
    expect(await call(`\uFEFF${text}`)).toEqual(GOOD);
    expect(await call(text, "text/plain")).toEqual(GOOD);
    expect(await call(text, "application/json; charset=gbk")).toEqual(GOOD); // it is UTF-8 all the same
  });
  test("what is not UTF-8: ResponseFormatError, not a wrong character", async () => {
    const error = await failure(
      call(
        new Uint8Array([...Buffer.from('{"jobs":[{"job_id":"'), 0xc8, 0xce, ...Buffer.from('"}]}')]),
        "application/json; charset=gbk",
      ),
    );
    expect(error).toBeInstanceOf(ResponseFormatError);
    expect(error.message).toContain("(application/json; charset=gbk): the body is not UTF-8");
  });
  test("a NUL at the end: ResponseFormatError", async () =>
    expect(await failure(call(`${text}\0`))).toBeInstanceOf(ResponseFormatError));
  test("a key that comes twice: the last one counts, as in JSON.parse", async () =>
    expect(await call('{"jobs":null,"jobs":[]}')).toEqual({ jobs: [] }));
  test("an integer that a number cannot hold: refused, not rounded", async () => {
    const error = await failure(call('{"jobs":[],"n":9007199254740993}'));
    expect(error).toBeInstanceOf(ResponseFormatError);
    expect(error.message).toContain("the number 9007199254740993 is larger than JavaScript can hold exactly");
  });
  test.each([
    "9007199254740991",
    "-9007199254740991",
    '"9007199254740993"',
    "0.98765432109876543",
    "1.2345678901234567e-5",
    '"\\"9007199254740993"',
    "12345678901234567890.5",
  ])("%s is no such integer", async (number) =>
    expect(await call(`{"jobs":[],"n":${number}}`)).toEqual({ jobs: [], n: JSON.parse(number) }),
  );
  test("digits and quotes without end are refused quickly", async () => {
    const started = performance.now();
    for (const body of [
      `{"a":${'\\"'.repeat(500_000)}1234567890123456`,
      `{${'"'.repeat(500_001)}1234567890123456`,
      "1".repeat(2 ** 20),
    ])
      await failure(call(body));
    expect(performance.now() - started).toBeLessThan(1000);
  });
  test("__proto__ is a field like any other", async () => {
    const body =
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"jobs":[{"job_id":"a","status":"COMPLETE","__proto__":{"polluted":1}}]}';
    const page = await call(body);
    expect(Object.hasOwn(page, "__proto__")).toBe(true);
    const again = memory(
      (_, n) => new Response(n === 1 ? body.replace("]}", '],"page_info":{"next_marker":"a"}}') : body),
    );
    expect(await all(elb(again).listJobs.items())).toHaveLength(1); // the second page repeats the item: it is copied without it
    expect({}).not.toHaveProperty("polluted");
    expect(await failure(call('{"jobs":[{"__proto__":{"job_id":"a"}}]}'))).toBeInstanceOf(ResponseShapeError);
  });
});
