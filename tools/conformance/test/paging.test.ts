import { describe, expect, test } from "vitest";
import { withAt } from "../../../packages/runtime/src/mocks.js";
import { wire } from "../../../packages/runtime/test/support/wire.js";
import { subjects } from "./services.js";
import { probe, type Subject } from "./subject.js";

const { use, requests } = wire();

const paged = subjects.flatMap((subject) => {
  const { pages } = subject.operation;
  return pages && subject.mock.paged ? [{ ...subject, pages, serve: subject.mock.paged }] : [];
});

test("there are lists to test", () => {
  expect(paged.length).toBeGreaterThanOrEqual(4);
});

/** The largest documented page. */
function largest({ operation: { query = {}, pages } }: Subject): number | undefined {
  const { enum: sizes, maximum, default: size } = query[pages?.limit ?? ""] ?? {};
  const most = sizes?.at(-1) ?? maximum ?? size;
  return most === undefined ? undefined : Number(most);
}

describe.each(paged)("$label", (subject) => {
  const { connect, serve, args, pages } = subject;
  const size = largest(subject) ?? 10;
  const models =
    pages.style === "offset" && pages.base === "unknown"
      ? (["rows from 0", "rows from 1", "pages"] as const)
      : ([undefined] as const);
  const counts = [...new Set([0, 1, size - 1, size, size + 1, 2 * size, 3 * size + 1])];

  /** What tells these items apart; where the service has no id, any field. */
  const id = pages.id ?? "name";
  const itemsOf = (count: number) =>
    Array.from({ length: count }, (_, index) => withAt({}, id, `item-${index}`));

  describe.each(models)("offsets: %s", (offsets) => {
    test.each(counts)("%i items come once each, in order if it is known where they begin", async (count) => {
      const items = itemsOf(count);
      use(serve(items, offsets && { offsets }));
      const came: unknown[] = [];
      for await (const item of connect().items(args)) came.push(item);
      if (offsets) expect(came).toHaveLength(count);
      expect(offsets ? new Set(came) : came).toEqual(offsets ? new Set(items) : items);
    });
  });

  test("asks for the largest documented page, and stops when the loop is left", async () => {
    use(serve(itemsOf(2 * size)));
    for await (const _ of connect().items(args)) break;
    const asked = requests.map(({ url }) => pages.limit && new URL(url).searchParams.get(pages.limit));
    const most = largest(subject);
    expect(asked).toEqual([most === undefined ? pages.limit && null : String(most)]);
  });
});

const demanding = paged.flatMap((subject) =>
  Object.entries(subject.operation.query ?? {}).flatMap(([name, { requires = [] }]) =>
    requires.slice(0, 1).map((other) => ({ subject, label: subject.label, name, other })),
  ),
);

test.each(demanding)("$label: the mock refuses $name without $other", async ({ subject, name, other }) => {
  use(subject.serve([]));
  const response = await probe(subject, { [name]: subject.query[name] });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain(`${name} needs ${other} beside it`);
});
