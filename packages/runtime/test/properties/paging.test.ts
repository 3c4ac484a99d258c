/**
 * Z07 of the reliability catalogue: lists of any length, on servers that page by any rule, that change while they are
 * read and that fail now and then. What is handed out is every row that was there all the time, once; or a typed error.
 */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { operations } from "../../../huaweicloud-gaussdb/src/operations.js";
import { CloudError, IncompletePaginationError, PaginationError } from "../../src/errors.js";
import type { Operation } from "../../src/operation.js";
import { type PagingMemory, walkItems } from "../../src/paginate.js";
import { LONG, runs, SEED, TIMEOUT } from "../support/count.js";
import { List, OFFSET_RULES, RULES, type Rule, refused } from "../support/list.js";
import { broken, json, memory, settle, virtualTime } from "../support/memory.js";
import { alb, elb, gaussdb, swr } from "../support/services.js";

const gaussdbJobs: Operation = operations.listImmediateJobs;

/** A small generator of random numbers: the same ones at every run. */
function randoms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** One walk over GaussDB's list, without HTTP below it: many thousands of them take seconds. */
async function walkGaussdb(
  list: List,
  rule: Rule,
  limit: string,
  memory: PagingMemory,
  churn = 0,
  random = randoms(1),
) {
  let requests = 0;
  const call = async ({ query = {} }: { query?: Record<string, unknown> }) => {
    requests++;
    if (!list.page(rule, String(query.offset), Number(limit))) throw refused();
    // Only before pages that arrive: two changes between two of them may hide each other, which is documented.
    if (random() < churn) list.change(random() < 0.5, random());
    const page = list.page(rule, String(query.offset), Number(limit));
    if (!page) throw refused();
    return {
      jobs: page.ids.map((job_id) => ({ job_id, status: "Completed" })),
      total_count: list.rows.length,
    };
  };
  const { pages } = gaussdbJobs;
  if (!pages) throw new Error("it has pages");
  const ids: string[] = [];
  try {
    for await (const item of walkItems(
      call,
      gaussdbJobs,
      pages,
      "gaussdb.listImmediateJobs",
      { query: { limit } },
      memory,
    ))
      ids.push((item as { job_id: string }).job_id);
  } catch (error) {
    return { ids, requests, error };
  }
  return { ids, requests, error: undefined };
}

describe.each(OFFSET_RULES)("Z07 GaussDB: offsets that count %s", (rule) => {
  test.each(["10", "20", "50"])(
    "pages of %s, accounts of 0 to 260 jobs: every job once, twice over",
    { timeout: TIMEOUT },
    async (limit) => {
      for (let count = 0; count <= 260; count++) {
        const memory: PagingMemory = {};
        for (const walk of ["which finds out", "which remembers"]) {
          const list = new List(count);
          const { ids, error, requests } = await walkGaussdb(list, rule, limit, memory);
          expect(error, `${count} jobs, a walk ${walk}`).toBeUndefined();
          expect([...ids].sort(), `${count} jobs, a walk ${walk}`).toEqual([...list.stable].sort());
          expect(requests).toBeLessThanOrEqual(Math.ceil(count / (Number(limit) - 1)) + 4);
        }
      }
    },
  );

  test.each([0.05, 0.2])("while %d of the requests change the list", { timeout: TIMEOUT }, async (churn) => {
    let errors = 0;
    const rounds = LONG ? 12 : 1;
    const step = LONG ? 1 : 7;
    let walks = 0;
    for (let round = 0; round < rounds; round++) {
      for (const limit of ["10", "20", "50"]) {
        for (let count = 0; count <= 260; count += step) {
          const list = new List(count);
          const random = randoms(SEED + round * 1000 + count * 7 + Number(limit));
          const { ids, error } = await walkGaussdb(list, rule, limit, {}, churn, random);
          walks++;
          expect(new Set(ids).size).toBe(ids.length);
          if (error) {
            expect(error).toBeInstanceOf(IncompletePaginationError);
            errors++;
          } else {
            expect(ids, `seed ${SEED}, round ${round}, ${count} jobs, pages of ${limit}`).toEqual(
              expect.arrayContaining([...list.stable]),
            );
          }
        }
      }
    }
    expect(errors).toBeLessThan(walks * 0.35);
  });
});

const scenario = fc.record({
  rule: fc.constantFrom<Rule>(...RULES),
  count: fc.nat({ max: 300 }),
  limit: fc.constantFrom(10, 20, 50),
  cap: fc.constantFrom(3, 10, 1000),
  churn: fc.constantFrom(0, 0, 0.05, 0.2),
  faults: fc.constantFrom(0, 0.05, 0.3),
  empty: fc.constantFrom(0, 0.2),
  permanent: fc.constantFrom(0, 0, 0.02),
  prefetch: fc.boolean(),
  seed: fc.integer({ min: 1, max: 2 ** 30 }),
});

test("Z07 any list, any rule, any fault: all stable rows once, or a typed error, and never without end", {
  timeout: TIMEOUT,
}, async () => {
  virtualTime();
  let complete = 0;
  let failed = 0;
  await fc.assert(
    fc.asyncProperty(scenario, async (each) => {
      const { rule, count, limit, cap, churn, faults, empty, permanent, prefetch, seed } = each;
      const random = randoms(seed);
      const list = new List(count);
      const byPage = rule.startsWith("pages");
      const server = memory(({ query }) => {
        if (random() < permanent)
          return json({ error_code: "X.1", error_msg: "no", Code: "X", Message: "no" }, 403);
        if (random() < faults) {
          const fault = Math.floor(random() * 5);
          if (fault === 0) return broken();
          if (fault === 1) return json({ error_code: "X.1", error_msg: "no" }, 500);
          if (fault === 2) return new Response("<html>", { status: 502 });
          if (fault === 3) return json({ error_code: "X.1", error_msg: "slow" }, 429, { "retry-after": "1" });
          return new Response('{"jobs":[{"job_id":"row-');
        }
        // Only between pages that arrive: two changes at once may hide each other, which is documented.
        if (random() < churn) list.change(random() < 0.5, random());
        const position = query.marker ?? query.NextToken ?? query.offset;
        const isCursor = rule === "marker" || rule === "token";
        const asked = Number(query.limit ?? query.MaxResults);
        const page =
          isCursor && random() < empty
            ? { ids: [], next: `${(position ?? "k-2").split("~")[0]}~${Math.floor(random() * 1e9)}` } // the same place, by another name
            : list.page(rule, position, byPage ? asked : Math.min(asked, cap));
        if (!page) return json({ error_code: "DBS.1", error_msg: "offset" }, 400);
        const total = list.rows.length;
        if (rule === "token")
          return json({
            Jobs: page.ids.map((Id) => ({ Id, Status: "Succeeded" })),
            NextToken: page.next ?? "",
            TotalCount: total,
          });
        return json({
          jobs: page.ids.map((id) => ({ id, job_id: id, status: "COMPLETE" })),
          page_info: { next_marker: page.next, current_count: page.ids.length },
          total,
          total_count: total,
        });
      });
      const options = { ...server, random };
      const items: AsyncIterable<object> =
        rule === "marker"
          ? elb(options).listJobs.items({ query: { limit }, prefetch })
          : rule === "token"
            ? alb(options).listAsynJobs.items({ query: { MaxResults: limit }, prefetch })
            : rule === "rows from 0" && seed % 2
              ? swr(options).listInstanceJobs.items({ query: { limit }, prefetch })
              : gaussdb(options).listImmediateJobs.items({
                  query: { limit: String(limit) as "10" },
                  prefetch,
                });
      const ids: string[] = [];
      const walk = (async () => {
        for await (const item of items) ids.push(String(Object.values(item)[0]));
      })();
      const error: unknown = await settle(walk).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(list.ever.has(id)).toBe(true);
      if (error === undefined) {
        complete++;
        const missing = [...list.stable].filter((id) => !ids.includes(id));
        expect(missing).toEqual([]);
      } else {
        failed++;
        expect(error).toBeInstanceOf(CloudError);
        expect((error as CloudError).position?.itemsYielded).toBe(ids.length);
        // Without churn, without refusals: nothing but too many faults in a row is a reason to fail.
        if (churn === 0 && permanent === 0) expect(error).not.toBeInstanceOf(PaginationError);
      }
      expect(server.asked.length).toBeLessThan(5 * 4 * (count + 60));
    }),
    runs(10_000),
  );
  expect(complete).toBeGreaterThan(failed);
});
