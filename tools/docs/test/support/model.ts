import { fileURLToPath } from "node:url";
import { check } from "typedcloud/checked";
import type { Field, Type } from "../../src/facts.ts";
import { readSpecFacts, type SpecFacts } from "../../src/spec/facts.ts";

/** The repository, wherever the tests run from. */
export const root = fileURLToPath(new URL("../../../../", import.meta.url));

export async function readOperations(): Promise<SpecFacts[]> {
  const { services, problems } = await check("specs", root);
  if (problems.length > 0) throw new Error(JSON.stringify(problems[0]));
  return services.flatMap((service) =>
    service.operations.map((operation) => readSpecFacts(service, operation)),
  );
}

/** What a page is rendered from: the facts in the words of pages, and nothing else. */
export interface PageModel {
  readonly site: "huaweicloud" | "alibabacloud";
  readonly name: string;
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly ModelField[];
  /** What a POST sends: its fields, and the structures that only it has. */
  readonly body?: {
    readonly fields: readonly ModelField[];
    readonly schemas: readonly ModelSchema[];
    readonly example?: unknown;
  };
  readonly responses: readonly {
    readonly status: string;
    readonly fields: readonly ModelField[];
    readonly headers?: readonly ModelField[];
  }[];
  readonly schemas: readonly ModelSchema[];
  readonly example: unknown;
}

export interface ModelSchema {
  readonly name: string;
  readonly fields: readonly ModelField[];
}

export interface ModelField {
  readonly in: string;
  readonly name: string;
  readonly type: ModelType;
  readonly required: "yes" | "no" | undefined;
  readonly enum: readonly string[] | undefined;
  readonly default: string | undefined;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly length: number | undefined;
}

export interface ModelType {
  readonly kind: "string" | "integer" | "long" | "boolean" | "number" | "object" | "array";
  readonly schema?: string | undefined;
  readonly items?: ModelType | undefined;
  readonly fields?: readonly ModelField[] | undefined;
}

/** The model of the page that a specification was written from. */
export function modelOf(spec: SpecFacts): PageModel {
  const isHuawei = spec.service.startsWith("huaweicloud-");
  const schemas = new Map(spec.schemas.map((schema) => [schema.name, schema]));
  const success = spec.responses.find(({ status }) => status === "200")?.body;
  const used: string[] = [];

  const typeOf = (type: Type<unknown>, parents: readonly string[]): ModelType => {
    if (type.kind === "array") return { kind: "array", items: type.items && typeOf(type.items, parents) };
    if (type.kind === "integer") return { kind: type.format === "int64" ? "long" : "integer" };
    if (type.kind === "string" || type.kind === "boolean" || type.kind === "number")
      return { kind: type.kind };
    const name = type.schema;
    // A structure within itself has no table of its own.
    if (name === undefined || parents.includes(name)) return { kind: "object" };
    const fields = () =>
      (schemas.get(name)?.fields ?? []).map((each) => fieldOf(each, "", [...parents, name]));
    if (!isHuawei) return { kind: "object", fields: fields() };
    if (!used.includes(name)) {
      used.push(name);
      tables.set(name, fields());
    }
    return { kind: "object", schema: name };
  };
  const tables = new Map<string, ModelField[]>();
  const fieldOf = (field: Field<unknown>, where: string, parents: readonly string[]): ModelField => ({
    in: where,
    name: field.name,
    type: typeOf(field.type, parents),
    required: where === "" ? undefined : where === "path" ? "yes" : field.required === "yes" ? "yes" : "no",
    enum: field.enum?.value.map(String),
    default: field.default === undefined ? undefined : String(field.default.value),
    minimum: field.minimum?.value,
    maximum: field.maximum?.value,
    length:
      Number(/\{(\d+)\}\$$/.exec(field.name === "project_id" ? (field.pattern?.value ?? "") : "")?.[1]) ||
      undefined,
  });
  const responses = spec.responses
    .filter(({ status }) => status !== "default")
    .map(({ status, body }) => {
      const name = body?.schema ?? "";
      return {
        status,
        fields: (schemas.get(name)?.fields ?? []).map((field) =>
          fieldOf(field, "", [success?.schema ?? "", name]),
        ),
      };
    });
  return {
    site: isHuawei ? "huaweicloud" : "alibabacloud",
    name: isHuawei
      ? spec.operation.replace(/^./, (letter) => letter.toUpperCase())
      : (spec.name?.value ?? ""),
    title: spec.title?.value ?? "",
    method: spec.method?.value ?? "GET",
    path: spec.path?.value ?? "/",
    parameters: spec.parameters.map((parameter) => fieldOf(parameter, parameter.in, [])),
    responses,
    schemas: used.map((name) => ({ name, fields: tables.get(name) ?? [] })),
    example: spec.examples[0]?.value,
  };
}
