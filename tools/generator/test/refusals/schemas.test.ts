import { testRefusals } from "../support/refusals.ts";
import type { Edit } from "../support/specification.ts";

/** Adds a schema that nothing uses. */
const schema = (yaml: string): Edit => ["    Page:\n", `    ${yaml}\n    Page:\n`];

testRefusals({
  "a pattern that no example meets": {
    edits: [schema('Odd: { type: string, pattern: "[" }')],
    says: [
      "60:35  schema  Invalid regular expression: /[/u: Unterminated character class. Correct the pattern.",
    ],
  },
  "a pattern that is only good without the u flag": {
    edits: [schema("Odd: { type: string, pattern: '^\\-$' }")],
    says: ["60:35  schema  Invalid regular expression: /^\\-$/u: Invalid escape. Correct the pattern."],
  },
  "a range that nothing fits": {
    edits: [["minimum: 1, maximum: 100", "minimum: 10, maximum: 5"]],
    says: [
      "36:45  schema  minimum: 10 is more than maximum, 5: nothing fits. Correct one of them.",
      "36:70  example  default: must be <= 5. Correct the example or the schema.",
    ],
  },
  "lengths that nothing fits": {
    edits: [schema("Odd: { type: string, minLength: 3, maxLength: 2 }")],
    says: ["60:37  schema  minLength: 3 is more than maxLength, 2: nothing fits. Correct one of them."],
  },
  "enum values of another type": {
    edits: [schema('Odd: { type: [integer, "null"], enum: [1, "2", null, 1.5] }')],
    says: [
      '60:47  schema  enum: "2" is no integer or null. Correct it, or the type.',
      "60:58  schema  enum: 1.5 is no integer or null. Correct it, or the type.",
    ],
  },
  "undocumented values of another type": {
    edits: [schema("Odd: { type: string, enum: [a], x-undocumented: [1] }")],
    says: ["60:54  schema  x-undocumented: 1 is no string. Correct it, or the type."],
  },
  "x-closed without enum": {
    edits: [schema("Odd: { type: string, x-closed: true }")],
    says: ["60:26  extension  x-closed: there is no enum. Add it, or remove this."],
  },
  "x-undocumented without enum": {
    edits: [schema("Odd: { type: string, x-undocumented: [a] }")],
    says: ["60:26  extension  x-undocumented: there is no enum. Add it, or remove this."],
  },
  "x-unit of a string": {
    edits: [schema("Odd: { type: string, x-unit: ms }")],
    says: [
      "60:26  extension  x-unit: only numbers have a unit. Make the type integer or number, or remove this.",
    ],
  },
  "a schema that is a part of itself": {
    edits: [
      schema('Odd: { allOf: [{ $ref: "#/components/schemas/Even" }] }'),
      schema('Even: { anyOf: [{ $ref: "#/components/schemas/Odd" }] }'),
    ],
    says: [
      '60:28  ref-cycle  $ref to "#/components/schemas/Even": the schema contains itself through allOf. Refer to it from a property, or leave it out.',
      '61:29  ref-cycle  $ref to "#/components/schemas/Odd": the schema contains itself through anyOf. Refer to it from a property, or leave it out.',
    ],
  },
  "a used schema that is a part of itself": {
    edits: [["    Status:\n", '    Status:\n      oneOf: [{ $ref: "#/components/schemas/Status" }]\n']],
    says: [
      '80:23  ref-cycle  $ref to "#/components/schemas/Status": the schema contains itself through oneOf. Refer to it from a property, or leave it out.',
    ],
  },
  "a schema with a name that the package has": {
    edits: [schema("TasksClient: { type: string }"), schema("operations: { type: string }")],
    says: [
      '60:5  schema-name  "TasksClient" is a name of the package itself. Call the schema otherwise; a comment says what the page calls it.',
      '61:5  schema-name  "operations" is a name of the package itself. Call the schema otherwise; a comment says what the page calls it.',
    ],
  },
  "a key that every object has as a method": {
    edits: [
      [
        "            next: { type: string }",
        "            valueOf: { type: string }\n            next: { type: string }",
      ],
    ],
    says: [
      '69:13  key  "valueOf" is in every JavaScript object, and cannot be a key here. Leave it out, with a comment.',
    ],
  },
  "properties that every object has": {
    edits: [
      [
        "            next: { type: string }",
        "            constructor: { type: string }\n            __proto__: { type: string }\n            next: { type: string }",
      ],
    ],
    says: [
      '69:13  key  "constructor" is in every JavaScript object, and cannot be a key here. Leave it out, with a comment.',
      '70:13  key  "__proto__" is in every JavaScript object, and cannot be a key here. Leave it out, with a comment.',
    ],
  },
  "a field below additionalProperties that the schema lacks": {
    edits: [
      [
        "            next: { type: string }",
        "            next: { type: string }\n            tags: { additionalProperties: { properties: { key: { type: string } } } }",
      ],
      ["next: t1", "next: t1\n                  tags: { a: { kee: b } }"],
    ],
    says: ['57:32  example  "kee" is not in the schema. Did you mean "key"?'],
  },
});
