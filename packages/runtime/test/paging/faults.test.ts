/** F-P01 … F-P20 of the reliability catalogue: what goes wrong while a list is walked, and what then happens. */

import { describe, expect, test } from "vitest";
import {
  AbortError,
  type ApiError,
  IncompletePaginationError,
  PaginationError,
  PaginationLoopError,
  ResponseShapeError,
  ServerError,
} from "../../src/errors.js";
import { type Answers, all, broken, failure, json, memory, watchedSignal } from "../support/memory.js";
import { alb, elb, gaussdb, other, swr } from "../support/services.js";

const job = (id: string) => ({ job_id: id, status: "COMPLETE" });
const jobs = (...ids: string[]) => ids.map(job);
const names = (count: number, first = 0) =>
  Array.from({ length: count }, (_, index) => `job-${first + index}`);

/** ELB: pages by marker. The table says what each marker brings, and the next one. */
const elbPages =
  (table: Record<string, [ids: string[], next?: unknown]>): Answers =>
  ({ query }) => {
    const [ids, next] = table[query.marker ?? ""] ?? [[]];
    return json({ jobs: jobs(...ids), page_info: { next_marker: next, current_count: ids.length } });
  };

/** SWR: pages by row; `rows` may change between requests. */
const swrRows =
  (rows: () => string[], change: { total?: () => number; most?: number; least?: number } = {}): Answers =>
  ({ query }) => {
    const offset = Number(query.offset);
    const limit = Math.max(change.least ?? 0, Math.min(Number(query.limit), change.most ?? 100));
    const all = rows();
    return json({
      jobs: all.slice(offset, offset + limit).map((id) => ({ id, status: "Success" })),
      total: change.total?.() ?? all.length,
    });
  };

/** The ids that a walk hands out, and the error that it ends with, if it does. */
async function walk(items: AsyncIterable<object>): Promise<{ ids: string[]; error: unknown }> {
  const ids: string[] = [];
  try {
    for await (const item of items)
      ids.push(String(Object.values(item).find((value) => /^job-|^[a-z]$/.test(String(value)))));
  } catch (error) {
    await failure(Promise.reject(error)); // no secret in it
    return { ids, error };
  }
  return { ids, error: undefined };
}

test("F-P01 the same token as before: PaginationLoopError, and what came stays", async () => {
  const server = memory(elbPages({ "": [["a"], "m"], m: [["b"], "m"] }));
  const { ids, error } = await walk(elb(server).listJobs.items());
  expect(ids).toEqual(["a", "b"]);
  expect(error).toBeInstanceOf(PaginationLoopError);
  expect(error).toMatchObject({ operation: "elb.listJobs", position: { from: "m", itemsYielded: 2 } });
  expect(server.asked).toHaveLength(2);
});

describe("F-P02 tokens that go round", () => {
  test.each([2, 5])("in a circle of %i", async (length) => {
    const markers = names(length);
    const table = Object.fromEntries(
      markers.map((marker, index) => [
        marker,
        [[`job-x${index}`], markers[(index + 1) % length]] as [string[], string],
      ]),
    );
    const server = memory(elbPages({ "": [["a"], markers[0]], ...table }));
    const { ids, error } = await walk(elb(server).listJobs.items());
    expect(ids).toHaveLength(length + 1);
    expect(error).toBeInstanceOf(PaginationLoopError);
    expect(server.asked).toHaveLength(length + 1);
  });
  test("an offset that makes no difference", async () => {
    const server = memory(() =>
      json({ jobs: names(100).map((id) => ({ id, status: "Success" })), total: 1000 }),
    );
    const { ids, error } = await walk(swr(server).listInstanceJobs.items());
    expect(ids).toEqual(names(100));
    expect(error).toBeInstanceOf(PaginationLoopError);
    expect(server.asked.length).toBeLessThan(110);
  });
  test("an offset that makes no difference, and items without ids", async () => {
    const server = memory(() => json({ rows: [{ name: "a" }, { name: "b" }] }));
    const items = other(server).nameless.items();
    const error = await failure(all(items));
    expect(error).toBeInstanceOf(PaginationLoopError);
    expect(server.asked.length).toBeLessThan(110);
  });
});

test("F-P03 three empty pages with a next token, then data: it is found", async () => {
  const server = memory(
    elbPages({ "": [["a"], "1"], "1": [[], "2"], "2": [[], "3"], "3": [[], "4"], "4": [["b"]] }),
  );
  expect(await walk(elb(server).listJobs.items())).toEqual({ ids: ["a", "b"], error: undefined });
  expect(server.asked).toHaveLength(5);
});

test("F-P02 a fresh token on every page, and the same items on all of them", async () => {
  const server = memory((_, n) => json({ Jobs: [{ Id: "a" }], NextToken: `t${n}` }));
  const error = await failure(all(alb(server).listAsynJobs.items()));
  expect(error).toBeInstanceOf(PaginationLoopError);
  expect(error).toMatchObject({ position: { itemsYielded: 1 } });
  expect(server.asked).toHaveLength(102);
});

test("F-P04 empty pages without end, each with a fresh token: PaginationError after 100", async () => {
  const server = memory((_, n) => json({ jobs: [], page_info: { next_marker: `m${n}` } }));
  const { ids, error } = await walk(elb(server).listJobs.items());
  expect(ids).toEqual([]);
  expect(error).toBeInstanceOf(PaginationError);
  expect(error).toMatchObject({
    message: "elb.listJobs: 100 empty pages in a row",
    position: { itemsYielded: 0 },
  });
  expect(server.asked).toHaveLength(101);
});

test.each([[""], [null], [undefined]])("F-P05 next token %j: the end", async (next) => {
  const server = memory(elbPages({ "": [["a"], next] }));
  expect(await walk(elb(server).listJobs.items())).toEqual({ ids: ["a"], error: undefined });
  const other = memory(() =>
    json({ Jobs: [{ Id: "a", Status: "Succeeded" }], NextToken: next, TotalCount: 1 }),
  );
  expect(await walk(alb(other).listAsynJobs.items())).toEqual({ ids: ["a"], error: undefined });
  expect([server.asked.length, other.asked.length]).toEqual([1, 1]);
});

test.each([[" "], [7], [{}], [[]], [true]])("F-P06 next token %j: ResponseShapeError", async (next) => {
  const { ids, error } = await walk(elb(memory(elbPages({ "": [["a"], next] }))).listJobs.items());
  expect(ids).toEqual(["a"]);
  expect(error).toBeInstanceOf(ResponseShapeError);
  expect(error).toMatchObject({
    message: "elb.listJobs: page_info.next_marker is not a cursor",
    position: { itemsYielded: 1 },
  });
});

test("F-P07 the server sends fewer than asked for: the offset follows what came", async () => {
  const rows = names(230);
  const server = memory(swrRows(() => rows, { most: 50 }));
  expect(await walk(swr(server).listInstanceJobs.items())).toEqual({ ids: rows, error: undefined });
  expect(server.asked.map(({ query }) => query.offset)).toEqual(["0", "49", "98", "147", "196"]);
  const elbRows = names(7); // and a short page is not the end where pages name the next one
  const short = memory(({ query }) => {
    const from = query.marker ? elbRows.indexOf(query.marker) + 1 : 0;
    return json({
      jobs: jobs(...elbRows.slice(from, from + 2)),
      page_info: { next_marker: from + 2 < 7 ? elbRows[from + 1] : undefined },
    });
  });
  expect(await walk(elb(short).listJobs.items())).toEqual({ ids: elbRows, error: undefined });
});

test("F-P08 the server sends more than asked for: all are kept", async () => {
  const rows = names(25);
  const server = memory(swrRows(() => rows, { least: 10 }));
  const items = swr(server).listInstanceJobs.items({ query: { limit: 4, offset: 0 } });
  expect(await walk(items)).toEqual({ ids: rows, error: undefined });
});

test("F-P09 the total shrinks on the way: the walk ends, complete", async () => {
  let rows = names(250);
  const server = memory((asked, n) => {
    if (n === 2) rows = rows.filter((id) => id !== "job-200");
    return swrRows(() => rows)(asked, n);
  });
  const { ids, error } = await walk(swr(server).listInstanceJobs.items());
  expect(error).toBeUndefined();
  expect(ids).toEqual(rows);
});

test("F-P10 the total grows on the way: the new end is reached", async () => {
  let rows = names(150);
  const server = memory((asked, n) => {
    if (n === 2) rows = names(320);
    return swrRows(() => rows)(asked, n);
  });
  expect(await walk(swr(server).listInstanceJobs.items())).toEqual({ ids: rows, error: undefined });
});

describe("F-P11 a total that contradicts the items", () => {
  const undercounting = () => memory(swrRows(() => names(3), { total: () => 0 }));
  const overcounting = () => memory(swrRows(() => [], { total: () => 5 }));
  test("0, but there are items: they come, and IncompletePaginationError", async () => {
    const { ids, error } = await walk(swr(undercounting()).listInstanceJobs.items());
    expect(ids).toEqual(names(3));
    expect(error).toBeInstanceOf(IncompletePaginationError);
    expect(error).toMatchObject({ expected: 0, received: 3, position: { from: undefined, itemsYielded: 3 } });
  });
  test("5, but there are none: never an empty list without a word", async () => {
    const { ids, error } = await walk(swr(overcounting()).listInstanceJobs.items());
    expect(ids).toEqual([]);
    expect(error).toMatchObject({ name: "IncompletePaginationError", expected: 5, received: 0 });
  });
  test("by option a warning", async () => {
    for (const server of [undercounting(), overcounting()]) {
      const problems: unknown[] = [];
      const { error } = await walk(
        swr(server).listInstanceJobs.items({ onIncomplete: (problem) => problems.push(problem) }),
      );
      expect(error).toBeUndefined();
      expect(problems).toEqual([expect.any(IncompletePaginationError)]);
    }
  });
  test("a list by cursor that ends before its own constant total", async () => {
    const server = memory(() => json({ Jobs: [{ Id: "a", Status: "Succeeded" }], TotalCount: 3 }));
    expect((await walk(alb(server).listAsynJobs.items())).error).toMatchObject({
      name: "IncompletePaginationError",
      expected: 3,
      received: 1,
    });
  });
  test("a page that lost items on the way: its own count tells", async () => {
    const server = memory(() => json({ jobs: jobs("a"), page_info: { current_count: 2 } }));
    expect((await walk(elb(server).listJobs.items())).error).toMatchObject({
      name: "IncompletePaginationError",
      expected: 2,
      received: 1,
    });
    expect(await elb(server).listJobs()).toMatchObject({ jobs: jobs("a") }); // one page claims nothing
  });
});

test("F-P12 rows inserted at the front between pages: none twice, none lost", async () => {
  const rows = names(250);
  const server = memory((asked, n) => {
    if (n > 1 && n < 4) rows.unshift(`job-new-${n}`);
    return swrRows(() => rows)(asked, n);
  });
  const { ids, error } = await walk(swr(server).listInstanceJobs.items());
  expect(error).toBeUndefined();
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual([...rows].sort());
});

describe("F-P13 rows removed between pages", () => {
  test.each([1, 3])(
    "%i of those that were read already: what they hid is found by another pass",
    async (removed) => {
      let rows = names(250);
      const server = memory((asked, n) => {
        if (n === 2) rows = rows.slice(removed);
        return swrRows(() => rows)(asked, n);
      });
      const { ids, error } = await walk(swr(server).listInstanceJobs.items());
      expect(error).toBeUndefined();
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining(rows));
    },
  );
  test("one removed and one added, so that the total tells nothing: the overlap does", async () => {
    const before = names(200);
    const rows = [...before.slice(1, 199), "job-new", "job-199"];
    const server = memory((asked, n) => swrRows(() => (n === 1 ? before : rows))(asked, n));
    const { ids, error } = await walk(swr(server).listInstanceJobs.items());
    expect(error).toBeUndefined();
    expect(ids).toEqual(expect.arrayContaining(rows));
  });
  test("the same while it is found out what an offset counts", async () => {
    const before = names(20);
    const rows = [...before.slice(1, 18), "job-new", "job-18", "job-19"];
    const server = memory(({ query }, n) => {
      const list = n < 4 ? before : rows;
      const first = Number(query.offset) - 1;
      if (first < 0) return json({ error_code: "X", error_msg: "offset" }, 400);
      return json({ jobs: list.slice(first, first + 10).map(job), total_count: 20 });
    });
    const { ids, error } = await walk(gaussdb(server).listImmediateJobs.items({ query: { limit: "10" } }));
    expect(error).toBeUndefined();
    expect(ids).toEqual(expect.arrayContaining(rows));
  });
  test("at every request: IncompletePaginationError after five passes", async () => {
    let rows = names(5000);
    const server = memory((asked, n) => {
      rows = rows.slice(2);
      return swrRows(() => rows)(asked, n);
    });
    const { ids, error } = await walk(swr(server).listInstanceJobs.items());
    expect(error).toBeInstanceOf(IncompletePaginationError);
    expect(error).toMatchObject({
      message: expect.stringContaining("5 passes do not add up"),
      operation: "swr.listInstanceJobs",
    });
    expect(new Set(ids).size).toBe(ids.length);
  });
  test("pages that have numbers", async () => {
    let rows = names(35);
    const server = memory(({ query }, n) => {
      if (n === 2) rows = rows.slice(1);
      const first = (Number(query.page) - 1) * 10;
      return json({ rows: rows.slice(first, first + 10).map((id) => ({ id })), total: rows.length });
    });
    const { ids, error } = await walk(other(server).numbered.items());
    expect(error).toBeUndefined();
    expect([...ids].sort()).toEqual(names(35).sort()); // the removed one was there when it was read
  });
  test("items without ids cannot be read again: they come once, and an error", async () => {
    let rows = names(15);
    const server = memory(({ query }, n) => {
      if (n === 2) rows = rows.slice(1);
      const first = Number(query.offset);
      return json({ rows: rows.slice(first, first + 10).map((name) => ({ name })), total: rows.length });
    });
    const { ids, error } = await walk(other(server).nameless.items());
    expect(ids).toHaveLength(14);
    expect(error).toMatchObject({ name: "IncompletePaginationError" });
  });
});

describe("F-P14 a page fails three times", () => {
  test.each([
    ["status 500", () => json({ error_code: "X", error_msg: "y" }, 500)],
    ["a reset", () => broken()],
  ])("%s: only that page is asked for again", async (_, fail) => {
    const rows = names(450);
    const server = memory((asked, n) => (n >= 3 && n <= 5 ? fail() : swrRows(() => rows)(asked, n)));
    expect(await walk(swr(server).listInstanceJobs.items())).toEqual({ ids: rows, error: undefined });
    expect(server.asked.map(({ query }) => query.offset)).toEqual([
      "0",
      "99",
      "198",
      "198",
      "198",
      "198",
      "297",
      "396",
    ]);
  });
});

describe("F-P15 a page that fails for good: the error says where, and the walk goes on from there", () => {
  const plain = (error: unknown): unknown => JSON.parse(JSON.stringify((error as ApiError).position)); // another process may go on
  test("by marker", async () => {
    let down = true;
    const table = elbPages({ "": [["a", "b"], "b"], b: [["c"], "c"], c: [["d"]] });
    const server = memory((asked, n) =>
      down && asked.query.marker === "b" ? json({}, 500) : table(asked, n),
    );
    const first = await walk(elb(server).listJobs.items());
    expect(first.error).toBeInstanceOf(ServerError);
    expect(first.error).toMatchObject({ attempts: 4, position: { from: "b", itemsYielded: 2 } });
    down = false;
    const second = await walk(
      elb(server).listJobs.items({ from: plain(first.error) as { itemsYielded: number } }),
    );
    expect(second.error).toBeUndefined();
    expect([...first.ids, ...second.ids]).toEqual(["a", "b", "c", "d"]);
  });
  test.each(["rows from 0", "rows from 1", "pages"])("by offset, counted as %s", async (model) => {
    const rows = names(230);
    for (const failing of [2, 3, 4, 5]) {
      let down = true;
      const server = memory(({ query }, n) => {
        if (down && n >= failing) return json({ error_code: "X", error_msg: "y" }, 500);
        const [offset, limit] = [Number(query.offset), Number(query.limit)];
        if (model !== "rows from 0" && offset === 0)
          return json({ error_code: "X", error_msg: "offset" }, 400);
        const first =
          model === "pages" ? (offset - 1) * limit : model === "rows from 1" ? offset - 1 : offset;
        return json({
          jobs: rows.slice(first, first + limit).map((id) => job(id)),
          total_count: rows.length,
        });
      });
      const client = gaussdb({ ...server, maxAttempts: 1 });
      const first = await walk(client.listImmediateJobs.items());
      expect(first.error).toBeInstanceOf(ServerError);
      down = false;
      const position = plain(first.error) as { from?: number; itemsYielded: number };
      expect(position.itemsYielded).toBe(first.ids.length);
      for (const again of [client, gaussdb(server)]) {
        const second = await walk(again.listImmediateJobs.items({ from: position }));
        expect(second.error).toBeUndefined();
        expect([...first.ids, ...second.ids].sort(), `failed at request ${failing}`).toEqual(
          [...rows].sort(),
        );
      }
    }
  });
  test("by the number of a page", async () => {
    const rows = names(35);
    let down = true;
    const server = memory(({ query }, n) => {
      if (down && n === 3) return json({}, 403);
      const first = (Number(query.page) - 1) * 10;
      return json({ rows: rows.slice(first, first + 10).map((id) => ({ id })), total: rows.length });
    });
    const first = await walk(other(server).numbered.items());
    expect(first.error).toMatchObject({ name: "PermissionError", position: { from: 3, itemsYielded: 20 } });
    down = false;
    const second = await walk(other(server).numbered.items({ from: 3 })); // its number alone will do
    expect([...first.ids, ...second.ids]).toEqual(rows);
  });
});

test("F-P16 leaving the loop on the first page: nothing more is sent", async () => {
  const server = memory(swrRows(() => names(1000)));
  const { signal } = watchedSignal();
  for await (const _ of swr(server).listInstanceJobs.items({ signal })) break;
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(server.asked).toHaveLength(1);
});

test("F-P17 the loop throws: its own error arrives, and nothing more is sent", async () => {
  const server = memory(swrRows(() => names(1000)));
  const mine = new Error("mine");
  const looping = async () => {
    for await (const _ of swr(server).listInstanceJobs.pages()) throw mine;
  };
  await expect(looping()).rejects.toBe(mine);
  expect(server.asked).toHaveLength(1);
});

test("F-P18 several next() at once: one page after the other, none twice", async () => {
  const rows = names(250);
  const server = memory(swrRows(() => rows));
  const pages = swr(server).listInstanceJobs.pages();
  const results = await Promise.all([pages.next(), pages.next(), pages.next(), pages.next()]);
  expect(results.map(({ done }) => done)).toEqual([false, false, false, true]);
  expect(results.flatMap(({ value }) => value?.jobs ?? []).map(({ id }) => id)).toEqual(rows);
  expect(server.asked).toHaveLength(3);
});

test("F-P19 the same arguments twice, frozen: two walks of their own", async () => {
  const rows = names(120);
  const server = memory(swrRows(() => rows));
  const { listInstanceJobs } = swr(server);
  const args = Object.freeze({ query: Object.freeze({ status: "Success" }) });
  const [one, two] = await Promise.all([
    walk(listInstanceJobs.items(args)),
    walk(listInstanceJobs.items(args)),
  ]);
  expect(one).toEqual({ ids: rows, error: undefined });
  expect(two).toEqual(one);
  expect(args).toEqual({ query: { status: "Success" } });
});

describe("F-P20 between two pages", () => {
  test("credentials change: the next page is signed with the new ones", async () => {
    const server = memory(swrRows(() => names(150)));
    let hour = 0;
    const credentials = () => ({
      ak: `AK${hour}`,
      sk: "secret",
      expiresAt: new Date((hour + 1) * 3_600_000),
    });
    const client = swr({ ...server, credentials, now: () => hour * 3_600_000 });
    for await (const _ of client.listInstanceJobs.pages()) hour++;
    const keys = server.asked.map(
      ({ headers }) => /Access=(\w+)/.exec(headers.get("authorization") ?? "")?.[1],
    );
    expect(keys).toEqual(["AK0", "AK1"]);
  });
  test("the signal is aborted: AbortError, and no request", async () => {
    const server = memory(swrRows(() => names(150)));
    const controller = watchedSignal();
    const pages = swr(server).listInstanceJobs.pages({ signal: controller.signal });
    await pages.next();
    controller.abort(new Error("enough"));
    const error = await failure(pages.next());
    expect(error).toBeInstanceOf(AbortError);
    expect(error).toMatchObject({
      operation: "swr.listInstanceJobs",
      cause: { message: "enough" },
      position: { from: 99, itemsYielded: 100 },
    });
    expect(server.asked).toHaveLength(1);
  });
});

describe("lists that begin elsewhere", () => {
  test("rows from 1", async () => {
    const rows = names(25);
    const server = memory(({ query }) => {
      const first = Number(query.offset) - 1;
      return json({ rows: rows.slice(first, first + 10).map((id) => ({ id })), total: rows.length });
    });
    expect(await walk(other(server).fromOne.items())).toEqual({ ids: rows, error: undefined });
    expect(server.asked.map(({ query }) => query.offset)).toEqual(["1", "10", "19"]);
  });
  test("in the middle: complete from there", async () => {
    const rows = names(250);
    expect(await walk(swr(memory(swrRows(() => rows))).listInstanceJobs.items({ from: 120 }))).toEqual({
      ids: rows.slice(120),
      error: undefined,
    });
  });
  test("no page has no items: limit 0 is refused", async () => {
    const error = await failure(all(elb(memory(() => json({}))).listJobs.items({ query: { limit: 0 } })));
    expect(error).toMatchObject({ name: "ValidationError", parameter: "query.limit" });
  });
});
