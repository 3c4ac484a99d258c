import { expect, test } from "vitest";
import { flatten } from "../src/flatten.ts";
import { PARCELS, parcels, readParcels } from "./support/parcels.ts";

test("a specification's facts have the body of its request", async () => {
  const body = `      requestBody:
        content:
          application/json:
            schema: { type: object, properties: { town: { type: string, description: To where. } } }
            example: { town: Thule }
`;
  const { cwd, dispose } = parcels(
    PARCELS.replace("    get:\n", "    post:\n").replace("      responses:\n", `${body}      responses:\n`),
  );
  try {
    const [facts] = (await readParcels(cwd)).operations;
    expect(facts).toMatchObject({ bodyRequired: { value: "no" }, body: { kind: "object" } });
    expect(facts?.examples.map(({ of, status, value }) => [of, status, value])).toContainEqual([
      "request",
      undefined,
      { town: "Thule" },
    ]);
  } finally {
    dispose();
  }
});

test("a specification's facts have its answers' headers, and how many items a list may have", async () => {
  const text = PARCELS.replace(
    "schema: { type: array, items: { type: string } }",
    "schema: { type: array, items: { type: string, maxLength: 8 }, minItems: 1, maxItems: 20 }",
  ).replace(
    '        "200":\n          description: A page of parcels.\n',
    '        "200":\n          description: A page of parcels.\n          headers:\n            X-Remaining:\n              description: Left.\n              required: true\n              schema: { type: integer, minimum: 0 }\n',
  );
  const { cwd, dispose } = parcels(text);
  try {
    const [facts] = (await readParcels(cwd)).operations;
    const flat = Object.fromEntries(facts ? flatten(facts) : []);
    expect(flat).toMatchObject({
      "query.colours.minItems": 1,
      "query.colours.maxItems": 20,
      "query.colours.maxLength": 8,
      "response.200.header.X-Remaining": "integer",
      "response.200.header.X-Remaining.required": "yes",
      "response.200.header.X-Remaining.minimum": 0,
    });
  } finally {
    dispose();
  }
});
