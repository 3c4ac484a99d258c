/** `pages({ prefetch: true })`: one page ahead, no more, and nothing left under way. */

import { expect, test } from "vitest";
import { AbortError, PermissionError } from "../../src/errors.js";
import { all, json, memory, watchedSignal } from "../support/memory.js";
import { elb } from "../support/services.js";

const TABLE: Record<string, [ids: string[], next?: string]> = {
  "": [["a", "b"], "b"],
  b: [["c"], "c"],
  c: [["d"]],
};
const page = (marker = "") => {
  const [ids, next] = TABLE[marker] ?? [[]];
  return json({
    jobs: ids.map((job_id) => ({ job_id, status: "COMPLETE" })),
    page_info: { next_marker: next, current_count: ids.length },
  });
};
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

test("the next page is asked for while one is worked on, and no other", async () => {
  const server = memory(({ query }) => page(query.marker));
  const pages = elb(server).listJobs.pages({ prefetch: true });
  expect(server.asked).toHaveLength(0); // nothing before the first is wanted
  await pages.next();
  await turn();
  expect(server.asked.map(({ query }) => query.marker)).toEqual([undefined, "b"]);
  await pages.next();
  await turn();
  expect(server.asked).toHaveLength(3);
  expect((await pages.next()).done).toBe(false);
  expect((await pages.next()).done).toBe(true);
  expect(server.asked).toHaveLength(3);
});

test("without it, the next page is asked for when it is wanted", async () => {
  const server = memory(({ query }) => page(query.marker));
  const pages = elb(server).listJobs.pages();
  await pages.next();
  await turn();
  expect(server.asked).toHaveLength(1);
});

test("all items arrive, in their order", async () => {
  const server = memory(({ query }) => page(query.marker));
  const items = await all(elb(server).listJobs.items({ prefetch: true }));
  expect(items.map(({ job_id }) => job_id)).toEqual(["a", "b", "c", "d"]);
});

test("leaving the loop ends the request that is under way, and sends nothing more", async () => {
  const server = memory(({ query }, n) => (n === 1 ? page(query.marker) : undefined)); // the second never ends by itself
  const aborted: unknown[] = [];
  const fetch: typeof globalThis.fetch = (input, init) => {
    init?.signal?.addEventListener("abort", () => aborted.push(String(input)));
    return server.fetch(input, init);
  };
  const { signal } = watchedSignal();
  for await (const _ of elb({ fetch }).listJobs.pages({ prefetch: true, signal })) {
    await turn();
    break;
  }
  await turn();
  expect(server.asked).toHaveLength(2);
  expect(aborted).toEqual([expect.stringContaining("marker=b")]);
});

test("the caller's signal ends it, with the caller's reason", async () => {
  const server = memory(({ query }, n) => (n === 1 ? page(query.marker) : undefined));
  const controller = watchedSignal();
  const pages = elb(server).listJobs.pages({ prefetch: true, signal: controller.signal });
  await pages.next();
  await turn();
  controller.abort("enough");
  await expect(pages.next()).rejects.toMatchObject({ name: "AbortError", cause: "enough" });

  const late = elb(server).listJobs.pages({ prefetch: true, signal: controller.signal });
  await expect(late.next()).rejects.toBeInstanceOf(AbortError);
  expect(server.asked).toHaveLength(2);
});

test("a page that fails is told when it is its turn, with where to go on from", async () => {
  const server = memory(({ query }) => (query.marker === "b" ? json({}, 403) : page(query.marker)));
  const pages = elb(server).listJobs.pages({ prefetch: true });
  expect((await pages.next()).value?.jobs).toHaveLength(2);
  await turn(); // it has failed by now: no unhandled rejection
  const error: unknown = await pages.next().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PermissionError);
  expect(error).toMatchObject({ position: { from: "b", itemsYielded: 2 } });
});

test("a page that came before the signal was aborted is not handed out after it", async () => {
  const server = memory(({ query }) => page(query.marker));
  const controller = watchedSignal();
  const pages = elb(server).listJobs.pages({ prefetch: true, signal: controller.signal });
  await pages.next();
  await turn();
  expect(server.asked).toHaveLength(2);
  controller.abort("enough");
  const error: unknown = await pages.next().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AbortError);
  expect(error).toMatchObject({
    cause: "enough",
    operation: "elb.listJobs",
    position: { from: "b", itemsYielded: 2 },
  });
  expect((await pages.next()).done).toBe(true);
});
