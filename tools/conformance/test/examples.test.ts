import { describe, expect, test } from "vitest";
import { type Json, withAt } from "../../../packages/runtime/src/mocks.js";
import { wire } from "../../../packages/runtime/test/support/wire.js";
import { subjects } from "./services.js";
import { askedId, probe } from "./subject.js";

const { use } = wire();

test("there are packages to test", () => {
  expect(subjects.filter((subject) => subject.package).length).toBeGreaterThanOrEqual(5);
});

describe.each(subjects)("$label", (subject) => {
  const { connect, mock, examples, success, args } = subject;

  test("gives back the documented example as it stands, but for the id that it was asked for", async () => {
    use(mock());
    const id = askedId(subject);
    const example = examples[success] as Json;
    const { job } = subject.operation;
    const expected = job && id !== undefined ? withAt(example, job.id, id) : example;
    expect(await connect()(args)).toEqual(expected);
  });

  const errors = Object.keys(examples).filter((status) => Number(status) >= 400 && examples[status]);
  test.each(errors.map(Number))("turns the documented %i into a typed error", async (status) => {
    use(mock.error(status, undefined, { "x-request-id": "req-1", "retry-after": "0" }));
    const error: unknown = await connect()(args).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status, requestId: "req-1", operation: expect.stringContaining(".") });
    const words = leaves(examples[status]).map(String);
    const { code, message } = error as { code?: string; message: string };
    expect(words.some((word) => message.includes(word))).toBe(true);
    if (code !== undefined) expect(JSON.stringify(examples[status])).toContain(code);
  });

  test("the mock refuses a parameter that is not documented", async () => {
    use(mock());
    const response = await probe(subject, { undocumented: 1 });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("undocumented is not a parameter");
  });
});

/** The values in a body, however deep. */
const leaves = (value: unknown): unknown[] =>
  typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [value];
