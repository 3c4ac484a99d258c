/** Z05, Z06, Z08, Z09, Z10 and Z12 of the reliability catalogue: what holds for all inputs. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { canonicalPath, canonicalQuery } from "../../src/canonical.js";
import { CloudError } from "../../src/errors.js";
import { retryAfterMs } from "../../src/retry-after.js";
import { encode, fillPath, writeQuery } from "../../src/url.js";
import { pause } from "../../src/wait.js";
import { LONG, runs, TIMEOUT } from "../support/count.js";
import { failure, json, memory, settle, virtualTime } from "../support/memory.js";
import { alb, eip, elb, gaussdb, swr } from "../support/services.js";

const text = fc.string({ unit: "grapheme", maxLength: 20 }).filter((each) => !/\p{Surrogate}/u.test(each));
const odd = fc.oneof(
  text,
  fc.constantFrom(
    "+",
    "~",
    "!",
    "'",
    "(",
    ")",
    "*",
    "%",
    "%2B",
    "",
    " ",
    "&",
    "=",
    "a b",
    "任务",
    "😀",
    "/",
    "?",
    "#",
  ),
);
const flatten = function* (name: string, value: object): Generator<readonly [string, unknown]> {
  for (const item of Object.values(value)) yield [name, item];
};

describe("Z05 what is signed is what is sent", () => {
  test("the canonical query of a written query is the query, sorted", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(odd, odd)), (pairs) => {
        const written = pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
        const search = new URL(`https://host/?${written}`).search;
        const canonical = canonicalQuery(search);
        const decoded = canonical
          .split("&")
          .filter(Boolean)
          .map((pair) => pair.split("=").map(decodeURIComponent));
        const expected = pairs
          .map(([name, value]) => [name, value])
          .sort(([a = "", x = ""], [b = "", y = ""]) =>
            a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0,
          );
        expect(decoded).toEqual(written ? expected : []);
        expect(canonicalQuery(`?${canonical}`)).toBe(canonical); // idempotent
      }),
      runs(20_000, 2000),
    );
  });
  test("the canonical path of a filled path is the path", () => {
    fc.assert(
      fc.property(odd, (id) => {
        let path: string;
        try {
          path = fillPath("/v1/{id}/x", { id }, "op");
        } catch (error) {
          expect(error).toBeInstanceOf(CloudError);
          return;
        }
        const { pathname } = new URL(`https://host${path}`);
        expect(pathname).toBe(path);
        expect(canonicalPath(pathname)).toBe(path);
      }),
      runs(20_000, 2000),
    );
  });

  let endpoint = "";
  const targets: string[] = [];
  const server = createServer((request, response) => {
    targets.push(request.url ?? "");
    response.setHeader("content-type", "application/json");
    response.end('{"jobs":[],"page_info":{}}');
  });
  beforeAll(
    () =>
      new Promise<void>((resolve) =>
        server.listen(0, "127.0.0.1", () => {
          endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
          resolve();
        }),
      ),
  );
  afterAll(() => server.close());
  test("the bytes on the wire are the URL that was signed", { timeout: TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(odd, odd, async (status, job_type) => {
        const query = { status, job_type };
        const call = elb({ endpoint }).listJobs({ query });
        if (/\p{Cc}/u.test(status + job_type)) return void (await failure(call));
        await call;
        expect(targets.at(-1)).toBe(`/v3/project-1/elb/jobs?${writeQuery(query, flatten, "t")}`);
      }),
      runs(2000, 100),
    );
  });
});

test("Z06 a path value is one segment, or refused", () => {
  const wild = fc.oneof(
    fc.string({ unit: "binary" }),
    fc
      .array(
        fc.constantFrom(
          ".",
          "..",
          "%2e",
          "%2E",
          "%2f",
          "/",
          "\\",
          "a",
          "%",
          "?",
          "#",
          ";",
          "\u0000",
          "\ud800",
        ),
      )
      .map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(wild, (id) => {
      let path: string;
      try {
        path = fillPath("/v1/{id}/jobs", { id }, "op");
      } catch (error) {
        expect(error).toMatchObject({ name: "ValidationError", parameter: "path.id" });
        return;
      }
      const { pathname, search, hash } = new URL(`https://host${path}`);
      const segments = pathname.split("/");
      expect([segments.length, segments[1], segments[3], search, hash]).toEqual([4, "v1", "jobs", "", ""]);
      expect(decodeURIComponent(segments[2] ?? "")).toBe(id);
      expect(new URL(decodeURIComponent(pathname), "https://host").pathname.startsWith("/v1/")).toBe(true); // a server that decodes first
    }),
    runs(20_000, 3000),
  );
});

/** A body, and one place of it changed: dropped, renamed, of another type, huge, or nested. */
const mutated = (body: object): fc.Arbitrary<string> => {
  const paths: string[][] = [[]];
  const visit = (value: unknown, path: string[]): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      paths.push([...path, key]);
      visit(item, [...path, key]);
    }
  };
  visit(body, []);
  const replacement = fc.oneof(
    fc.constantFrom<unknown>(
      undefined,
      null,
      "",
      " ",
      0,
      -1,
      1e308,
      true,
      [],
      {},
      [null],
      [[]],
      "x".repeat(100_000),
      { __proto__: null, a: 1 },
    ),
    fc.jsonValue({ maxDepth: 3 }),
    fc.constant("<<deep>>"),
    fc.constant("<<int64>>"),
  );
  return fc
    .tuple(
      fc.constantFrom(...paths),
      replacement,
      fc.option(fc.constantFrom("__proto__", "constructor", "x", "Code"), { nil: undefined }),
    )
    .map(([path, value, rename]) => {
      const copy = structuredClone({ body }) as { body: unknown };
      let holder = copy as Record<string, unknown>;
      let key = "body";
      for (const step of path) {
        holder = holder[key] as Record<string, unknown>; // a path of this very body
        key = step;
      }
      delete holder[key];
      Object.defineProperty(holder, rename ?? key, {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
      return (JSON.stringify(copy.body) ?? "")
        .replace('"<<deep>>"', "[".repeat(20_000) + "]".repeat(20_000))
        .replace('"<<int64>>"', "9223372036854775807");
    });
};

const examples = {
  elb: {
    jobs: [
      {
        job_id: "j",
        status: "COMPLETE",
        sub_jobs: [{ job_id: "s", status: "SUCCESS", entities: [{}] }],
        error_code: "",
      },
    ],
    page_info: { previous_marker: "j", current_count: 1 },
    request_id: "r",
  },
  swr: { jobs: [{ id: "j", status: "Success", created_at: "2024-01-01T00:00:00.305978Z" }], total: 1 },
  eip: {
    job_id: "j",
    status: "SUCCESS",
    entities: { sub_jobs: [{ job_id: "s", status: "FAIL", entities: {} }] },
    error_code: null,
  },
  gaussdb: { jobs: [{ job_id: "j", status: "Completed", process: "", fail_reason: null }], total_count: 1 },
  alb: {
    Jobs: [{ Id: "j", Status: "Succeeded", CreateTime: 1700000000000, ErrorCode: "506" }],
    TotalCount: 1,
    RequestId: "r",
    NextToken: "",
  },
};

describe("Z08 a changed answer: typed data, or one of our errors; never anything else, never for long", () => {
  const wait = { timeoutMs: 4000, minDelayMs: 2000, graceMs: 0 };
  const calls: Record<keyof typeof examples, (fetch: typeof globalThis.fetch) => (() => Promise<unknown>)[]> =
    {
      elb: (fetch) => [
        () => elb({ fetch }).listJobs(),
        () => elb({ fetch }).listJobs.items().next(),
        () => elb({ fetch }).listJobs.wait("j", wait),
      ],
      swr: (fetch) => [
        () => swr({ fetch }).listInstanceJobs(),
        () => swr({ fetch }).listInstanceJobs.wait("j", wait),
      ],
      eip: (fetch) => [() => eip({ fetch }).showResourcesJobDetail.wait("j", wait)],
      gaussdb: (fetch) => [
        () => gaussdb({ fetch }).listImmediateJobs(),
        () => gaussdb({ fetch }).listImmediateJobs.wait("j", wait),
      ],
      alb: (fetch) => [
        () => alb({ fetch }).listAsynJobs(),
        () => alb({ fetch }).listAsynJobs.wait("j", wait),
      ],
    };
  test.each(Object.keys(examples) as (keyof typeof examples)[])(
    "%s",
    { timeout: TIMEOUT },
    async (service) => {
      virtualTime();
      const real = process.hrtime.bigint;
      await fc.assert(
        fc.asyncProperty(mutated(examples[service]), async (body) => {
          const { fetch } = memory(
            () => new Response(body, { headers: { "content-type": "application/json" } }),
          );
          for (const call of calls[service](fetch)) {
            const started = real();
            const error: unknown = await settle(call()).then(
              () => undefined,
              (thrown: unknown) => thrown,
            );
            if (error !== undefined) expect(error).toBeInstanceOf(CloudError);
            expect(Number(real() - started) / 1e6).toBeLessThan(2000);
          }
        }),
        { ...runs(5000, 60), endOnFailure: true },
      );
      vi.clearAllTimers();
    },
  );
});

test("Z09 an error's body of any shape: an error with its status, and never a long one", {
  timeout: TIMEOUT,
}, async () => {
  const body = fc.oneof(
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.string({ unit: "binary" }),
    fc
      .record({
        error_code: fc.oneof(fc.string({ maxLength: 5000 }), fc.integer(), fc.constant(null)),
        error_msg: fc.oneof(fc.string({ maxLength: 50_000 }), fc.jsonValue()),
      })
      .map((value) => JSON.stringify(value)),
    mutated({ error: { code: 401, message: "m" } }),
  );
  const status = fc.constantFrom(400, 401, 403, 404, 409, 413, 418, 429, 500, 501, 502, 503, 599);
  await fc.assert(
    fc.asyncProperty(body, status, fc.boolean(), async (text, code, isAlibaba) => {
      const { fetch } = memory(() => new Response(text, { status: code }));
      const call = isAlibaba
        ? alb({ fetch, maxAttempts: 1 }).listAsynJobs()
        : elb({ fetch, maxAttempts: 1 }).listJobs();
      const error = (await call.catch((thrown: unknown) => thrown)) as CloudError & {
        status?: number;
        code?: string;
      };
      expect(error).toBeInstanceOf(CloudError);
      expect(error.status).toBe(code);
      expect((error.code ?? "").length).toBeLessThanOrEqual(2048);
      expect(error.message.length).toBeLessThanOrEqual(2048 + 700);
    }),
    runs(10_000, 400),
  );
});

test("Z10 Retry-After of any kind: so many milliseconds, or nothing", () => {
  const date = fc.date({ noInvalidDate: true }).map((each) => each.toUTCString());
  const value = fc.oneof(
    fc.string(),
    fc.integer().map(String),
    fc.double().map(String),
    fc.bigInt().map(String),
    date,
    fc.constantFrom("Mon, 99 Foo 2020", "Thursday", "1e9", "0x1", "-0", "+1", "1,2"),
  );
  fc.assert(
    fc.property(value, fc.oneof(date, fc.string()), fc.integer(), (retryAfter, serverDate, now) => {
      const headers = new Headers();
      for (const [name, text] of [
        ["retry-after", retryAfter],
        ["date", serverDate],
      ] as const) {
        try {
          headers.set(name, text);
        } catch {
          // no header can carry it
        }
      }
      const wait = retryAfterMs(headers, now);
      if (wait === undefined) return;
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThan(2 ** 31);
    }),
    runs(10_000, 5000),
  );
});

describe("Z12 pauses of a wait", () => {
  const bounds = fc.tuple(
    fc.integer({ min: 1, max: 60_000 }),
    fc.integer({ min: 0, max: 600_000 }),
    fc.integer({ min: 0, max: 3_600_000 }),
  );
  test("each is within its bounds", () => {
    fc.assert(
      fc.property(
        bounds,
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        ([least, more], polls, random) => {
          const ms = pause(polls, least, least + more, random);
          expect(ms).toBeGreaterThanOrEqual(least);
          expect(ms).toBeLessThanOrEqual(least + more);
        },
      ),
      runs(10_000, 5000),
    );
  });
  test("together they never take longer than agreed", { timeout: TIMEOUT }, async () => {
    virtualTime();
    await fc.assert(
      fc.asyncProperty(
        bounds,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        async ([minDelayMs, more, longer], random) => {
          const server = memory(() => json({ jobs: [{ job_id: "j", status: "RUNNING" }] }));
          const timeoutMs = minDelayMs + (longer % (minDelayMs * 12));
          const options = { minDelayMs, maxDelayMs: minDelayMs + more, timeoutMs };
          const started = performance.now();
          await failure(settle(elb({ ...server, random: () => random }).listJobs.wait("j", options)));
          expect(performance.now() - started).toBeLessThanOrEqual(timeoutMs);
          for (const [index, { at }] of server.asked.slice(1).entries()) {
            const gap = at - (server.asked[index]?.at ?? 0);
            const isLast = index === server.asked.length - 2;
            // Timers count whole milliseconds. Where there is time for one pause only, it may have to be a short one.
            const least = isLast && index === 0 ? minDelayMs / 2 : minDelayMs;
            expect(gap).toBeGreaterThanOrEqual(least - 1);
            expect(gap).toBeLessThanOrEqual(options.maxDelayMs + (isLast ? minDelayMs : 0) + 1);
          }
          // It looks until shortly before the end.
          const reserveMs = Math.min(1000, minDelayMs / 2);
          expect((server.asked.at(-1)?.at ?? 0) - started).toBeGreaterThanOrEqual(timeoutMs - reserveMs - 1);
        },
      ),
      runs(LONG ? 1000 : 40, 40),
    );
  });
});
