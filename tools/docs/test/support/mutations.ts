import type { ModelField, ModelType, PageModel } from "./model.ts";

/** One fact of a page changed, and what must be found. */
export interface Mutation {
  readonly page: PageModel;
  readonly expected: { readonly where: string; readonly difference: string; readonly severity: string };
  /** Facts that a rendering cannot show without its marks. */
  readonly needsMarks?: true;
}

type Edit = (field: ModelField) => readonly ModelField[];

/** Every fact of a page, changed in every way in which it can. */
export function* mutationsOf(page: PageModel): Generator<Mutation> {
  const expect = (where: string, difference: string, severity: string) => ({ where, difference, severity });
  for (const place of placesOf(page)) {
    const { field, where, isRequest } = place;
    const edit = (change: Edit): PageModel => place.edit(change);
    const set = (facts: Partial<ModelField>) => edit((each) => [{ ...each, ...facts }]);
    const shown = show(field.type, place.names);
    if (field.in !== "path") {
      if (place.siblings > 1)
        yield { page: edit(() => []), expected: expect(where, `- ${shown}`, "breaking") };
      const added = { ...blank(field.in), name: "brand_new" };
      yield {
        page: edit((each) => (each.type.items?.fields === undefined ? [each, added] : [added, each])),
        expected: expect(`${place.parent}.brand_new`, "+ string", "compatible"),
      };
    }
    const renamed = `${field.name}_renamed`;
    const withPath = (model: PageModel) =>
      field.in === "path" ? { ...model, path: model.path.replace(`{${field.name}}`, `{${renamed}}`) } : model;
    yield {
      page: withPath(set({ name: renamed })),
      expected: expect(where, `${field.name} → ${renamed}`, "breaking"),
    };
    for (const [type, name] of otherTypes(field.type, page.site)) {
      const other = isPlain(field.type) && isPlain(type) ? { type } : { type };
      yield { page: set(other), expected: expect(`${where}.type`, `${shown} → ${name}`, "breaking") };
    }
    if (isRequest && field.in !== "path")
      yield {
        page: set({ required: field.required === "yes" ? "no" : "yes" }),
        expected: expect(
          `${where}.required`,
          `${field.required} → ${field.required === "yes" ? "no" : "yes"}`,
          // What need not be sent any more breaks nobody.
          field.required === "yes" ? "compatible" : "breaking",
        ),
        needsMarks: true,
      };
    const values = field.enum ?? [];
    if (values.length > 1) {
      for (const value of values) {
        yield {
          page: set({ enum: values.filter((each) => each !== value) }),
          expected: expect(`${where}.enum`, `- ${value}`, "breaking"),
        };
        const fresh = /^\d+$/.test(value) ? `${value}7` : `${value}_X`;
        yield {
          page: set({ enum: values.map((each) => (each === value ? fresh : each)) }),
          expected: expect(`${where}.enum`, `${value} → ${fresh}`, "breaking"),
        };
      }
      const fresh = /^\d+$/.test(values[0] ?? "") ? "777" : "FRESH";
      yield {
        page: set({ enum: [...values, fresh] }),
        expected: expect(`${where}.enum`, `+ ${fresh}`, "compatible"),
      };
    }
    if (field.default !== undefined) {
      const other = /^\d+$/.test(field.default)
        ? `1${field.default}`
        : field.default === "false"
          ? "true"
          : "zh-tw";
      yield {
        page: set({ default: other }),
        expected: expect(`${where}.default`, `${field.default} → ${other}`, "compatible"),
      };
      yield {
        page: set({ default: undefined }),
        expected: expect(`${where}.default`, `- ${field.default}`, "compatible"),
      };
    }
    if (field.maximum !== undefined) {
      yield {
        page: set({ maximum: field.maximum + 1 }),
        expected: expect(`${where}.maximum`, `${field.maximum} → ${field.maximum + 1}`, "compatible"),
      };
      yield {
        page: set({ maximum: field.maximum - 1 }),
        expected: expect(`${where}.maximum`, `${field.maximum} → ${field.maximum - 1}`, "breaking"),
      };
      yield {
        page: set({ maximum: undefined }),
        expected: expect(`${where}.maximum`, `- ${field.maximum}`, "compatible"),
      };
    }
    if (field.minimum !== undefined)
      yield {
        page: set({ minimum: field.minimum + 1 }),
        expected: expect(`${where}.minimum`, `${field.minimum} → ${field.minimum + 1}`, "breaking"),
      };
    if (field.length !== undefined)
      yield {
        page: set({ length: field.length * 2 }),
        expected: expect(`${where}.length`, `${field.length} → ${field.length * 2}`, "breaking"),
      };
  }
  if (page.site === "alibabacloud") {
    yield {
      page: { ...page, name: `${page.name}V2` },
      expected: expect("action", `${page.name} → ${page.name}V2`, "breaking"),
    };
    return;
  }
  const method = page.method === "POST" ? "PUT" : "POST";
  yield {
    page: { ...page, method },
    expected: expect("method", `${page.method} → ${method}`, "breaking"),
  };
  for (const path of [
    page.path.replace(/\/v(\d)/, "/v9"),
    `${page.path}/more`,
    page.path.replace("jobs", "tasks"),
  ])
    yield { page: { ...page, path }, expected: expect("path", `${page.path} → ${path}`, "breaking") };
  for (const { name } of page.schemas)
    yield { page: renameSchema(page, name), expected: expect(name, `${name} → ${name}New`, "naming") };
  const [success] = page.responses;
  yield {
    page: { ...page, responses: [...page.responses, { status: "409", fields: [] }] },
    expected: expect("response.409", "+ 409", "compatible"),
  };
  for (const { status } of page.responses.filter((response) => response !== success)) {
    yield {
      page: { ...page, responses: page.responses.filter((response) => response.status !== status) },
      expected: expect(`response.${status}`, `- ${status}`, "compatible"),
    };
    yield {
      page: {
        ...page,
        responses: page.responses.map((response) =>
          response.status === status ? { ...response, status: "422" } : response,
        ),
      },
      expected: expect(`response.${status}`, `${status} → 422`, "compatible"),
    };
  }
}

interface FieldPlace {
  readonly field: ModelField;
  readonly where: string;
  readonly parent: string;
  readonly isRequest: boolean;
  readonly names: Readonly<Record<string, string>>;
  readonly siblings: number;
  readonly edit: (change: Edit) => PageModel;
}

function* placesOf(page: PageModel): Generator<FieldPlace> {
  const replace = (fields: readonly ModelField[], field: ModelField, change: Edit) =>
    fields.flatMap((each) => (each === field ? change(each) : [each]));
  // What the specification calls structures that Alibaba Cloud's pages leave without a name.
  const names = { Jobs: "Job" };
  for (const field of page.parameters)
    yield {
      field,
      where: `${field.in}.${field.name}`,
      parent: field.in,
      isRequest: true,
      names,
      siblings: page.parameters.filter((each) => each.in === field.in).length,
      edit: (change) => ({ ...page, parameters: replace(page.parameters, field, change) }),
    };
  for (const response of page.responses) {
    const setFields = (fields: readonly ModelField[]): PageModel => ({
      ...page,
      responses: page.responses.map((each) => (each === response ? { ...response, fields } : each)),
    });
    for (const field of response.fields) {
      const parent = `response.${response.status}`;
      yield {
        field,
        where: `${parent}.${field.name}`,
        parent,
        isRequest: false,
        names,
        siblings: response.fields.length,
        edit: (change) => setFields(replace(response.fields, field, change)),
      };
      const inner = field.type.items?.fields ?? [];
      for (const child of inner.slice(0, -1)) {
        const nested = `${parent}.${field.name}[]`;
        const edit = (change: Edit) =>
          setFields(
            replace(response.fields, field, (each) => [
              {
                ...each,
                type: { ...each.type, items: { kind: "object", fields: replace(inner, child, change) } },
              },
            ]),
          );
        yield {
          field: child,
          where: `${nested}.${child.name}`,
          parent: nested,
          isRequest: false,
          names,
          siblings: inner.length,
          edit,
        };
      }
    }
  }
  yield* sentPlaces(page, names);
  for (const response of page.responses)
    for (const field of response.headers ?? [])
      yield {
        field,
        where: `response.${response.status}.header.${field.name}`,
        parent: `response.${response.status}.header`,
        isRequest: false,
        names,
        siblings: response.headers?.length ?? 0,
        edit: (change) => ({
          ...page,
          responses: page.responses.map((each) =>
            each === response ? { ...each, headers: replace(response.headers ?? [], field, change) } : each,
          ),
        }),
      };
  for (const schema of page.schemas) {
    for (const field of schema.fields) {
      const edit = (change: Edit) => ({
        ...page,
        schemas: page.schemas.map((each) =>
          each === schema ? { ...schema, fields: replace(schema.fields, field, change) } : each,
        ),
      });
      yield {
        field,
        where: `${schema.name}.${field.name}`,
        parent: schema.name,
        isRequest: false,
        names,
        siblings: schema.fields.length,
        edit,
      };
    }
  }
}

/** The fields of a request's body, and of its structures. */
function* sentPlaces(page: PageModel, names: FieldPlace["names"]): Generator<FieldPlace> {
  const { body } = page;
  if (body === undefined) return;
  const replace = (fields: readonly ModelField[], field: ModelField, change: Edit) =>
    fields.flatMap((each) => (each === field ? change(each) : [each]));
  const place = (
    field: ModelField,
    parent: string,
    siblings: number,
    edit: FieldPlace["edit"],
  ): FieldPlace => ({
    field,
    where: `${parent}.${field.name}`,
    parent,
    isRequest: true,
    names,
    siblings,
    edit,
  });
  for (const field of body.fields)
    yield place(field, "body", body.fields.length, (change) => ({
      ...page,
      body: { ...body, fields: replace(body.fields, field, change) },
    }));
  for (const schema of body.schemas)
    for (const field of schema.fields)
      yield place(field, schema.name, schema.fields.length, (change) => ({
        ...page,
        body: {
          ...body,
          schemas: body.schemas.map((each) =>
            each === schema ? { ...schema, fields: replace(schema.fields, field, change) } : each,
          ),
        },
      }));
}

const blank = (where: string): ModelField => ({
  in: where,
  name: "",
  type: { kind: "string" },
  required: where === "" ? undefined : "no",
  enum: undefined,
  default: undefined,
  minimum: undefined,
  maximum: undefined,
  length: undefined,
});

const isPlain = ({ kind }: ModelType): boolean => kind !== "array" && kind !== "object";

function otherTypes(type: ModelType, site: PageModel["site"]): [ModelType, string][] {
  if (type.kind === "array" && type.items?.kind === "object") {
    if (type.items.schema !== undefined)
      return [[{ kind: "object", schema: type.items.schema }, type.items.schema]];
    return [];
  }
  if (type.kind === "array")
    return [
      [{ kind: "array", items: { kind: "long" } }, "array of integer(int64)"],
      [{ kind: "string" }, "string"],
    ];
  if (type.kind === "object")
    return type.schema === undefined ? [] : [[{ kind: "array", items: type }, `array of ${type.schema}`]];
  const others: [ModelType, string][] = [
    [{ kind: "string" }, "string"],
    [{ kind: "long" }, "integer(int64)"],
    [{ kind: "boolean" }, "boolean"],
    [{ kind: "array", items: { kind: "string" } }, "array of string"],
  ];
  return others.filter(
    ([other]) => other.kind !== type.kind && !(site === "alibabacloud" && other.kind === "array"),
  );
}

function show({ kind, schema, items }: ModelType, names: Readonly<Record<string, string>>): string {
  if (kind === "array")
    return items === undefined
      ? "array"
      : `array of ${items.kind === "object" ? (items.schema ?? names.Jobs) : show(items, names)}`;
  if (kind === "object") return schema ?? "object";
  return kind === "long" ? "integer(int64)" : kind;
}

function renameSchema(page: PageModel, name: string): PageModel {
  const fresh = `${name}New`;
  const type = (each: ModelType): ModelType => ({
    ...each,
    schema: each.schema === name ? fresh : each.schema,
    items: each.items && type(each.items),
  });
  const fields = (all: readonly ModelField[]) => all.map((field) => ({ ...field, type: type(field.type) }));
  return {
    ...page,
    responses: page.responses.map((response) => ({ ...response, fields: fields(response.fields) })),
    schemas: page.schemas.map((schema) => ({
      name: schema.name === name ? fresh : schema.name,
      fields: fields(schema.fields),
    })),
  };
}
