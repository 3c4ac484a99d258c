import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { follow } from "../src/edit/follow.ts";
import { readPage } from "../src/read.ts";
import { Sources } from "../src/sources/sources.ts";
import { type ModelField, modelOf, type PageModel } from "./support/model.ts";
import { mutationsOf } from "./support/mutations.ts";
import { PARCELS, parcels, readParcels } from "./support/parcels.ts";
import { render } from "./support/render.ts";

const base = await (async () => {
  const { cwd, dispose } = parcels();
  const { operations } = await readParcels(cwd);
  dispose();
  const [spec] = operations;
  if (spec === undefined) throw new Error("no operation");
  return modelOf(spec);
})();

/** Follows a page, and tells what became of the specification. */
async function followed(model: PageModel, text = PARCELS, edit = (page: string): string => page) {
  const { cwd, file, dispose } = parcels(text);
  try {
    const html = render(model, {
      layout: "html",
      language: "zh",
      style: { labels: "line", enums: "inline" },
      marks: true,
    });
    const page = readPage(edit(html), "page.html");
    const run = () =>
      follow(page, {
        specs: "specs",
        cwd,
        read: async () => (await readParcels(cwd)).operations,
        sources: new Sources(join(cwd, "sources.yaml")),
      });
    const { applied, left } = await run();
    const after = readFileSync(file, "utf8");
    // Where nothing was done, the same would be done again.
    if (applied.length > 0) {
      const again = await run();
      expect({ again: again.applied, text: readFileSync(file, "utf8") }).toEqual({ again: [], text: after });
    }
    // Where the page has it.
    const [spec] = (await readParcels(cwd)).operations;
    if (left.length === 0 && spec !== undefined) expect(orderOf(modelOf(spec))).toEqual(orderOf(model));
    return { after, applied: applied.map(({ id }) => id), left, diff: diff(text, after) };
  } finally {
    dispose();
  }
}

/** The names of everything, in the order in which it stands. */
function orderOf(model: PageModel): unknown {
  const names = (fields: readonly ModelField[]) => fields.map(({ name }) => name);
  const groups = ["path", "query", "header"].map((where) =>
    model.parameters.filter((each) => each.in === where),
  );
  const schemas = model.schemas.map(({ name, fields }): [string, string[]] => [name, names(fields)]);
  return {
    parameters: groups.map(names),
    schemas: Object.fromEntries(schemas),
    responses: Object.fromEntries(model.responses.map(({ status, fields }) => [status, names(fields)])),
  };
}

/** Lines that went and lines that came, in the order of the file. */
function diff(before: string, after: string): string[] {
  const [a, b] = [before.split("\n"), after.split("\n")];
  const length = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number) => length[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const row = length[i];
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const lines: string[] = [];
  for (let [i, j] = [0, 0]; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) [i, j] = [i + 1, j + 1];
    else if (i < a.length && (j === b.length || at(i + 1, j) >= at(i, j + 1))) lines.push(`-${a[i++]}`);
    else lines.push(`+${b[j++]}`);
  }
  return lines;
}

const field = (name: string, facts: Partial<ModelField> = {}): ModelField => ({
  in: "",
  name,
  type: { kind: "string" },
  required: undefined,
  enum: undefined,
  default: undefined,
  minimum: undefined,
  maximum: undefined,
  length: undefined,
  ...facts,
});
const after = (fields: readonly ModelField[], name: string, ...fresh: ModelField[]) =>
  fields.flatMap((each) => (each.name === name ? [each, ...fresh] : [each]));
const without = (fields: readonly ModelField[], name: string) => fields.filter((each) => each.name !== name);
const change = (fields: readonly ModelField[], name: string, facts: Partial<ModelField>) =>
  fields.map((each) => (each.name === name ? { ...each, ...facts } : each));
const inSchema = (
  name: string,
  edit: (fields: readonly ModelField[]) => readonly ModelField[],
): PageModel => ({
  ...base,
  schemas: base.schemas.map((schema) =>
    schema.name === name ? { ...schema, fields: edit(schema.fields) } : schema,
  ),
});
const parameters = (edit: (fields: readonly ModelField[]) => readonly ModelField[]): PageModel => ({
  ...base,
  parameters: edit(base.parameters),
});
const query = (name: string, facts: Partial<ModelField>) =>
  field(name, { in: "query", required: "no", ...facts });
const [shown] = (base.example as { parcels: readonly Record<string, unknown>[] }).parcels;
const withExample = (page: PageModel, parcel: Record<string, unknown>): PageModel => ({
  ...page,
  example: { total: 1, parcels: [parcel] },
});

/** The list that filter and answers share. */
const statuses = (...values: readonly string[]): PageModel => {
  const page = inSchema("Parcel", (fields) => change(fields, "status", { enum: values }));
  return { ...page, parameters: change(page.parameters, "status", { enum: values }) };
};

const CASES: Readonly<Record<string, readonly [PageModel, readonly string[]]>> = {
  "a field": [
    inSchema("Parcel", (fields) => after(fields, "weight", field("trace_id"))),
    ["+        trace_id:", "+          type: string", "+          description: To be described."],
  ],
  "a field in front of all others": [
    inSchema("Stop", (fields) => [field("country"), ...fields]),
    ["+        country:", "+          type: string", "+          description: To be described."],
  ],
  "a list of a list's structure": [
    inSchema("Stop", (fields) =>
      after(fields, "minutes", field("remarks", { type: { kind: "array", items: { kind: "string" } } })),
    ),
    [
      "+        remarks:",
      "+          type: array",
      "+          description: To be described.",
      "+          items: { type: string }",
    ],
  ],
  "a list of new structures": [
    {
      ...inSchema("Parcel", (fields) =>
        after(
          fields,
          "tags",
          field("seals", { type: { kind: "array", items: { kind: "object", schema: "Seal" } } }),
        ),
      ),
      schemas: [
        ...inSchema("Parcel", (fields) =>
          after(
            fields,
            "tags",
            field("seals", { type: { kind: "array", items: { kind: "object", schema: "Seal" } } }),
          ),
        ).schemas,
        { name: "Seal", fields: [field("number", { type: { kind: "long" } })] },
      ],
    },
    [
      "+        seals:",
      "+          type: array",
      "+          description: To be described.",
      '+          items: { $ref: "#/components/schemas/Seal" }',
      "+",
      "+    Seal:",
      "+      type: object",
      "+      properties:",
      "+        number:",
      "+          type: integer",
      "+          description: To be described.",
      "+          format: int64",
    ],
  ],
  "a field with a list that the specification has": [
    inSchema("Stop", (fields) =>
      after(fields, "town", field("state", { enum: ["WAITING", "RUNNING", "SUCCESS", "FAIL"] })),
    ),
    [
      "+        state:",
      "+          description: To be described.",
      '+          $ref: "#/components/schemas/ParcelStatus"',
    ],
  ],
  "a parameter with a list and a default": [
    parameters((fields) =>
      after(fields, "kind", query("size", { enum: ["small", "large"], default: "small" })),
    ),
    [
      "+        - name: size",
      "+          in: query",
      "+          description: To be described.",
      "+          schema: { type: string, enum: [small, large], default: small }",
    ],
  ],
  "a parameter that is a list, and must be sent": [
    parameters((fields) =>
      after(
        fields,
        "note",
        query("ids", { type: { kind: "array", items: { kind: "string" } }, required: "yes" }),
      ),
    ),
    [
      "+        - name: ids",
      "+          in: query",
      "+          required: true",
      "+          description: To be described.",
      "+          schema: { type: array, items: { type: string } }",
    ],
  ],
  "a header": [
    parameters((fields) => [...fields, query("X-Trace", { in: "header" })]),
    [
      "+        - name: X-Trace",
      "+          in: header",
      "+          description: To be described.",
      "+          schema: { type: string }",
    ],
  ],
  "a field gone, from the example too": [
    withExample(
      inSchema("Parcel", (fields) => without(fields, "weight")),
      { ...shown, weight: undefined },
    ),
    [
      "-                    weight: 3",
      "-        weight:",
      "-          type: integer",
      "-          description: How heavy it is.",
    ],
  ],
  "a parameter gone": [
    parameters((fields) => without(fields, "note")),
    [
      "-        - name: note",
      "-          in: query",
      "-          # Said nowhere else.",
      "-          description: A note.",
      "-          schema: { type: string }",
    ],
  ],
  "another type, with its example": [
    withExample(
      inSchema("Parcel", (fields) => change(fields, "weight", { type: { kind: "string" } })),
      {
        ...shown,
        weight: "3",
      },
    ),
    [
      "-                    weight: 3",
      '+                    weight: "3"',
      "-          type: integer",
      "+          type: string",
    ],
  ],
  "a list where there was one": [
    parameters((fields) => change(fields, "id", { type: { kind: "string" }, default: "p-0" })),
    ["-          schema: { type: string }", "+          schema: { type: string, default: p-0 }"],
  ],
  "a parameter becomes a list": [
    parameters((fields) => change(fields, "kind", { type: { kind: "array", items: { kind: "string" } } })),
    [
      "-          schema: { type: string, enum: [box, letter] } # a comment behind",
      "+          schema: { type: array, items: { type: string, enum: [box, letter] } } # a comment behind",
    ],
  ],
  "a list becomes a value": [
    withExample(
      inSchema("Parcel", (fields) => change(fields, "tags", { type: { kind: "string" } })),
      { ...shown, tags: "red" },
    ),
    [
      "-                    tags: [red, blue]",
      "+                    tags: red",
      "-          type: array",
      "+          type: string",
      "-          items: { type: string }",
    ],
  ],
  "a parameter that must be sent": [
    parameters((fields) => change(fields, "note", { required: "yes" })),
    ["+          required: true"],
  ],
  "a value more, for a status": [
    statuses("WAITING", "RUNNING", "SUCCESS", "FAIL", "CANCELLED"),
    [
      "+          cancelled: [CANCELLED]",
      "-      enum: [WAITING, RUNNING, SUCCESS, FAIL]",
      "+      enum: [WAITING, RUNNING, SUCCESS, FAIL, CANCELLED]",
    ],
  ],
  "a value less, for a status": [
    statuses("RUNNING", "SUCCESS", "FAIL"),
    [
      "-          pending: [WAITING, RUNNING]",
      "+          pending: [RUNNING]",
      "-      enum: [WAITING, RUNNING, SUCCESS, FAIL]",
      "+      enum: [RUNNING, SUCCESS, FAIL]",
    ],
  ],
  "a list of values where there was none": [
    parameters((fields) => change(fields, "note", { enum: ["long", "short"] })),
    ["-          schema: { type: string }", "+          schema: { type: string, enum: [long, short] }"],
  ],
  "bounds, one on a line": [
    parameters((fields) => change(fields, "limit", { maximum: 200, default: "20" })),
    [
      "-            maximum: 100",
      "-            default: 10",
      "+            maximum: 200",
      "+            default: 20",
    ],
  ],
  "a default less": [
    parameters((fields) => change(fields, "X-Language", { default: undefined })),
    [
      "-          schema: { type: string, enum: [en-us, zh-cn], default: en-us }",
      "+          schema: { type: string, enum: [en-us, zh-cn] }",
    ],
  ],
  "a value gone, which was the default until then": [
    parameters((fields) => change(fields, "X-Language", { enum: ["fr-fr", "zh-cn"], default: "zh-cn" })),
    [
      "-          schema: { type: string, enum: [en-us, zh-cn], default: en-us }",
      "+          schema: { type: string, enum: [fr-fr, zh-cn], default: zh-cn }",
    ],
  ],
  "a status": [
    {
      ...base,
      responses: [...base.responses, { status: "403", fields: [field("error_code"), field("error_msg")] }],
    },
    [
      '+        "403":',
      "+          description: To be described.",
      "+          content:",
      "+            application/json:",
      '+              schema: { $ref: "#/components/schemas/ErrorBody" }',
    ],
  ],
  "a status less": [
    { ...base, responses: base.responses.filter(({ status }) => status !== "404") },
    [
      '-        "404":',
      "-          description: Not there.",
      "-          content:",
      "-            application/json:",
      '-              schema: { $ref: "#/components/schemas/ErrorBody" }',
    ],
  ],
  "another example": [
    withExample(base, { ...shown, id: "p-2", sent_at: "2025-02-02T00:00:00Z", tags: ["green"], stops: [] }),
    [
      "-                  - id: p-1",
      "+                  - id: p-2",
      '-                    sent_at: "2025-01-01T00:00:00Z"',
      "-                    tags: [red, blue]",
      "-                    stops:",
      "-                      - town: Atlantis",
      "-                        minutes: 5",
      '+                    sent_at: "2025-02-02T00:00:00Z"',
      "+                    tags: [green]",
      "+                    stops: []",
    ],
  ],
};

test.each(Object.entries(CASES))("%s", async (_, [page, expected]) => {
  const { left, diff: lines } = await followed(page);
  expect({
    left: left.map(({ finding, reason }) => `${finding.id}: ${reason}`),
    lines: lines.filter((line) => !/updated|edition/.test(line)).toSorted(),
  }).toEqual({
    left: [],
    lines: [...expected].toSorted(),
  });
});

test("every change of every fact is applied whole, or left alone with its reason", {
  timeout: 120_000,
}, async () => {
  const comments = (text: string) => text.split("\n").filter((line) => /^\s*#/.test(line));
  const counts = { applied: 0, left: 0 };
  const all = [...mutationsOf(base)];
  const some = process.env.TYPEDCLOUD_LONG ? all : all.filter((_mutation, index) => index % 4 === 0);
  for (const { page, expected } of some) {
    const name = `${expected.where}: ${expected.difference}`;
    const { after: text, applied, left } = await followed(page);
    const reasons = left.map(({ reason }) => reason);
    if (left.length > 0 && applied.length === 0) expect({ name, text }).toEqual({ name, text: PARCELS });
    for (const reason of reasons)
      expect({ name, reason }).toEqual({ name, reason: expect.stringMatching(REASON) });
    const lost = comments(PARCELS).filter((comment) => !comments(text).includes(comment));
    // What stands within a parameter that is gone is about it.
    expect({ name, lost: lost.filter((line) => !line.includes("Said nowhere else")) }).toEqual({
      name,
      lost: [],
    });
    counts[left.length === 0 ? "applied" : "left"]++;
  }
  expect(counts.applied).toBeGreaterThan(15);
  expect(counts.left).toBeGreaterThan(5);
});

/** The reasons for which a person has to decide; that an edit could not be made is none of them. */
const REASON =
  /^(?:it may be another name|another list of the page|the name of a structure|another address|what state|it stands in (?:a file|the path)|\w+ describes .* as well|the definition is that of|another kind of success|a part of the path|the generator would refuse it)/;

test("a parameter that is the first of its kind stands in front of the others", async () => {
  const [first] = base.parameters.filter((each) => each.in === "query");
  if (first === undefined) throw new Error("no parameter");
  const at = base.parameters.indexOf(first);
  const parameters = base.parameters.toSpliced(at, 0, { ...first, name: "box_id" });
  const { diff: lines, after } = await followed({ ...base, parameters });
  expect(lines[0]).toContain("name: box_id");
  expect(after.indexOf("name: box_id")).toBeLessThan(after.indexOf("name: id\n"));
  expect(after.indexOf("name: box_id")).toBeGreaterThan(after.indexOf("parameters/project_id"));
});

test("a structure of the service's own may be called like one of the cloud's", async () => {
  const own = PARCELS.replaceAll("ErrorBody", "Error")
    .replace("error_code:", "code:")
    .replace("error_msg:", "message:");
  const renamed: Readonly<Record<string, string>> = { error_code: "code", error_msg: "message" };
  const model = {
    ...base,
    responses: base.responses.map((response) => ({
      ...response,
      fields: response.fields.map((field) => ({ ...field, name: renamed[field.name] ?? field.name })),
    })),
  };
  expect(await followed(model, own)).toMatchObject({ applied: [], left: [] });
});

test("the example of a request is followed", async () => {
  const post = PARCELS.replace("    get:\n", "    post:\n").replace(
    /\n {6}responses:\n/,
    `
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, properties: { town: { type: string, description: To where. } } }
            example: { town: Atlantis }

      responses:
`,
  );
  const [project, ...others] = base.parameters;
  const town = others.find(({ name }) => name === "note");
  if (project === undefined || town === undefined) throw new Error("no such parameters");
  const body = { fields: [{ ...town, in: "body", name: "town" }], schemas: [], example: { town: "Thule" } };
  const { applied, left, diff } = await followed({ ...base, method: "POST", body }, post);
  expect({ applied, left }).toEqual({
    applied: ["huaweicloud-parcels listParcels body.example.town: Atlantis → Thule"],
    left: [],
  });
  expect(diff).toEqual(["-            example: { town: Atlantis }", "+            example: { town: Thule }"]);
});

test("a row that is not understood is left to a person", async () => {
  const model = inSchema("Parcel", (fields) => after(fields, "status", field("seal")));
  const { applied, left, diff } = await followed(model, PARCELS, (page) =>
    page.replace(/(seal[\s\S]{1,80}?)String/, "$1Quux&lt;3&gt;"),
  );
  expect({ applied, diff }).toEqual({ applied: [], diff: [] });
  expect(left.map(({ finding, reason }) => [finding.where, reason])).toEqual([
    ["Parcel.seal", 'the page is not understood here: seal: the type "Quux<3>" is not known'],
  ]);
});
