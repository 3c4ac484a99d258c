import { isDeepStrictEqual } from "node:util";
import type { Place } from "typedcloud/checked";
import { Schemas, type Tree } from "../draft/schemas.ts";
import type { Field, PageFacts, Type } from "../facts.ts";
import type { SpecFacts } from "../spec/facts.ts";
import { addField, type Edit } from "./edit.ts";

/** A schema that is not in the specification yet, and the edits that add the structures that it refers to. */
export interface Fresh {
  readonly schema: Tree;
  readonly edits: readonly Edit[];
}

const REF = "#/components/schemas/";

/** Writes what a page says about a field as a schema, with the structures that the specification has already. */
export class Writer {
  readonly #schemas: Schemas;
  readonly #components: Place;
  readonly #edits: Edit[] = [];
  /** What a structure of the draft is called in the specification. */
  readonly #names = new Map<string, string>();

  constructor(page: PageFacts, spec: SpecFacts) {
    const example = page.examples.find(
      ({ of, status }) => of === "response" && status?.startsWith("2"),
    )?.value;
    this.#schemas = new Schemas(page, spec.name?.value ?? spec.operation, example);
    this.#components = root(spec.place).at("components", "schemas");
  }

  field(field: Field, isRequest: boolean): Fresh {
    return this.#finish(this.#schemas.schemaOf(field, isRequest));
  }

  /** The body of an answer that tells of an error. */
  error(type: Type, example: unknown): Fresh {
    return this.#finish(this.#schemas.error(type, example));
  }

  #finish(tree: Tree): Fresh {
    const schema = this.#resolve(tree);
    return { schema, edits: this.#edits.splice(0) };
  }

  /** Replaces references to the draft's structures by those to the specification's; lists stand where they are used. */
  #resolve(tree: Tree): Tree {
    const { $ref: ref } = tree;
    if (typeof ref === "string") {
      const name = ref.slice(REF.length);
      const target = this.#schemas.all[name];
      if (!isTree(target)) return tree;
      return Array.isArray(target.enum)
        ? this.#list({ type: target.type, enum: target.enum })
        : { $ref: REF + this.#structure(name, target) };
    }
    if (Object.keys(tree).join() === "type,enum") return this.#list(tree);
    return Object.fromEntries(
      Object.entries(tree).map(([key, value]) => [
        key,
        isTree(value) && key !== "default" ? this.#resolve(value) : value,
      ]),
    );
  }

  /** The list that the specification has already, whatever it calls it. */
  #list(tree: Tree): Tree {
    const values = new Set(Array.isArray(tree.enum) ? tree.enum : []);
    const known = this.#components
      .children()
      .find((each) => isDeepStrictEqual(new Set(valuesAt(each)), values));
    return known === undefined ? tree : { $ref: REF + known.key };
  }

  #structure(name: string, tree: Tree): string {
    const done = this.#names.get(name);
    if (done !== undefined) return done;
    const fields = Object.keys(isTree(tree.properties) ? tree.properties : {});
    const isSame = (place: Place) =>
      isDeepStrictEqual(
        new Set(fields),
        new Set(
          place
            .at("properties")
            .children()
            .map(({ key }) => key),
        ),
      );
    let free = name;
    for (let count = 2; this.#components.has(free) && !isSame(this.#components.at(free)); count++)
      free = `${name}${count}`;
    // Before its fields: a structure may contain itself.
    this.#names.set(name, free);
    if (!this.#components.has(free))
      this.#edits.push(...addField(this.#components, free, this.#resolve(tree), { isApart: true }));
    return free;
  }
}

const root = (place: Place): Place => {
  let each = place;
  while (each.path.length > 0) each = each.parent;
  return each;
};

const isTree = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const valuesAt = (schema: Place): unknown[] =>
  schema
    .at("enum")
    .children()
    .map(({ value }) => value);
