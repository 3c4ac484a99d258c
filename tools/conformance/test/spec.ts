/** What an operation's specification says, read on its own: the generator's reading is under test. */

import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Operation } from "@typedcloud/runtime/operation";
import { parse } from "yaml";

/** What a call takes. */
export interface Arguments {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** An operation's facts. */
export interface Facts {
  readonly summary: string;
  /** The page that it comes from, and the page's date. */
  readonly page: string | undefined;
  readonly updated: string | undefined;
  /** The status of success. */
  readonly success: string;
  /** The examples by status. */
  readonly examples: Readonly<Record<string, unknown>>;
  /** As little as a call needs, but for what its client fills in. */
  readonly args: Arguments;
  /** A value for each query parameter. */
  readonly query: Readonly<Record<string, unknown>>;
}

/** The path parameter that clients fill in. */
const PROJECT = "project_id";

/** @param file the service's specification */
export function factsOf(file: string, { path, method }: Operation): Facts {
  const item = new Place(file, parsed(file)).get("paths").get(path);
  const operation = item.get(method);
  const responses = operation.get("responses").entries();
  const parameters = [item, operation].flatMap((owner) => owner.get("parameters").entries());
  const samples = (where: string, all = false) =>
    Object.fromEntries(
      parameters
        .map(([, parameter]) => parameter)
        .filter((parameter) => parameter.get("in").value === where)
        .filter((parameter) => all || parameter.get("required").value === true)
        .map((parameter) => [String(parameter.get("name").value), sampleOf(parameter)])
        .filter(([name]) => name !== PROJECT),
    );
  const body = operation.get("requestBody");
  const [media] = body.get("required").value === true ? body.get("content").entries() : [];
  const args: Arguments = {
    path: samples("path"),
    query: samples("query"),
    header: samples("header"),
    body: media && sampleOf(media[1]),
  };
  return {
    summary: String(operation.get("summary").value),
    page: operation.get("externalDocs").get("url").text,
    updated: operation.get("x-updated").text,
    success: responses.map(([status]) => status).find((status) => status.startsWith("2")) ?? "none",
    examples: Object.fromEntries(
      responses.map(([status, response]) => [
        status,
        response.get("content").get("application/json").get("example").value,
      ]),
    ),
    args: Object.fromEntries(
      Object.entries(args).filter(([, group]) => Object.keys(Object(group)).length > 0),
    ),
    query: samples("query", true),
  };
}

/** A value for a parameter, or for a body: its example, or one that its schema allows. */
function sampleOf(place: Place): unknown {
  return place.get("example").value ?? allowedBy(place.get("schema"));
}

function allowedBy(schema: Place): unknown {
  const given = [schema.get("example"), schema.get("default"), schema.get("enum").get("0")];
  const value = given.find((each) => each.value !== undefined)?.value;
  if (value !== undefined) return value;
  switch (schema.get("type").value) {
    case "integer":
    case "number":
      return schema.get("minimum").value ?? 1;
    case "boolean":
      return true;
    case "array":
      return [allowedBy(schema.get("items"))];
    case "object":
      return Object.fromEntries(
        schema
          .get("properties")
          .entries()
          .map(([name, property]) => [name, allowedBy(property)]),
      );
    default:
      return "some-value";
  }
}

/** A value in a file. What refers to another place is that place. */
class Place {
  readonly file: string;
  readonly value: unknown;

  constructor(file: string, value: unknown) {
    const reference = fieldOf(value, "$ref");
    if (typeof reference !== "string") {
      this.file = file;
      this.value = value;
      return;
    }
    const [path, pointer = ""] = reference.split("#");
    const target = path ? resolve(dirname(file), path) : file;
    const names = pointer.split("/").slice(1);
    const found = new Place(target, names.map(fromPointer).reduce(fieldOf, parsed(target)));
    this.file = found.file;
    this.value = found.value;
  }

  get(name: string): Place {
    return new Place(this.file, fieldOf(this.value, name));
  }

  entries(): [name: string, place: Place][] {
    return Object.keys(Object(this.value)).map((name) => [name, this.get(name)]);
  }

  get text(): string | undefined {
    return typeof this.value === "string" ? this.value : undefined;
  }
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;

const fromPointer = (name: string): string =>
  decodeURIComponent(name).replaceAll("~1", "/").replaceAll("~0", "~");

const files = new Map<string, unknown>();

function parsed(file: string): unknown {
  if (!files.has(file)) files.set(file, parse(readFileSync(file, "utf8")));
  return files.get(file);
}
