import { describe, expect, test } from "vitest";
import { wire } from "../../../packages/runtime/test/support/wire.js";
import { subjects } from "./services.js";

const { use } = wire();

test("there are packages to test", () => {
  expect(subjects.length).toBeGreaterThanOrEqual(5);
});

describe.each(subjects)("$label", ({ connect, mock, examples, args, operation }) => {
  test("gives back the documented example as it stands", async () => {
    use(mock());
    expect(await connect()(args)).toEqual(examples["200"]);
  });

  const errors = Object.keys(examples).filter((status) => Number(status) >= 400 && examples[status]);
  test.each(errors.map(Number))("turns the documented %i into a typed error", async (status) => {
    use(mock.error(status, undefined, { "x-request-id": "req-1", "retry-after": "0" }));
    const error: unknown = await connect()(args).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status, requestId: "req-1", operation: expect.stringContaining(".") });
    expect(Object.values(examples[status] as object)).toContain((error as { code?: string }).code);
  });

  test("the mock refuses a parameter that is not documented", async () => {
    use(mock());
    const path = operation.path.replace(/\{[^{}]+\}/g, "x");
    const rpc = path.lastIndexOf("/") === 0;
    const response = await fetch(
      `https://any.host${rpc ? "/" : path}?undocumented=1`,
      rpc ? { headers: { "x-acs-action": path.slice(1) } } : {},
    );
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("undocumented is not a parameter");
  });
});
