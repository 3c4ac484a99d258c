/** The handlers of invented operations: what no generated package documents yet. */

import { getResponse, type HttpHandler } from "msw";
import { expect, test } from "vitest";
import { createAnyMocks, withAt } from "../../src/mocks.js";
import type { Operation, Service } from "../../src/operation.js";

const service: Service = { cloud: "acme", name: "volumes", title: "Volumes", version: "v2", servers: [] };

type Examples = Parameters<typeof createAnyMocks>[2];

const ask = (handlers: HttpHandler[], target: string, method = "GET") =>
  getResponse(handlers, new Request(`https://any.host${target}`, { method }));

/** The default handlers of some operations, in this order; each answers with its name. */
const handlersOf = (paths: Record<string, string>): HttpHandler[] => {
  const operations = Object.fromEntries(
    Object.entries(paths).map(([name, path]): [string, Operation] => [name, { method: "get", path }]),
  );
  const mocks = createAnyMocks(service, operations, {});
  return Object.entries(mocks).map(([name, mock]) => mock({ name }));
};

test.each([
  ["no example", {}, 204],
  ["202", { 202: undefined }, 202],
])("success without a body is answered without one: %s", async (_, documented, status) => {
  const operations = { drop: { method: "delete", path: "/v2/volumes/{id}", noContent: true } } as const;
  const { drop } = createAnyMocks(service, operations, { drop: documented });
  const response = drop && (await ask([drop()], "/v2/volumes/1", "DELETE"));
  expect(response?.status).toBe(status);
  expect(await response?.text()).toBe("");
});

test.each([201, 202])("the documented success is answered: %i", async (status) => {
  const operations = { create: { method: "post", path: "/v2/volumes" } } as const;
  const { create } = createAnyMocks(service, operations, { create: { [status]: { id: "v" }, default: {} } });
  const response = create && (await ask([create()], "/v2/volumes", "POST"));
  expect(response?.status).toBe(status);
  expect(await response?.json()).toEqual({ id: "v" });
});

test("only a function that gives undefined leaves a request to the next handler", async () => {
  const operations = { show: { method: "get", path: "/v2/volumes/{id}" } } as const;
  const { show } = createAnyMocks(service, operations, { show: { 200: { id: "v" } } });
  const response = show && (await ask([show(() => undefined), show({ id: "next" })], "/v2/volumes/1"));
  expect(await response?.json()).toEqual({ id: "next" });
});

test.each([
  ["/v2/p/volumes/summary", "summary"],
  ["/prefix/v2/p/volumes/summary", "summary"],
  ["/v2/p/volumes/summaries", "volume"],
  ["/v2/p/volumes/a%2Fb", "volume"],
  ["/v2/p/volumes/a:stop", "stop"],
  ["/v2/p/volumes/a:start", "volume"],
  ["/v2/p/volumes/a.json", "file"],
  ["/v2/p/volumes/ajson", "volume"],
])("the most literal path wins: %s is for %s", async (target, name) => {
  const handlers = handlersOf({
    volume: "/v2/{project_id}/volumes/{volume_id}",
    summary: "/v2/{project_id}/volumes/summary",
    stop: "/v2/{project_id}/volumes/{volume_id}:stop",
    file: "/v2/{project_id}/volumes/{volume_id}.json",
  });
  expect(await (await ask(handlers, target))?.json()).toEqual({ name });
  expect(await (await ask(handlers.reverse(), target))?.json()).toEqual({ name });
});

test.each(["/v2/p/volumes", "/v2/p/volumes/", "/v2/p/volumes/a/b"])("%s is nobody's", async (target) => {
  expect(await ask(handlersOf({ volume: "/v2/{project_id}/volumes/{volume_id}" }), target)).toBeUndefined();
});

test("a field is written where the object around it is missing", () => {
  expect(withAt({ a: 1 }, "page.info.next", 2)).toEqual({ a: 1, page: { info: { next: 2 } } });
  expect(withAt({ page: null }, "page.next", 2)).toEqual({ page: { next: 2 } });
  expect(withAt({}, "__proto__.polluted", true)).not.toHaveProperty("polluted");
});

const listing = (id?: string) =>
  ({
    list: {
      method: "get",
      path: "/v2/volumes",
      query: { marker: { type: "string" }, limit: { type: "integer", default: 10 } },
      pages: {
        style: "cursor",
        items: "volumes",
        cursor: "marker",
        next: "page.next",
        limit: "limit",
        ...(id !== undefined && { id }),
      },
    },
  }) as const;

test.each([
  ["without ids", listing(), (index: number) => ({ name: `v-${index}` })],
  ["with ids", listing("id"), (index: number) => ({ id: `v-${index}` })],
  ["with ids that repeat", listing("id"), () => ({ id: "1" })],
])("items %s come page by page, though the example has no cursor", async (_, operations, itemOf) => {
  const { list } = createAnyMocks(service, operations, { list: { 200: { volumes: [] } } });
  const items = Array.from({ length: 25 }, (_, index) => itemOf(index));
  const came: unknown[] = [];
  const markers = [undefined];
  for (const marker of markers) {
    const target = `/v2/volumes${marker === undefined ? "" : `?marker=${marker}`}`;
    const body = await (await ask(list?.paged ? [list.paged(items)] : [], target))?.json();
    came.push(...body.volumes);
    if (body.page?.next !== undefined) markers.push(body.page.next);
  }
  expect(came).toEqual(items);
  expect(markers).toHaveLength(3);
});

test("lists of objects in a query are read back", async () => {
  const operations = {
    tag: { method: "post", path: "/TagThings", query: { Tag: { type: "array" }, Ids: { type: "array" } } },
  } as const;
  const rpc: Service = { ...service, style: "RPC" };
  const { tag } = createAnyMocks(rpc, operations, { tag: { 200: { ok: true } } } satisfies Examples);
  const answer = async (query: string) =>
    (await (tag && ask([tag()], `/?Action=TagThings&${query}`, "POST")))?.json();
  expect(await answer("Ids.1=a&Ids.2=b")).toEqual({ ok: true });
  expect(await answer("Tags.1.Key=k")).toEqual({ message: "Tags.1.Key is not a parameter" });
  expect(await answer("Tag.1.Key=k&Tag.1.Value=v")).toEqual({ ok: true });
});
