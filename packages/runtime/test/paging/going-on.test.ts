/** Going on from `error.position`: nothing that was handed out comes again, and nothing is passed over. */

import { describe, expect, test } from "vitest";
import {
  type CloudError,
  IncompletePaginationError,
  type Position,
  ResponseShapeError,
} from "../../src/errors.js";
import { List, OFFSET_RULES, type Rule } from "../support/list.js";
import { json, memory } from "../support/memory.js";
import { alb, elb, gaussdb, other, swr } from "../support/services.js";

/** The values of a walk, and the error that it ended with. */
async function walk<T>(items: AsyncIterable<T>): Promise<{ values: T[]; error?: CloudError }> {
  const values: T[] = [];
  try {
    for await (const item of items) values.push(item);
  } catch (error) {
    return { values, error: error as CloudError }; // whatever it is, the test looks at it
  }
  return { values };
}

test("after an error that came when the last page was handed out already", async () => {
  const server = memory(({ query }) =>
    json(
      query.NextToken
        ? { Jobs: [{ Id: "b" }, { Id: "c" }], TotalCount: 5 }
        : { Jobs: [{ Id: "a" }], NextToken: "t", TotalCount: 5 },
    ),
  );
  const first = await walk(alb(server).listAsynJobs.items());
  expect(first.values).toHaveLength(3);
  expect(first.error).toBeInstanceOf(IncompletePaginationError);
  const position = first.error?.position;
  expect(position).toEqual({ from: "t", itemsYielded: 3, after: ["b", "c"] });
  expect((await walk(alb(server).listAsynJobs.items({ from: position }))).values).toEqual([]);
});

test("backwards, from a page that was handed out already: it is not taken for the end", async () => {
  let broken = true;
  const server = memory(({ query }) =>
    json(
      query.marker
        ? { jobs: [{ job_id: "a" }], page_info: {} }
        : { jobs: [{ job_id: "b" }], page_info: { previous_marker: broken ? 7 : "b" } },
    ),
  );
  const query = { page_reverse: true };
  const first = await walk(elb(server).listJobs.items({ query }));
  expect(first.error).toBeInstanceOf(ResponseShapeError);
  broken = false;
  const second = await walk(elb(server).listJobs.items({ query, from: first.error?.position }));
  expect([...first.values, ...second.values].map(({ job_id }) => job_id)).toEqual(["b", "a"]);
});

test("from the middle, after a later pass failed: not from before where the walk began", async () => {
  // A row is deleted after the first page, so that the list has to be read again; that fails.
  const rows = Array.from({ length: 40 }, (_, index) => ({ id: `row-${index}` }));
  const server = memory(({ query }, n) => {
    if (n === 2) rows.splice(12, 1);
    if (n > 1 && query.offset === "11") return json({}, 403);
    const start = Number(query.offset) - 1;
    return json({ rows: rows.slice(start, start + 10), total: rows.length });
  });
  const { error } = await walk(other(server).fromOne.items({ query: { limit: 10 }, from: 11 }));
  expect(server.asked.at(-1)?.query.offset).toBe("11");
  expect(error).toMatchObject({ name: "PermissionError", position: { from: 11 } });
});

test("arguments that the caller goes on to use for something else change no walk under way", async () => {
  const server = memory(({ query }) =>
    json({ jobs: [{ job_id: query.marker ?? "a" }], page_info: query.marker ? {} : { next_marker: "b" } }),
  );
  const query: { limit: number; status?: string } = { limit: 1 };
  for await (const _ of elb(server).listJobs.pages({ query })) query.status = "FAIL";
  expect(server.asked.map((asked) => asked.query.status)).toEqual([undefined, undefined]);
});

test("after failing twice at the page where the walk went on: what that page repeats is still known", async () => {
  let broken = true;
  const server = memory(({ query }) =>
    query.NextToken && broken ? json({}, 403) : json({ Jobs: [{ Id: "b" }, { Id: "c" }], TotalCount: 3 }),
  );
  const from = { from: "t", itemsYielded: 2, after: ["b"] };
  const second = await walk(alb(server).listAsynJobs.items({ from }));
  expect(second.error).toMatchObject({ name: "PermissionError", position: { from: "t", after: ["b"] } });
  broken = false;
  const third = await walk(alb(server).listAsynJobs.items({ from: second.error?.position }));
  expect(third).toEqual({ values: [{ Id: "c" }] });
});

describe.each([{ prefetch: false }, { prefetch: true }])(
  "aborted within a page, $prefetch",
  ({ prefetch }) => {
    const ids = ["a", "b", "c", "d", "e", "f", "g"];
    const pageFrom = (start: number) => ids.slice(start, start + 3);
    const walks = {
      // A cursor, and a count that shows whether all came.
      alb: (signal: AbortSignal | undefined, from: Position | undefined) => {
        const server = memory(({ query }) => {
          const start = Number(query.NextToken ?? 0);
          const more = start + 3 < ids.length && { NextToken: String(start + 3) };
          return json({ Jobs: pageFrom(start).map((Id) => ({ Id })), TotalCount: ids.length, ...more });
        });
        return alb(server).listAsynJobs.items({ prefetch, from, ...(signal && { signal }) });
      },
      // Offsets whose meaning has to be found out.
      gaussdb: (signal: AbortSignal | undefined, from: Position | undefined) => {
        const server = memory(({ query }) =>
          json({
            jobs: pageFrom(Number(query.offset)).map((job_id) => ({ job_id, status: "Completed" })),
            total_count: ids.length,
          }),
        );
        return gaussdb(server).listImmediateJobs.items({ prefetch, from, ...(signal && { signal }) });
      },
    };

    test.each(Object.keys(walks) as (keyof typeof walks)[])(
      "%s: nothing more is handed out, and going on hands out the rest",
      async (service) => {
        for (let count = 1; count < ids.length; count++) {
          const controller = new AbortController();
          const first: unknown[] = [];
          let error: unknown;
          try {
            for await (const item of walks[service](controller.signal, undefined)) {
              first.push(item);
              if (first.length === count) controller.abort("enough");
            }
          } catch (thrown) {
            error = thrown;
          }
          expect(first).toHaveLength(count);
          expect(error).toMatchObject({
            name: "AbortError",
            cause: "enough",
            position: { itemsYielded: count },
          });
          const { position } = error as CloudError; // toMatchObject looked
          const rest = await walk<unknown>(walks[service](undefined, JSON.parse(JSON.stringify(position))));
          expect(rest.error).toBeUndefined();
          const found = [...first, ...rest.values].map((item) => Object.values(item as object)[0]); // the id
          expect(found.sort(), `aborted after ${count}`).toEqual(ids);
        }
      },
    );
  },
);

describe("a list that moved between leaving and going on", () => {
  /** SWR's list, counted from 0, in pages of 100; the request of an offset fails. */
  const listOf = (count: number) => {
    const rows = Array.from({ length: count }, (_, index) => `row-${index}`);
    let broken: string | undefined;
    const server = memory(({ query }) => {
      if (query.offset === broken) return json({}, 403);
      const start = Number(query.offset ?? 0);
      const page = rows.slice(start, start + 100);
      return json({ jobs: page.map((id) => ({ id, status: "Success" })), total: rows.length });
    });
    const failAt = (offset: string | undefined) => {
      broken = offset;
    };
    return { rows, server, failAt };
  };

  test("rows deleted before the place: the walk says that some may have been passed over", async () => {
    const { rows, server, failAt } = listOf(250);
    failAt("99");
    const first = await walk(swr(server).listInstanceJobs.items());
    expect(first.error?.position).toMatchObject({ from: 99, after: ["row-99"] });
    failAt(undefined);
    rows.splice(10, 3);
    const from = first.error?.position;
    const { error } = await walk(swr(server).listInstanceJobs.items({ from }));
    expect(error).toBeInstanceOf(IncompletePaginationError);
    expect(error?.message).toMatch(/the list has moved since the walk was left/);
    const told: string[] = [];
    const lenient = await walk(
      swr(server).listInstanceJobs.items({ from, onIncomplete: ({ message }) => told.push(message) }),
    );
    expect(lenient.error).toBeUndefined();
    expect(lenient.values.at(-1)).toMatchObject({ id: "row-249" });
    expect(told).toHaveLength(1);
  });

  test("rows deleted behind the place: nothing is amiss", async () => {
    const { rows, server, failAt } = listOf(250);
    failAt("198");
    const first = await walk(swr(server).listInstanceJobs.items());
    failAt(undefined);
    rows.splice(220, 3);
    const second = await walk(swr(server).listInstanceJobs.items({ from: first.error?.position }));
    expect(second.error).toBeUndefined();
    const ids = [...first.values, ...second.values].map(({ id }) => id);
    expect(ids).toEqual(rows);
  });

  test("a place behind the end of a list that shrank, given as a number: no rows, one request", async () => {
    const { server } = listOf(50);
    expect(await walk(swr(server).listInstanceJobs.items({ from: 99 }))).toEqual({ values: [] });
    expect(server.asked).toHaveLength(1);
  });
});

test.each(["rows from 0", "rows from 1, 0 is 1", "rows from 1, 0 refused", "pages, 0 is 1"] as const)(
  "GaussDB counting %s: failing anywhere, twice in a row, and going on: every job once",
  async (rule) => {
    for (let failing = 1; failing <= 5; failing++) {
      const list = new List(99);
      let down = 0;
      const server = memory(({ query }, n) => {
        if (n === failing) down = 2;
        if (down-- > 0) return json({}, 403);
        const page = list.page(rule, query.offset, Number(query.limit));
        if (!page) return json({ error_code: "DBS.200022", error_msg: "offset" }, 400);
        const jobs = page.ids.map((job_id) => ({ job_id, status: "Completed" }));
        return json({ jobs, total_count: list.rows.length });
      });
      const client = gaussdb(server);
      const ids: string[] = [];
      let from: Position | undefined;
      for (let turn = 0; turn < 4; turn++) {
        const { values, error } = await walk(
          client.listImmediateJobs.items({ from, query: { limit: "50" } }),
        );
        ids.push(...values.map(({ job_id }) => job_id));
        if (!error) break;
        expect(error, `failing at request ${failing}`).toMatchObject({ name: "PermissionError" });
        from = error.position;
      }
      expect(ids.sort(), `failing at request ${failing}`).toEqual([...list.stable].sort());
    }
  },
);

test("a page that the caller changes does not change the walk", async () => {
  const server = memory(({ query }) =>
    json({ jobs: [{ job_id: query.marker ?? "a" }], page_info: query.marker ? {} : { next_marker: "b" } }),
  );
  let count = 0;
  for await (const page of elb(server).listJobs.pages()) {
    count += page.jobs?.length ?? 0;
    for (const name of Object.keys(page)) delete (page as Record<string, unknown>)[name]; // as JavaScript callers may
  }
  expect(count).toBe(2);
});

test.each([
  [{}, "elb"],
  [[1], "elb"],
  ["", "elb"],
  [Number.NaN, "elb"],
  [{ from: 1, itemsYielded: 0, after: "abc" }, "elb"],
  [{}, "swr"],
  ["", "swr"],
  [true, "swr"],
  [[20], "swr"],
  [-1, "swr"],
  [1.5, "swr"],
] as const)("from: %j is no place in a list of %s", async (from, service) => {
  const server = memory(() => json({}));
  const items = service === "elb" ? elb(server).listJobs : swr(server).listInstanceJobs;
  const { error } = await walk<unknown>(items.items({ from: from as unknown as string })); // as JavaScript callers may
  expect(error?.message).toMatch(
    /^from must be an error's position, or a page's (cursor|offset)$|: from must be/,
  );
  expect(server.asked).toHaveLength(0);
});

/** A walk that fails at some requests and goes on each time, by JSON, in a new client or in the same one. */
async function walkOn(
  rule: Rule,
  count: number,
  limit: "10" | "20" | "50",
  failing: readonly number[],
  fresh: boolean,
  between: (list: List, turn: number) => void = () => {},
) {
  const list = new List(count);
  let n = 0;
  const server = memory(({ query }) => {
    if (failing.includes(++n)) return json({}, 403);
    const page = list.page(rule, query.offset, Number(query.limit));
    if (!page) return json({ error_code: "DBS.200022", error_msg: "offset" }, 400);
    return json({
      jobs: page.ids.map((job_id) => ({ job_id, status: "Completed" })),
      total_count: list.rows.length,
    });
  });
  let client = gaussdb(server);
  const ids: string[] = [];
  let from: Position | undefined;
  for (let turn = 0; turn <= failing.length; turn++) {
    const found = await walk(client.listImmediateJobs.items({ from, query: { limit } }));
    ids.push(...found.values.map(({ job_id }) => job_id));
    if (!found.error) return { ids, list };
    if (found.error.name !== "PermissionError") return { ids, list, error: found.error };
    from = JSON.parse(JSON.stringify(found.error.position));
    between(list, turn);
    if (fresh) client = gaussdb(server);
  }
  throw new Error("it never ended");
}

describe.each(OFFSET_RULES)("GaussDB counting %s, failing twice", (rule) => {
  test.each([true, false])("every job once; new clients: %s", async (fresh) => {
    for (const count of [25, 31, 40, 45]) {
      for (let first = 1; first <= 6; first++) {
        for (const second of [first + 1, first + 2, first + 3]) {
          const { ids, list, error } = await walkOn(rule, count, "10", [first, second], fresh);
          expect(error, `${count} jobs, failing at ${first} and ${second}`).toBeUndefined();
          expect(ids.sort(), `${count} jobs, failing at ${first} and ${second}`).toEqual(
            [...list.stable].sort(),
          );
        }
      }
    }
  });
});

test("jobs deleted between two failures are not taken for all: the second position knows what the first one did", async () => {
  const before = (list: List, turn: number) => {
    if (turn === 0) for (let gone = 0; gone < 22; gone++) list.change(false, 0);
  };
  for (let failing = 2; failing <= 6; failing++) {
    const { ids, list, error } = await walkOn("rows from 0", 40, "10", [failing, failing + 2], true, before);
    const missing = [...list.stable].filter((id) => !ids.includes(id));
    if (missing.length) expect(error).toBeInstanceOf(IncompletePaginationError);
  }
});

test("pages of one row do not overlap: going on is no sign that the list moved", async () => {
  let broken = true;
  const server = memory(({ query }) => {
    const start = Number(query.offset ?? 0);
    if (start === 2 && broken) return json({}, 403);
    return json({ jobs: start < 4 ? [{ id: `s${start}`, status: "Success" }] : [], total: 4 });
  });
  const query = { limit: 1 };
  const first = await walk(swr(server).listInstanceJobs.items({ query }));
  broken = false;
  const second = await walk(swr(server).listInstanceJobs.items({ query, from: first.error?.position }));
  expect(second.error).toBeUndefined();
  expect([...first.values, ...second.values].map(({ id }) => id)).toEqual(["s0", "s1", "s2", "s3"]);
});

test("a position from before it was known what an offset counts, used after that, and failing once more", async () => {
  const list = new List(45);
  const failing = new Set([2]);
  let n = 0;
  const server = memory(({ query }) => {
    if (failing.has(++n)) return json({}, 403);
    const page = list.page("pages, 0 refused", query.offset, 10);
    const jobs = page?.ids.map((job_id) => ({ job_id, status: "Completed" }));
    return jobs
      ? json({ jobs, total_count: 45 })
      : json({ error_code: "DBS.200022", error_msg: "offset" }, 400);
  });
  const { listImmediateJobs } = gaussdb(server);
  const query = { limit: "10" } as const;
  const first = await walk(listImmediateJobs.items({ query }));
  expect(first.error?.position).toMatchObject({ itemsYielded: 10 });
  expect((await walk(listImmediateJobs.items({ query }))).values).toHaveLength(45); // now it is known
  failing.add(n + 1);
  const second = await walk(listImmediateJobs.items({ query, from: first.error?.position }));
  expect(second.values).toEqual([]);
  const third = await walk(listImmediateJobs.items({ query, from: second.error?.position }));
  const ids = [...first.values, ...third.values].map(({ job_id }) => job_id);
  expect(ids.sort()).toEqual([...list.stable].sort());
});
