import { describe, expect, test } from "vitest";
import { wire } from "../../../packages/runtime/test/support/wire.js";
import { subjects } from "./services.js";

const { use, requests } = wire();

const paged = subjects.filter(({ operation }) => operation.pages);

test("there are lists to test", () => {
  expect(paged.length).toBeGreaterThanOrEqual(4);
});

describe.each(paged)("$label", ({ connect, mock, operation }) => {
  const { pages, job, query = {} } = operation;
  if (!pages || !job) throw new Error("chosen for having pages; every list so far is a list of jobs");
  const limit = (pages.limit && query[pages.limit]) || undefined;
  const size = Number(limit?.enum?.at(-1) ?? limit?.maximum);
  const models =
    pages.style === "offset" && pages.base === "unknown"
      ? (["rows from 0", "rows from 1", "pages"] as const)
      : ([undefined] as const);
  const counts = [0, 1, size - 1, size, size + 1, 2 * size, 3 * size + 1];

  describe.each(models)("offsets: %s", (offsets) => {
    test.each(counts)("%i items come once each, in order", async (count) => {
      const items = Array.from({ length: count }, (_, index) => ({
        [job.id]: `job-${index}`,
        [job.status]: "DONE",
      }));
      use(mock.paged(items, offsets && { offsets }));
      const ids: unknown[] = [];
      for await (const item of connect().items()) ids.push((item as Record<string, unknown>)[job.id]);
      const expected = items.map((item) => item[job.id]);
      expect([...ids].sort()).toEqual([...expected].sort());
      expect(new Set(ids).size).toBe(count);
    });
  });

  test("asks for the largest documented page, and stops when the loop is left", async () => {
    const items = Array.from({ length: 2 * size }, (_, index) => ({
      [job.id]: `job-${index}`,
      [job.status]: "DONE",
    }));
    use(mock.paged(items));
    for await (const _ of connect().items()) break;
    expect(requests.map(({ url }) => pages.limit && new URL(url).searchParams.get(pages.limit))).toEqual([
      String(size),
    ]);
  });

  test("the mock refuses what the documentation says must come together", async () => {
    use(mock.paged([]));
    const alone = Object.entries(query).find(([, { requires }]) => requires?.length);
    if (!alone) {
      expect(Object.values(query).every(({ requires }) => !requires)).toBe(true);
      return;
    }
    const [name, { type, requires }] = alone;
    const value = type === "boolean" ? "true" : type === "integer" ? "1" : "x";
    const path = operation.path.replace(/\{[^{}]+\}/g, "x");
    const response = await fetch(`https://any.host${path}?${name}=${value}`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(`${name} needs ${requires?.[0]} beside it`);
  });
});
