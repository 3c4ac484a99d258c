/** The bodies of errors: where the documentation has an example, and where it has only the cloud's common one. */

import { getResponse } from "msw";
import { describe, expect, test } from "vitest";
import { type AnyMock, createAnyMocks } from "../../src/mocks.js";
import type { Service } from "../../src/operation.js";

const service: Service = { cloud: "acme", name: "tasks", title: "Tasks", version: "v2", servers: [] };

const bodyOf = async (documented: object, make: (mock: AnyMock) => ReturnType<AnyMock>, query = "") => {
  const operations = { list: { method: "get", path: "/tasks" } } as const;
  const { list } = createAnyMocks(service, operations, { list: { ...documented } });
  return (await getResponse(list ? [make(list)] : [], new Request(`https://any.host/tasks${query}`)))?.json();
};

describe("the reason of a refusal stands where the message does", () => {
  const reason = "x is not a parameter";
  test.each([
    [
      { code: "c", message: "m" },
      { code: "c", message: reason },
    ],
    [{ error: { message: "m", code: "c" } }, { error: { message: reason, code: "c" } }],
    [{ errors: [{ code: "c", message: "m" }] }, { errors: [{ code: "c", message: reason }] }],
    [
      { message: "m", details: { message: "d" } },
      { message: reason, details: { message: "d" } },
    ],
    [
      { error: null, error_msg: "m" },
      { error: null, error_msg: reason },
    ],
  ])("%j", async (common, expected) => {
    expect(await bodyOf({ default: common }, (mock) => mock(), "?x=1")).toEqual(expected);
  });
});

describe("an error", () => {
  const common = { error_code: "c", error_msg: "Bad request" };
  test.each([
    [401, "Unauthorized"],
    [404, "Not Found"],
    [429, "Too Many Requests"],
    [503, "Service Unavailable"],
    [599, "Status 599"],
  ])("%i without an example of its own says what the status means", async (status, error_msg) => {
    const body = await bodyOf({ default: common }, (mock) => mock.error(status));
    expect(body).toEqual({ error_code: "c", error_msg });
  });
  test("with an example of its own has that", async () => {
    const own = { error_code: "d", error_msg: "No such task" };
    expect(await bodyOf({ 404: own, default: common }, (mock) => mock.error(404))).toEqual(own);
  });
  test("with a body given has that", async () => {
    expect(await bodyOf({ default: common }, (mock) => mock.error(404, common))).toEqual(common);
  });
  test("without anything documented has an empty body", async () => {
    expect(await bodyOf({}, (mock) => mock.error(404))).toEqual({});
  });
});
