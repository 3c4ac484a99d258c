import type { ServiceModel } from "typedcloud/checked";
import { expect, test } from "vitest";
import { changesOf } from "../src/release/changes.ts";
import { bumpOf } from "../src/release/changeset.ts";
import { PARCELS, parcels, readParcels } from "./support/parcels.ts";

const read = async (text: string): Promise<ServiceModel> => {
  const { cwd, dispose } = parcels(text);
  try {
    return (await readParcels(cwd)).service;
  } finally {
    dispose();
  }
};
const before = await read(PARCELS);

type Edit = readonly [find: string | RegExp, put: string];
const edited = (edits: readonly Edit[]): string =>
  edits.reduce((text, [find, put]) => {
    const after = text.replace(find, put);
    expect({ find, isThere: after !== text }).toEqual({ find, isThere: true });
    return after;
  }, PARCELS);

/** What is edited, what is said of it, and which version follows; and the same of the way back. */
const CASES: readonly (readonly [string, Edit[], [string, string][], [string, string][]])[] = [
  [
    "a maximum",
    [["maximum: 100", "maximum: 200"]],
    [["minor", "`listParcels`: `query.limit` accepts up to 200 (was 100)."]],
    [["major", "`listParcels`: `query.limit` accepts up to 100 (was 200)."]],
  ],
  [
    "a maximum where there was none",
    [["minimum: 0, default: 0", "minimum: 0, maximum: 9, default: 0"]],
    [["major", "`listParcels`: `query.offset` accepts up to 9 (was without maximum)."]],
    [["minor", "`listParcels`: `query.offset` no longer has a maximum (was 9)."]],
  ],
  [
    "a minimum",
    [["minimum: 1\n", "minimum: 2\n"]],
    [["major", "`listParcels`: `query.limit` accepts 2 or more (was 1)."]],
    [["minor", "`listParcels`: `query.limit` accepts 1 or more (was 2)."]],
  ],
  [
    "a default",
    [["default: 10", "default: 20"]],
    [["minor", "`listParcels`: `query.limit` defaults to 20 (was 10)."]],
    [["minor", "`listParcels`: `query.limit` defaults to 10 (was 20)."]],
  ],
  [
    "no default",
    [["\n            default: 10", ""]],
    [["minor", "`listParcels`: `query.limit` no longer has a default (was 10)."]],
    [["minor", "`listParcels`: `query.limit` defaults to 10 (was no default)."]],
  ],
  [
    "lengths",
    [
      [
        "A note.\n          schema: { type: string }",
        "A note.\n          schema: { type: string, minLength: 1, maxLength: 8 }",
      ],
    ],
    [
      ["major", "`listParcels`: `query.note` accepts lengths of 1 or more (was any)."],
      ["major", "`listParcels`: `query.note` accepts lengths of up to 8 (was any)."],
    ],
    [
      ["minor", "`listParcels`: `query.note` may have any length (was at least 1)."],
      ["minor", "`listParcels`: `query.note` may have any length (was at most 8)."],
    ],
  ],
  [
    "how many items",
    [
      [
        "schema: { type: array, items: { type: string } }",
        "schema: { type: array, items: { type: string }, minItems: 1, maxItems: 8 }",
      ],
    ],
    [
      ["major", "`listParcels`: `query.colours` must have at least 1 item (was any number)."],
      ["major", "`listParcels`: `query.colours` may have up to 8 items (was any number)."],
    ],
    [
      ["minor", "`listParcels`: `query.colours` may have any number of items (was at least 1)."],
      ["minor", "`listParcels`: `query.colours` may have any number of items (was at most 8)."],
    ],
  ],
  [
    "a form",
    [
      [
        "A note.\n          schema: { type: string }",
        "A note.\n          schema: { type: string, pattern: '^a+$$' }",
      ],
    ],
    [["major", "`listParcels`: `query.note` must have the form `^a+$` (was any)."]],
    [["minor", "`listParcels`: `query.note` may have any form (was `^a+$`)."]],
  ],
  [
    "what is sent beside",
    [["x-requires: [limit]", "x-requires: [limit, note]"]],
    [
      [
        "major",
        "`listParcels`: `query.offset` must be sent together with `limit` and `note` (was with `limit`).",
      ],
    ],
    [
      [
        "minor",
        "`listParcels`: `query.offset` must be sent together with `limit` (was with `limit` and `note`).",
      ],
    ],
  ],
  [
    "a parameter",
    [
      [
        "        - name: note\n",
        "        - name: town\n          in: query\n          description: x\n          schema: { type: array, items: { type: string } }\n        - name: note\n",
      ],
    ],
    [["minor", "`listParcels` takes the new parameter `query.town` (a list of strings)."]],
    [["major", "`listParcels` no longer takes the parameter `query.town` (was a list of strings)."]],
  ],
  [
    "a parameter that must be sent",
    [
      [
        "        - name: note\n",
        "        - name: town\n          in: query\n          required: true\n          description: x\n          schema: { type: string }\n        - name: note\n",
      ],
    ],
    [["major", "`listParcels` needs the new parameter `query.town` (a string)."]],
    [["major", "`listParcels` no longer takes the parameter `query.town` (was a string)."]],
  ],
  [
    "a parameter must be sent now",
    [["        - name: note\n", "        - name: note\n          required: true\n"]],
    [["major", "`listParcels`: `query.note` is required now."]],
    [["minor", "`listParcels`: `query.note` is no longer required."]],
  ],
  [
    "a parameter's type",
    [["A note.\n          schema: { type: string }", "A note.\n          schema: { type: integer }"]],
    [["major", "`listParcels`: `query.note` is an integer now (was a string)."]],
    [["major", "`listParcels`: `query.note` is a string now (was an integer)."]],
  ],
  [
    "a field",
    [["        weight:\n", "        trace_id: { type: string, description: x }\n        weight:\n"]],
    [["minor", "`listParcels` answers have the new field `parcels[].trace_id` (a string)."]],
    [["major", "`listParcels` answers no longer have the field `parcels[].trace_id` (was a string)."]],
  ],
  [
    "two fields alike",
    [
      [
        "        weight:\n",
        "        trace_id: { type: string, description: x }\n        seal: { type: string, description: x }\n        weight:\n",
      ],
    ],
    [
      [
        "minor",
        "`listParcels` answers have the new fields `parcels[].trace_id` and `parcels[].seal` (a string).",
      ],
    ],
    [
      [
        "major",
        "`listParcels` answers no longer have the fields `parcels[].trace_id` and `parcels[].seal` (each was a string).",
      ],
    ],
  ],
  [
    "a structure, told once",
    [
      [
        "        weight:\n",
        '        sender: { description: x, $ref: "#/components/schemas/Sender" }\n        weight:\n',
      ],
      [
        "    Stop:\n",
        "    Sender:\n      type: object\n      properties:\n        name: { type: string, description: x }\n\n    Stop:\n",
      ],
    ],
    [["minor", "`listParcels` answers have the new field `parcels[].sender` (an object)."]],
    [
      ["major", "`listParcels` answers no longer have the field `parcels[].sender` (was an object)."],
      ["major", 'The type `components["schemas"]["Sender"]` is gone.'],
    ],
  ],
  [
    "a field's type",
    [[/weight:\n {10}type: integer/, "weight:\n          type: number"]],
    [["major", "`listParcels`: `parcels[].weight` is a number now (was an integer)."]],
    [["major", "`listParcels`: `parcels[].weight` is an integer now (was a number)."]],
  ],
  [
    "as many bits as TypeScript does not see",
    [[/weight:\n {10}type: integer/, "weight:\n          type: integer\n          format: int64"]],
    [["patch", "`listParcels`: `parcels[].weight` is a 64-bit integer now (was an integer)."]],
    [["patch", "`listParcels`: `parcels[].weight` is an integer now (was a 64-bit integer)."]],
  ],
  [
    "null",
    [[/weight:\n {10}type: integer/, 'weight:\n          type: [integer, "null"]']],
    [["major", "`listParcels`: `parcels[].weight` is an integer or null now (was an integer)."]],
    [["minor", "`listParcels`: `parcels[].weight` is an integer now (was an integer or null)."]],
  ],
  [
    "always there",
    [["required: [id, status]", "required: [id, status, weight]"]],
    [["minor", "`listParcels`: `parcels[].weight` is required now."]],
    [["major", "`listParcels`: `parcels[].weight` is no longer required."]],
  ],
  [
    "bounds of an answer",
    [[/weight:\n {10}type: integer/, "weight:\n          type: integer\n          maximum: 9"]],
    [["patch", "`listParcels`: `parcels[].weight` accepts up to 9 (was without maximum)."]],
    [["patch", "`listParcels`: `parcels[].weight` no longer has a maximum (was 9)."]],
  ],
  [
    "a value, shared by filter and answers",
    [
      ["enum: [WAITING, RUNNING, SUCCESS, FAIL]", "enum: [WAITING, RUNNING, SUCCESS, FAIL, LOST]"],
      ["failed: [FAIL]", "failed: [FAIL, LOST]"],
    ],
    [
      ["minor", "`listParcels`: `query.status` and `parcels[].status` know the new value `LOST`."],
      ["minor", "`listParcels` jobs with status `LOST` count as failed."],
    ],
    [["major", "`listParcels`: `query.status` and `parcels[].status` no longer know the value `LOST`."]],
  ],
  [
    "a list of values",
    [
      [
        "A note.\n          schema: { type: string }",
        "A note.\n          schema: { type: string, enum: [a, b] }",
      ],
    ],
    [["minor", "`listParcels`: `query.note` has known values now: `a` and `b`."]],
    [["minor", "`listParcels`: `query.note` no longer has known values (`a` and `b`)."]],
  ],
  [
    "a closed list",
    [["enum: [box, letter] }", "enum: [box, letter], x-closed: true }"]],
    [["major", "`listParcels`: `query.kind` has no other values than those that are known."]],
    [["minor", "`listParcels`: `query.kind` may have other values than those that are known."]],
  ],
  [
    "a value that nobody documents",
    [["enum: [box, letter] }", "enum: [box, letter], x-undocumented: [crate] }"]],
    [["minor", "`listParcels`: `query.kind` knows the new value `crate`."]],
    [["major", "`listParcels`: `query.kind` no longer knows the value `crate`."]],
  ],
  [
    "a state",
    [
      ["pending: [WAITING, RUNNING]", "pending: [RUNNING]"],
      ["failed: [FAIL]", "blocked: [WAITING]\n          failed: [FAIL]"],
    ],
    [["minor", "`listParcels` jobs with status `WAITING` count as blocked (was pending)."]],
    [["minor", "`listParcels` jobs with status `WAITING` count as pending (was blocked)."]],
  ],
  [
    "a job's facts",
    [["        resource: box_id\n", ""]],
    [["minor", "`listParcels` follows its jobs in another way."]],
    [["minor", "`listParcels` follows its jobs in another way."]],
  ],
  [
    "pages",
    [[", total: total }", " }"]],
    [["minor", "`listParcels` is paged in another way."]],
    [["minor", "`listParcels` is paged in another way."]],
  ],
  [
    "neither pages nor jobs",
    [
      [/ {6}x-pagination: .*\n/, ""],
      [/ {6}x-job:\n(?: {8}.*\n)+/, ""],
    ],
    [
      ["major", "`listParcels` is no longer paged."],
      ["major", "`listParcels` no longer answers jobs that can be waited for."],
    ],
    [
      ["minor", "`listParcels` is paged in another way."],
      ["minor", "`listParcels` follows its jobs in another way."],
    ],
  ],
  [
    "a status",
    [[/ {8}"404":\n(?: {10}.*\n)+/, ""]],
    [["patch", "`listParcels` is no longer said to answer with status 404."]],
    [["minor", "`listParcels` may answer with status 404."]],
  ],
  [
    "an error's field",
    [[/(ErrorBody:\n.*\n.*\n)/, "$1        hint: { type: string, description: x }\n"]],
    [
      ["minor", "`listParcels` errors (status 400) have the new field `hint` (a string)."],
      ["minor", "`listParcels` errors (status 404) have the new field `hint` (a string)."],
    ],
    [
      ["major", "`listParcels` errors (status 400) no longer have the field `hint` (was a string)."],
      ["major", "`listParcels` errors (status 404) no longer have the field `hint` (was a string)."],
    ],
  ],
  [
    "the address",
    [["/v1/{project_id}/parcels:", "/v2/{project_id}/parcels:"]],
    [
      [
        "minor",
        "`listParcels` is sent to `GET /v2/{project_id}/parcels` (was `GET /v1/{project_id}/parcels`).",
      ],
    ],
    [
      [
        "minor",
        "`listParcels` is sent to `GET /v1/{project_id}/parcels` (was `GET /v2/{project_id}/parcels`).",
      ],
    ],
  ],
  [
    "a body",
    [
      [
        "      responses:\n",
        '      requestBody:\n        content:\n          application/json:\n            schema: { $ref: "#/components/schemas/Stop" }\n      responses:\n',
      ],
      ["    get:\n", "    post:\n"],
    ],
    [
      ["major", "`listParcels` takes a body."],
      [
        "minor",
        "`listParcels` is sent to `POST /v1/{project_id}/parcels` (was `GET /v1/{project_id}/parcels`).",
      ],
    ],
    [
      ["major", "`listParcels` no longer takes a body."],
      [
        "minor",
        "`listParcels` is sent to `GET /v1/{project_id}/parcels` (was `POST /v1/{project_id}/parcels`).",
      ],
    ],
  ],
  [
    "an operation",
    [["operationId: listParcels", "operationId: findParcels"]],
    [
      ["major", "`listParcels` is gone."],
      ["minor", "`findParcels` is new."],
    ],
    [
      ["major", "`findParcels` is gone."],
      ["minor", "`listParcels` is new."],
    ],
  ],
  [
    "out of use",
    [["operationId: listParcels", "operationId: listParcels\n      deprecated: true"]],
    [["minor", "`listParcels` is deprecated."]],
    [["minor", "`listParcels` is no longer deprecated."]],
  ],
  [
    "hosts",
    [["parcels.{region}.example.com", "parcels-{region}.example.com"]],
    [["minor", "Hosts or regions are others."]],
    [["minor", "Hosts or regions are others."]],
  ],
  [
    "the service",
    [["title: Parcel Service", "title: Parcels"]],
    [["minor", "The service is described as Parcels (v1)."]],
    [["minor", "The service is described as Parcel Service (v1)."]],
  ],
  [
    "words",
    [["How heavy it is.", "Its weight."]],
    [["patch", "Descriptions and examples are others."]],
    [["patch", "Descriptions and examples are others."]],
  ],
];

test.each(CASES)("%s", async (_, edits, forwards, backwards) => {
  const after = await read(edited(edits));
  const told = (a: ServiceModel, b: ServiceModel) => changesOf(a, b).map(({ bump, text }) => [bump, text]);
  expect(told(before, after)).toEqual(forwards);
  expect(told(after, before)).toEqual(backwards);
});

test("a value more in a closed list: whoever reads it was told that there is no other", async () => {
  const closed = (...more: readonly string[]): Edit[] => [
    ["enum: [box, letter] }", `enum: [${["box", "letter", ...more].join(", ")}], x-closed: true }`],
    [
      /town:\n {10}type: string/,
      `town:\n          type: string\n          enum: [${["Atlantis", ...more].join(", ")}]\n          x-closed: true`,
    ],
  ];
  expect(changesOf(await read(edited(closed())), await read(edited(closed("crate"))))).toEqual([
    { bump: "minor", text: "`listParcels`: `query.kind` knows the new value `crate`." },
    { bump: "major", text: "`listParcels`: `parcels[].stops[].town` knows the new value `crate`." },
  ]);
});

test("a body that must be sent where it did not have to be", async () => {
  const body = (required: boolean): Edit => [
    "      responses:",
    `      requestBody:\n        required: ${required}\n        content: { application/json: { schema: { $ref: "#/components/schemas/Parcel" } } }\n\n      responses:`,
  ];
  const post: Edit = ["    get:\n", "    post:\n"];
  const [free, bound] = [await read(edited([post, body(false)])), await read(edited([post, body(true)]))];
  expect(changesOf(free, bound)).toEqual([
    { bump: "major", text: "`listParcels` must be sent with its body." },
  ]);
  expect(changesOf(bound, free)).toEqual([
    { bump: "minor", text: "`listParcels` may be sent without its body." },
  ]);
});

test("another success: calls answer one or the other now, unless it holds the same", async () => {
  const examples = { Parcel: "{ id: p-1, status: RUNNING }", ListParcelsResponse: "{ total: 0 }" };
  const accepted = (name: keyof typeof examples): Edit => [
    '        "400":',
    `        "202":
          description: Later.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/${name}" }
              example: ${examples[name]}
        "400":`,
  ];
  const text = "`listParcels` may answer with status 202.";
  expect(changesOf(before, await read(edited([accepted("Parcel")])))).toEqual([{ bump: "major", text }]);
  expect(changesOf(before, await read(edited([accepted("ListParcelsResponse")])))).toEqual([
    { bump: "minor", text },
  ]);
});

test("comments are nothing that users see", async () => {
  const after = await read(edited([["# Found out by trying.", "# Guessed."]]));
  expect(changesOf(before, after)).toEqual([]);
});

test("a first release", () => {
  const changes = changesOf(undefined, before);
  expect(changes).toEqual([{ bump: "minor", text: "First release: `listParcels`." }]);
  expect(bumpOf(changes)).toBe("minor");
});
