/** What a mock answers that is given no body: the documented example, fitted to what is asked. */

import { getResponse } from "msw";
import { describe, expect, test } from "vitest";
import { createAnyMocks } from "../../src/mocks.js";
import type { Operation, Service } from "../../src/operation.js";

const service: Service = { cloud: "acme", name: "tasks", title: "Tasks", version: "v2", servers: [] };
const states = { succeeded: ["done"] };

/** The answer to a request for the only operation of a service; its mock is given no body unless there is one here. */
async function ask(operation: Omit<Operation, "method">, example: unknown, target: string, body?: unknown) {
  const { list } = createAnyMocks(
    service,
    { list: { method: "get", ...operation } },
    { list: { 200: example } },
  );
  const response = await getResponse(list ? [list(body)] : [], new Request(`https://any.host${target}`));
  return { status: response?.status, body: await response?.json() };
}

const byCursor = {
  path: "/tasks",
  query: {
    marker: { type: "string" },
    limit: { type: "integer" },
    kind: { type: "string" },
    ids: { type: "array" },
  },
  pages: { style: "cursor", items: "tasks", id: "id", cursor: "marker", next: "next", limit: "limit" },
  job: { find: "query.ids[]", id: "id", status: "state", states },
} as const;
const tasks = ["a", "b", "c"].map((id) => ({ id, state: "done", kind: "any" }));
const [a, b, c] = tasks;
const page = { tasks, next: "xxxxxxxx" };

describe("a list that pages by cursor", () => {
  test.each([
    ["nothing is asked about the place", "", page],
    ["a filter is none of its business", "?kind=other", page],
    ["the first page", "?limit=2", { tasks: [a, b], next: "b" }],
    ["the next one", "?limit=2&marker=b", { tasks: [c] }],
    ["a page that has all", "?limit=9&kind=other", { tasks }],
    ["the example's own cursor leads to the end", "?marker=xxxxxxxx", { tasks: [] }],
    ["an id", "?ids=b", { tasks: [b] }],
    ["an id that the example does not have", "?ids=z", { tasks: [{ ...a, id: "z" }] }],
    ["several ids", "?ids.1=z&ids.2=c&ids.3=z&limit=10", { tasks: [{ ...a, id: "z" }, c] }],
    ["the second page of several ids", "?ids=x&ids=y&limit=1&marker=x", { tasks: [{ ...a, id: "y" }] }],
  ])("%s: %s", async (_, query, expected) => {
    const answer = await ask(byCursor, page, `/tasks${query}`);
    expect(answer).toEqual({ status: 200, body: expect.objectContaining({ tasks: expected.tasks }) });
    expect(answer.body.next).toBe("next" in expected ? expected.next : undefined);
  });

  test("keeps its count of items through an end that is empty", async () => {
    const pages = { ...byCursor.pages, total: "total" };
    const answer = await ask({ ...byCursor, pages }, { ...page, total: 1000 }, "/tasks?marker=xxxxxxxx");
    expect(answer.body).toMatchObject({ tasks: [], total: 3 });
  });

  test("an example without items is an empty list", async () => {
    expect((await ask(byCursor, { next: "x" }, "/tasks?ids=z&limit=2")).body).toEqual({
      limit: undefined,
      tasks: [],
    });
  });

  test("a body that is given is answered as it is, whatever is asked", async () => {
    const answer = await ask(byCursor, page, "/tasks?ids=z&limit=1&marker=b", { tasks, next: "mine" });
    expect(answer.body).toEqual({ tasks, next: "mine" });
  });
});

test.each([
  ["offset", "?at=1", [b, c]],
  ["offset", "?at=3", []],
  ["offset", "?at=100&size=2", []],
  ["page", "?at=2&size=2", [c]],
  ["page", "?at=3&size=2", []],
] as const)("a list that pages by %s: %s", async (style, query, expected) => {
  const own = style === "offset" ? { style, offset: "at" } : { style, page: "at" };
  const operation = {
    path: "/tasks",
    query: { at: { type: "integer" }, size: { type: "integer" } },
    pages: { ...own, items: "tasks", limit: "size", total: "total" },
  } as const;
  expect(await ask(operation, { tasks, total: 1000 }, `/tasks${query}`)).toEqual({
    status: 200,
    body: { tasks: expected, total: 3 },
  });
});

describe("an operation that shows one job", () => {
  const job = { id: "info.id", status: "state", states };
  const example = { info: { id: "a", name: "n" }, state: "done" };
  test("shows the one that the path names", async () => {
    const operation = { path: "/tasks/{task}", job: { ...job, find: "path.task" } };
    expect((await ask(operation, example, "/tasks/x%2Fy")).body).toEqual({
      info: { id: "x/y", name: "n" },
      state: "done",
    });
  });
  test("shows the one that the query names, and the example where it names none", async () => {
    const operation = {
      path: "/task",
      query: { id: { type: "string" } },
      job: { ...job, find: "query.id" },
    } as const;
    expect((await ask(operation, example, "/task?id=x")).body.info.id).toBe("x");
    expect((await ask(operation, example, "/task")).body).toEqual(example);
  });
});
