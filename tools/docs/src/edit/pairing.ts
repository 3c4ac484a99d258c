import type { Place } from "typedcloud/checked";
import type { Field, PageFacts, Type } from "../facts.ts";
import type { SpecFacts } from "../spec/facts.ts";
import { fieldsOf } from "../spec/schema.ts";

/** An object that page and specification both describe. */
export interface ObjectPair {
  /** As findings call it: `MainJob`, `response.200`, `response.200.Jobs[]`, `body`. */
  readonly where: string;
  readonly page: readonly Field[];
  /** The specification's definition. */
  readonly spec: Place;
  readonly isRequest: boolean;
}

/** A parameter or a field, as far as either side has it. */
export interface FieldPair {
  readonly page: Field | undefined;
  readonly spec: Field<Place> | undefined;
  /** The object that it is a field of; nothing for parameters. */
  readonly object: ObjectPair | undefined;
  readonly isRequest: boolean;
}

/** What page and specification say of the same thing, under the names that findings use. */
export class Pairing {
  readonly #page: PageFacts;
  readonly #objects = new Map<string, ObjectPair>();
  readonly #fields = new Map<string, FieldPair>();
  readonly #seen = new Set<string>();

  constructor(page: PageFacts, spec: SpecFacts) {
    this.#page = page;
    for (const theirs of spec.parameters)
      this.#fields.set(`${theirs.in}.${theirs.name}`, {
        page: undefined,
        spec: theirs,
        object: undefined,
        isRequest: true,
      });
    for (const mine of page.parameters) {
      const where = `${mine.in}.${mine.name}`;
      const theirs = this.#fields.get(where)?.spec;
      this.#fields.set(where, { page: mine, spec: theirs, object: undefined, isRequest: true });
      if (theirs !== undefined) this.#type(mine.type, theirs.type, where, true);
    }
    if (page.body !== undefined && spec.body !== undefined) this.#type(page.body, spec.body, "body", true);
    for (const { status, body } of page.responses) {
      const theirs = spec.responses.find((each) => each.status === status)?.body;
      if (body !== undefined && theirs !== undefined) this.#type(body, theirs, `response.${status}`, false);
    }
  }

  field(where: string): FieldPair | undefined {
    return this.#fields.get(where);
  }

  /** The object that a field's name begins with, and the name behind it. */
  member(where: string): { readonly object: ObjectPair; readonly name: string } | undefined {
    const at = where.lastIndexOf(".");
    const object = this.#objects.get(where.slice(0, at));
    return object && { object, name: where.slice(at + 1) };
  }

  /** What else of the page is described by the same definition. */
  sharing({ spec }: ObjectPair): ObjectPair[] {
    return [...this.#objects.values()].filter((each) => each.spec.pointer === spec.pointer);
  }

  #type(page: Type, spec: Type<Place>, where: string, isRequest: boolean): void {
    if (page.kind === "object" && spec.kind === "object") {
      this.#object(page, spec, where, isRequest);
      return;
    }
    // Structures are the same in a list and alone.
    const [mine, theirs] = [page.items ?? page, spec.items ?? spec];
    if (mine === page && theirs === spec) return;
    this.#type(
      mine,
      theirs,
      page.items === undefined ? where : `${where}${page.kind === "map" ? "{}" : "[]"}`,
      isRequest,
    );
  }

  #object(page: Type, spec: Type<Place>, path: string, isRequest: boolean): void {
    const mine = page.fields ?? this.#page.schemas.find(({ name }) => name === page.schema)?.fields;
    const place = spec.at.follow();
    if (mine === undefined || place === undefined) return;
    const where = page.schema === undefined ? path : (spec.schema ?? page.schema);
    const key = `${page.schema ?? path} ${place.pointer}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const object: ObjectPair = { where, page: mine, spec: place, isRequest };
    this.#objects.set(where, object);
    const theirs = fieldsOf(place);
    for (const name of new Set([...mine, ...theirs].map((field) => field.name))) {
      const [left, right] = [
        mine.find((each) => each.name === name),
        theirs.find((each) => each.name === name),
      ];
      this.#fields.set(`${where}.${name}`, { page: left, spec: right, object, isRequest });
      if (left !== undefined && right !== undefined)
        this.#type(left.type, right.type, `${where}.${name}`, isRequest);
    }
  }
}
