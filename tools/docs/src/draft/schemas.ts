import type { Field, PageFacts, Type, Value } from "../facts.ts";
import { singular } from "./singular.ts";

/** A part of the document that is written. */
export type Tree = Readonly<Record<string, unknown>>;

const PLACEHOLDER = "To be described.";
const JOB_STATUS = "JobStatus";
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Builds the schemas of a draft. */
export class Schemas {
  readonly #page: PageFacts;
  readonly #operation: string;
  /** Of success: it shows nothing of errors. */
  #example: unknown;
  readonly #schemas = new Map<string, Tree>();
  readonly #open = new Set<string>();
  /** Lists of values that several fields share, by their values. */
  readonly #shared: Map<string, { readonly name: string; readonly values: readonly Value[] }>;
  #job:
    | {
        readonly fields: readonly Field[];
        readonly id: string;
        readonly status: string;
        readonly words: readonly Value[];
        readonly isRoot: boolean;
      }
    | undefined;

  constructor(page: PageFacts, operation: string, example: unknown) {
    this.#page = page;
    this.#operation = operation;
    this.#example = example;
    this.#shared = this.#findShared();
  }

  get all(): Tree {
    return Object.fromEntries(this.#schemas);
  }

  /** Fields that are objects of which the page says nothing more. */
  get open(): readonly string[] {
    return [...this.#open];
  }

  fieldsOf(type: Type | undefined): readonly Field[] {
    return type?.fields ?? this.#page.schemas.find(({ name }) => name === type?.schema)?.fields ?? [];
  }

  /** The words of a job's status: beside the field, beside the filter, or in the example. */
  statusWords(item: Type | undefined, status: string, decisions: string[]): readonly Value[] {
    const own = this.fieldsOf(item).find(({ name }) => name === status)?.enum?.value;
    const filter = this.#page.parameters.find(({ name }) => name === status)?.enum?.value;
    if (own !== undefined || filter !== undefined) return own ?? filter ?? [];
    const shown = [...valuesOf(this.#example, status)].filter((value) => typeof value === "string");
    const decision = `the statuses: the page lists none; ${shown.join(", ")} ${shown.length === 1 ? "is" : "are"} from its example`;
    if (shown.length > 0 && !decisions.includes(decision)) decisions.push(decision);
    return shown;
  }

  setJob(item: Type | undefined, id: string, status: string, words: readonly Value[], isRoot: boolean): void {
    this.#job = { fields: this.fieldsOf(item), id, status, words, isRoot };
    // The same list is one, wherever it stands: beside the filter of the request, too.
    this.#shared.set(keyOf(words), { name: JOB_STATUS, values: words });
  }

  root(type: Type): Tree {
    // Where the answer is the job itself, it is called so.
    return this.#body(type, this.#job?.isRoot ? "Job" : `${this.#operation}Response`, false);
  }

  request(type: Type): Tree {
    return this.#body(type, `${this.#operation}Request`, true);
  }

  /** A body without fields, or one that is no object, is no structure. */
  #body(type: Type, name: string, isRequest: boolean): Tree {
    const fields = type.kind === "object" ? this.fieldsOf(type) : [];
    return fields.length > 0 ? this.#named(name, fields, isRequest) : this.#type(type, name, isRequest, {});
  }

  /**
   * Errors that look alike are one.
   *
   * @param shown the example of this error: what success shows says nothing about it
   */
  error(type: Type, shown?: unknown): Tree {
    const example = this.#example;
    this.#example = shown;
    const isNamed = type.kind === "object" && this.fieldsOf(type).length > 0;
    const tree = isNamed
      ? this.#object(this.fieldsOf(type), false)
      : this.#type(type, "ErrorBody", false, {});
    this.#example = example;
    return isNamed ? this.#once("ErrorBody", tree) : tree;
  }

  /** The same schema is there once; another one of that name, or of a structure's of the page, gets a number. */
  #once(name: string, tree: Tree): Tree {
    const isOther = (free: string) =>
      this.#page.schemas.some((schema) => schema.name === free) ||
      (this.#schemas.has(free) && JSON.stringify(this.#schemas.get(free)) !== JSON.stringify(tree));
    let free = name;
    for (let count = 2; isOther(free); count++) free = `${name}${count}`;
    this.#schemas.set(free, tree);
    return ref(free);
  }

  #named(name: string, fields: readonly Field[], isRequest: boolean): Tree {
    if (!this.#schemas.has(name)) {
      // Its place is taken first: a structure may contain itself.
      this.#schemas.set(name, {});
      this.#schemas.set(name, this.#object(fields, isRequest));
    }
    return ref(name);
  }

  #object(fields: readonly Field[], isRequest: boolean): Tree {
    const job = this.#job;
    const isJob =
      job !== undefined &&
      (fields === job.fields || (job.fields.length > 2 && looksLike(fields, job.fields)));
    const required = isJob
      ? [job.id, job.status]
      : fields.filter((field) => field.required === "yes").map(({ name }) => name);
    return {
      type: "object",
      ...(required.length > 0 ? { required } : {}),
      ...(fields.length > 0 && {
        properties: Object.fromEntries(
          fields.map((field) => [field.name, this.#property(field, isJob, isRequest)]),
        ),
      }),
    };
  }

  #property(field: Field, isJob: boolean, isRequest: boolean): Tree {
    const job = this.#job;
    if (isJob && job !== undefined && field.name === job.status)
      return { description: PLACEHOLDER, ...this.#list(JOB_STATUS, job.words) };
    const schema = this.schemaOf(field, isRequest);
    if ("$ref" in schema) return { description: PLACEHOLDER, ...schema };
    const { type, ...rest } = schema;
    return { type, description: PLACEHOLDER, ...rest };
  }

  #list(name: string, values: readonly Value[]): Tree {
    return this.#once(name, { type: "string", description: PLACEHOLDER, enum: values });
  }

  /** The schema of a parameter or a field. */
  schemaOf(field: Field, isRequest: boolean): Tree {
    const shared =
      field.enum === undefined || field.type.kind !== "string"
        ? undefined
        : this.#shared.get(keyOf(field.enum.value));
    if (shared !== undefined && field.default === undefined) return this.#list(shared.name, shared.values);
    const { minItems, maxItems } = field;
    if (this.#isOpen(field.type) && !this.#isStep(field.name)) this.#open.add(field.name);
    return {
      ...this.#type(field.type, field.name, isRequest, this.#facts(field, isRequest)),
      ...(isRequest && minItems !== undefined && { minItems: minItems.value }),
      ...(isRequest && maxItems !== undefined && { maxItems: maxItems.value }),
    };
  }

  #isOpen({ kind, items, ...type }: Type): boolean {
    if (kind === "array") return items === undefined || this.#isOpen(items);
    // A name without a table is told where the page is read.
    return kind === "object" && type.schema === undefined && this.fieldsOf({ kind, ...type }).length === 0;
  }

  /** "The same as the main job": the only structure that a job's steps can have. */
  readonly #isStep = (name: string): boolean =>
    /^sub_?(?:job|task)s?$/i.test(name) && this.#job?.isRoot === true;

  #facts(field: Field, isRequest: boolean): Tree {
    const isString = field.type.kind === "string";
    const hasLength =
      field.pattern !== undefined &&
      /\{\d/.test(field.pattern.value) &&
      field.minLength?.value === field.maxLength?.value;
    const min = field.minLength ?? (field.nonEmpty && { value: 1 });
    return {
      ...(field.enum === undefined ? {} : { enum: field.enum.value }),
      ...(isString || field.minimum === undefined ? {} : { minimum: field.minimum.value }),
      ...(isString || field.maximum === undefined ? {} : { maximum: field.maximum.value }),
      ...(isRequest && isString && min !== undefined && !hasLength ? { minLength: min.value } : {}),
      ...(isRequest && isString && field.maxLength !== undefined && !hasLength
        ? { maxLength: field.maxLength.value }
        : {}),
      ...(isRequest && isString && field.pattern !== undefined ? { pattern: field.pattern.value } : {}),
      ...(field.default === undefined ? {} : { default: field.default.value }),
    };
  }

  #type(type: Type, name: string, isRequest: boolean, facts: Tree): Tree {
    switch (type.kind) {
      case "array":
        return {
          type: "array",
          items: type.items === undefined ? {} : this.#type(type.items, singular(name), isRequest, facts),
        };
      case "map":
        return {
          type: "object",
          additionalProperties: type.items === undefined ? true : this.#type(type.items, name, isRequest, {}),
        };
      case "object": {
        const fields = this.fieldsOf(type);
        if (type.schema !== undefined)
          return this.#named(type.schema.replace(/[^\w.-]/g, "_"), fields, isRequest);
        if (fields.length > 0) return this.#named(pascal(name), fields, isRequest);
        if (this.#isStep(name)) return ref("Job");
        return { type: "object" };
      }
      case "any":
        return { type: "string" };
      default:
        return {
          type: this.#nullable(type.kind, name, isRequest),
          ...formatOf(type, isRequest ? undefined : [...valuesOf(this.#example, name)]),
          ...facts,
        };
    }
  }

  #nullable(kind: string, name: string, isRequest: boolean): string | readonly string[] {
    return !isRequest && valuesOf(this.#example, name).has(null) ? [kind, "null"] : kind;
  }

  /** Lists that stand beside several fields get one schema, called after the field. */
  #findShared() {
    const fields = [
      ...this.#page.parameters,
      ...this.#page.responses.flatMap(({ body }) => deep(body)),
      ...this.#page.schemas.flatMap((schema) => schema.fields),
    ];
    const found = new Map<string, { name: string; values: readonly Value[]; count: number }>();
    for (const { name, enum: list } of fields) {
      if (list === undefined || list.value.length === 0) continue;
      const key = keyOf(list.value);
      // As it stands where it stands first: elsewhere it may have another order.
      const first = found.get(key) ?? { name: pascal(name), values: list.value, count: 0 };
      found.set(key, { ...first, count: first.count + 1 });
    }
    return new Map([...found].filter(([, { count }]) => count > 1));
  }
}

function* deepFields(type: Type | undefined): Generator<Field> {
  for (const field of type?.fields ?? []) {
    yield field;
    yield* deepFields(field.type);
  }
  if (type?.items !== undefined) yield* deepFields(type.items);
}
const deep = (type: Type | undefined): Field[] => [...deepFields(type)];

const ref = (name: string): Tree => ({ $ref: `#/components/schemas/${name}` });
const keyOf = (values: readonly Value[]): string => values.map(String).toSorted().join(",");
const pascal = (name: string): string =>
  name
    .replace(/(?:^|[^A-Za-z0-9])([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase())
    .replace(/[^A-Za-z0-9]/g, "");

/** Steps of a job have nearly the fields of the job. */
const looksLike = (fields: readonly Field[], others: readonly Field[]): boolean =>
  fields.filter(({ name }) => others.some((other) => other.name === name)).length >= 0.8 * others.length;

function formatOf({ kind, format }: Type, shown: readonly unknown[] | undefined): Tree {
  if (format === "int64" && shown?.some((value) => typeof value === "number" && value > 1e12 && value < 4e12))
    return { format, "x-unit": "ms" };
  if (format !== undefined) return { format };
  const isTime =
    kind === "string" &&
    shown !== undefined &&
    shown.length > 0 &&
    shown.every((value) => typeof value === "string" && DATE_TIME.test(value));
  return isTime ? { format: "date-time" } : {};
}

/** Every value that the example has under a key. */
function valuesOf(example: unknown, name: string, found = new Set<unknown>()): Set<unknown> {
  if (typeof example !== "object" || example === null) return found;
  for (const [key, value] of Object.entries(example)) {
    if (key === name) found.add(value);
    valuesOf(value, name, found);
  }
  return found;
}

/** An example for a page that has none. */
export function sample({ kind, fields }: Type): unknown {
  switch (kind) {
    case "integer":
    case "number":
      return 1;
    case "boolean":
      return true;
    case "array":
      return [];
    case "object":
    case "map":
      return Object.fromEntries(
        (fields ?? []).map(({ name, type, enum: values }) => [name, values?.value[0] ?? sample(type)]),
      );
    default:
      return "string";
  }
}
