/** JSON Schema 2020-12 over a service's specification: what its requests and answers must be. */

import { at } from "@typedcloud/runtime/mocks";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { coerced } from "./coerced.js";
import type { ServiceData } from "./services.js";

/** A JSON Schema, as far as it is looked into. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly "x-open-enum"?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

interface OpenApiParameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

/** The schemas of one service. */
export class Schemas {
  readonly #document: ServiceData["document"];
  readonly #ajv = new Ajv2020({ strict: false, validateSchema: false, logger: false, ownProperties: true });
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor({ document }: ServiceData) {
    this.#document = document;
    // The module is CommonJS: Node gives the function as `default`, whose own `default` is the same function.
    addFormats.default(this.#ajv, { mode: "fast" });
    this.#ajv.addSchema(document, DOCUMENT);
  }

  /** What is wrong with an answer; undefined if nothing is, or nothing is documented about it. */
  problemWithAnswer(path: string, method: string, status: number, body: unknown): string | undefined {
    const pointer = this.#response(path, method, status);
    if (!pointer) return `status ${status} is not documented`;
    const schema = [...pointer, "content", "application/json", "schema"];
    return this.#value(schema) === undefined ? undefined : this.#problem(schema, body);
  }

  /** Is something documented about answers of this status? */
  documents(path: string, method: string, status: number): boolean {
    return this.#response(path, method, status) !== undefined;
  }

  /** Must a request have a body? */
  needsBody(path: string, method: string): boolean {
    const pointer = this.#follow(["paths", path, method, "requestBody"]);
    return pointer !== undefined && this.#value([...pointer, "required"]) === true;
  }

  /** What is wrong with a JSON body that came with a request. */
  problemWithBody(path: string, method: string, body: unknown): string | undefined {
    const pointer = this.#follow(["paths", path, method, "requestBody"]);
    const schema = pointer && [...pointer, "content", "application/json", "schema"];
    return schema && this.#value(schema) !== undefined ? this.#problem(schema, body) : undefined;
  }

  /** What is wrong with the values in a path. */
  problemWithPath(
    path: string,
    method: string,
    values: Readonly<Record<string, string>>,
  ): string | undefined {
    for (const [name, pointer] of this.#parameters(path, method, "path")) {
      const value = values[name];
      const problem =
        value === undefined
          ? undefined
          : this.#problem([...pointer, "schema"], this.#coerced(value, [...pointer, "schema"]));
      if (problem) return `${name}: ${problem}`;
    }
    return undefined;
  }

  /** What is wrong with the lists in a query and with their members, which count from 1 as they do on the wire. */
  problemWithLists(
    path: string,
    method: string,
    query: Readonly<Record<string, unknown>>,
  ): string | undefined {
    for (const [name, pointer] of this.#parameters(path, method, "query")) {
      const list = Object.hasOwn(query, name) ? query[name] : undefined;
      if (!Array.isArray(list)) continue;
      const schema = [...pointer, "schema"];
      const error = this.#error(schema, this.#coerced(list, schema));
      if (!error) continue;
      const place = error.instancePath.replace(/\/(\d+)(?=\/|$)/g, (_, index) => `/${Number(index) + 1}`);
      return `${name}${place.replaceAll("/", ".")} ${error.message ?? "is wrong"}`;
    }
    return undefined;
  }

  /** The first parameter of the query that is documented as required and missing. */
  missing(path: string, method: string, given: Readonly<Record<string, unknown>>): string | undefined {
    return [...this.#parameters(path, method, "query")].find(
      ([name, pointer]) => this.#value([...pointer, "required"]) === true && !Object.hasOwn(given, name),
    )?.[0];
  }

  /** The status of success. */
  success(path: string, method: string): string {
    const responses = this.#value(["paths", path, method, "responses"]);
    const statuses = typeof responses === "object" && responses !== null ? Object.keys(responses) : [];
    return statuses.find((status) => /^2\d\d$/.test(status)) ?? "200";
  }

  /** The schema of a successful answer. */
  answerSchema(path: string, method: string): Schema | undefined {
    const pointer = this.#follow(["paths", path, method, "responses", this.success(path, method)]);
    return pointer && this.schemaAt([...pointer, "content", "application/json", "schema"]);
  }

  /** The schema of a field, by its dotted path; of a list, that of its items. */
  field(schema: Schema | undefined, path: string): Schema | undefined {
    let here = this.resolve(schema);
    for (const name of path.split(".")) {
      while (here?.items) here = this.resolve(here.items);
      here = this.resolve(here?.properties?.[name]);
    }
    return here;
  }

  /** What a schema refers to. Fields beside a `$ref` are descriptions. */
  resolve(schema: Schema | undefined): Schema | undefined {
    let here = schema;
    while (here?.$ref !== undefined) here = this.schemaAt(here.$ref.split("/").slice(1).map(fromPointer));
    return here;
  }

  schemaAt(pointer: readonly string[]): Schema | undefined {
    const value = this.#value(pointer);
    return typeof value === "object" && value !== null ? value : undefined;
  }

  #response(path: string, method: string, status: number): readonly string[] | undefined {
    for (const key of [String(status), `${Math.floor(status / 100)}XX`, "default"]) {
      const pointer = this.#follow(["paths", path, method, "responses", key]);
      if (pointer) return pointer;
    }
    return undefined;
  }

  *#parameters(path: string, method: string, where: string): Generator<readonly [string, readonly string[]]> {
    for (const owner of [
      ["paths", path],
      ["paths", path, method],
    ]) {
      const list = this.#value([...owner, "parameters"]);
      if (!Array.isArray(list)) continue;
      for (const index of list.keys()) {
        const pointer = this.#follow([...owner, "parameters", String(index)]) ?? [];
        const parameter = this.#value(pointer) as OpenApiParameter; // the generator has checked it
        if (parameter.in === where) yield [parameter.name, pointer];
      }
    }
  }

  /** The place that a reference leads to; the place itself if it is none. Undefined if there is nothing. */
  #follow(pointer: readonly string[]): readonly string[] | undefined {
    const value = this.#value(pointer);
    const reference = at(value, "$ref");
    if (typeof reference === "string") return this.#follow(reference.split("/").slice(1).map(fromPointer));
    return value === undefined ? undefined : pointer;
  }

  #value(pointer: readonly string[]): unknown {
    let here: unknown = this.#document;
    for (const key of pointer)
      here =
        typeof here === "object" && here !== null && Object.hasOwn(here, key)
          ? Reflect.get(here, key)
          : undefined;
    return here;
  }

  #coerced(value: unknown, pointer: readonly string[]): unknown {
    return coerced(value, this.schemaAt(pointer), (schema) => this.resolve(schema));
  }

  #problem(pointer: readonly string[], value: unknown): string | undefined {
    const error = this.#error(pointer, value);
    if (!error) return undefined;
    return `${error.instancePath.slice(1).replaceAll("/", ".")} ${error.message ?? "is wrong"}`.trim();
  }

  #error(
    pointer: readonly string[],
    value: unknown,
  ): Pick<ErrorObject, "instancePath" | "message"> | undefined {
    const $ref = `${DOCUMENT}#/${pointer.map(toPointer).join("/")}`;
    let validate = this.#compiled.get($ref);
    if (!validate) {
      validate = this.#ajv.compile({ $ref });
      this.#compiled.set($ref, validate);
    }
    return validate(value) ? undefined : (validate.errors?.[0] ?? { instancePath: "" });
  }
}

const DOCUMENT = "specification:";

const toPointer = (key: string): string =>
  encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));
const fromPointer = (key: string): string =>
  decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~");
