import type { ModelField, PageModel } from "./model.ts";

const field = (name: string, type: ModelField["type"], facts: Partial<ModelField> = {}): ModelField => ({
  in: "",
  name,
  type,
  required: undefined,
  enum: undefined,
  default: undefined,
  minimum: undefined,
  maximum: undefined,
  length: undefined,
  ...facts,
});

const sent = (
  name: string,
  type: ModelField["type"],
  required: "yes" | "no",
  facts: Partial<ModelField> = {},
) => field(name, type, { in: "body", required, ...facts });

/** A service that does not exist: a POST with a body that has structures, an answer with headers, an error. */
export const widgets: PageModel = {
  site: "huaweicloud",
  name: "CreateWidget",
  title: "创建部件",
  method: "POST",
  path: "/v3/{project_id}/widget-jobs",
  parameters: [
    field("project_id", { kind: "string" }, { in: "path", required: "yes", length: 32 }),
    field("dry_run", { kind: "boolean" }, { in: "query", required: "no", default: "false" }),
    field(
      "limit",
      { kind: "integer" },
      { in: "query", required: "no", minimum: 1, maximum: 100, default: "20" },
    ),
    field("X-Client", { kind: "string" }, { in: "header", required: "no" }),
    field("X-Trace", { kind: "string" }, { in: "header", required: "yes" }),
  ],
  body: {
    fields: [
      sent("widget", { kind: "object", schema: "NewWidget" }, "yes"),
      sent("tags", { kind: "array", items: { kind: "string" } }, "no"),
      sent("parts", { kind: "array", items: { kind: "object", schema: "NewPart" } }, "no"),
    ],
    schemas: [
      {
        name: "NewWidget",
        fields: [
          sent("name", { kind: "string" }, "yes"),
          sent("mode", { kind: "string" }, "no", { enum: ["fast", "slow", "idle"], default: "fast" }),
          sent("size", { kind: "integer" }, "yes", { minimum: 1, maximum: 500 }),
        ],
      },
      {
        name: "NewPart",
        fields: [
          sent("part_id", { kind: "string" }, "yes"),
          sent("weight", { kind: "long" }, "no"),
          sent("spare", { kind: "boolean" }, "no"),
        ],
      },
    ],
  },
  responses: [
    {
      status: "200",
      headers: [field("X-Request-Id", { kind: "string" }), field("X-Widget-Count", { kind: "integer" })],
      fields: [
        field("job_id", { kind: "string" }),
        field("widgets", { kind: "array", items: { kind: "object", schema: "Widget" } }),
      ],
    },
    {
      status: "400",
      fields: [field("error_code", { kind: "string" }), field("error_msg", { kind: "string" })],
    },
  ],
  schemas: [
    {
      name: "Widget",
      fields: [
        field("id", { kind: "string" }),
        field("state", { kind: "string" }, { enum: ["new", "used", "lost"] }),
        field("weight", { kind: "number" }),
      ],
    },
  ],
  example: { job_id: "j-1", widgets: [{ id: "w-1", state: "new", weight: 1.5 }] },
};
