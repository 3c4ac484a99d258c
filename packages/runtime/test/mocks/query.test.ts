import { expect, test } from "vitest";
import { flatten } from "../../src/alibabacloud/provider.js";
import { readQuery } from "../../src/mocks.js";

const operation = {
  method: "get",
  path: "/ListThings",
  query: {
    Tag: { type: "array" },
    Ids: { type: "array" },
    Limit: { type: "integer" },
    All: { type: "boolean" },
  },
} as const;
const read = (query: string) =>
  readQuery(new Request(`https://any.host/?Action=ListThings&${query}`), operation);

/** As clients of RPC services write it. */
const write = (query: object): string =>
  new URLSearchParams(
    [...flatten("", query)].map(([name, value]): [string, string] => [name.slice(1), String(value)]),
  ).toString();

test("a query is read as it was meant", () => {
  const query = {
    Tag: [
      { Key: "a", Value: "1" },
      { Key: "b", Values: ["2", "3"], Deep: { More: [{ X: "y" }] } },
    ],
    Ids: Array.from({ length: 12 }, (_, index) => `id-${index}`),
    Limit: 5,
    All: true,
  };
  expect(read(write(query))).toEqual(query);
});

test("lists that repeat their name are read as well", () => {
  expect(read("Ids=a&Ids=b")).toEqual({ Ids: ["a", "b"] });
});

test("what is not documented keeps its name", () => {
  expect(read("Other.1.Key=k")).toEqual({ "Other.1.Key": "k" });
});
