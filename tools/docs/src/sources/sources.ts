import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { Document, isMap, parseDocument } from "yaml";
import type { PageFacts, Value } from "../facts.ts";
import { Failure } from "../failure.ts";
import { flatten } from "../flatten.ts";
import { isRecord } from "../record.ts";
import type { SpecFacts } from "../spec/facts.ts";
import { replace } from "./replace.ts";

/** What is stored about the page of one operation: its address, and its facts as they were last read. No text of it. */
export interface Source {
  readonly page?: string;
  /** The day of the page's edition, as it says itself. */
  readonly updated?: string;
  /** The day on which the facts were last found changed. */
  readonly read?: string;
  /** Of the facts. */
  readonly hash?: string;
  /** What the server said, so that it need not send the page again. */
  readonly etag?: string;
  readonly lastModified?: string;
  /** Of the specification that the page was held against when the server said so. */
  readonly against?: string;
  readonly facts?: Readonly<Record<string, Value>>;
}

export type Validators = Pick<Source, "etag" | "lastModified">;

const HEADER = ` The page of each operation, and the facts that it stated when it was last read: what a page no longer says is
 told by them. Facts only, none of the pages' text. Written by \`pnpm docs:update\` and \`pnpm run docs fetch\`.`;

/** \`specs/sources.yaml\`. */
export class Sources {
  readonly #path: string;
  readonly #document: Document;

  constructor(path: string) {
    this.#path = path;
    this.#document = existsSync(path) ? parseDocument(readFileSync(path, "utf8")) : new Document({});
    if (this.#document.errors.length > 0) throw new Failure(`${path}: ${this.#document.errors[0]?.message}`);
    this.#document.commentBefore = HEADER;
  }

  of(service: string, operation: string): Source {
    const node = this.#document.getIn([service, operation], true);
    const value: unknown = isMap(node) ? node.toJS(this.#document) : {};
    return isSource(value) ? value : {};
  }

  /** Every operation that has a page. */
  get all(): { readonly service: string; readonly operation: string; readonly source: Source }[] {
    const value: unknown = this.#document.toJS();
    if (!isRecord(value)) return [];
    return Object.entries(value).flatMap(([service, operations]) =>
      isRecord(operations)
        ? Object.keys(operations).map((operation) => ({
            service,
            operation,
            source: this.of(service, operation),
          }))
        : [],
    );
  }

  /** Stores what a page says; the day changes only if the facts do. */
  store(spec: SpecFacts, facts: PageFacts, today: string): void {
    const { service, operation, page: address } = spec;
    const known = this.of(service, operation);
    // An address that somebody has written here may be a better edition than the specification's.
    const page = known.page ?? address;
    // A page that is silent about something, cut short perhaps, does not unsay what the specification still says.
    const said = flatten(spec);
    const says = flatten(facts);
    const kept = Object.entries(known.facts ?? {}).filter(([name]) => said.has(name) && !says.has(name));
    const flat = Object.fromEntries([...says, ...kept]);
    const hash = hashOf(flat);
    const isSame = known.hash === hash;
    const updated = facts.updated?.value ?? known.updated;
    this.#put(service, operation, {
      ...known,
      ...(page === undefined ? {} : { page }),
      ...(updated === undefined ? {} : { updated }),
      read: isSame ? (known.read ?? today) : today,
      hash,
      facts: isSame ? (known.facts ?? flat) : flat,
    });
  }

  /** What makes the server send the page only if it is another one: good as long as the specification is the same. */
  validators(spec: SpecFacts): Validators {
    const { etag, lastModified, against } = this.of(spec.service, spec.operation);
    if (against !== factsHash(spec)) return {};
    return {
      ...(etag === undefined ? {} : { etag }),
      ...(lastModified === undefined ? {} : { lastModified }),
    };
  }

  remember(spec: SpecFacts, validators: Validators): void {
    if (Object.keys(validators).length === 0) return;
    const {
      etag: _,
      lastModified: __,
      against: ___,
      facts,
      ...known
    } = this.of(spec.service, spec.operation);
    const against = factsHash(spec);
    this.#put(spec.service, spec.operation, {
      ...known,
      ...validators,
      against,
      ...(facts === undefined ? {} : { facts }),
    });
  }

  #put(service: string, operation: string, source: Source): void {
    this.#document.setIn([service, operation], this.#document.createNode(source));
  }

  get text(): string {
    return this.#document.toString({ lineWidth: 0 });
  }

  /** @returns whether anything was different */
  save(): boolean {
    const before = existsSync(this.#path) ? readFileSync(this.#path, "utf8") : undefined;
    if (before !== this.text) replace(this.#path, this.text);
    return before !== this.text;
  }
}

/** The same for the same facts, whatever their order. */
const hashOf = (facts: Readonly<Record<string, Value>>): string =>
  `sha256:${createHash("sha256")
    .update(JSON.stringify(Object.entries(facts).toSorted(([a], [b]) => (a < b ? -1 : 1))))
    .digest("hex")}`;

const factsHash = (spec: SpecFacts): string => hashOf(Object.fromEntries(flatten(spec)));

const isSource = (value: unknown): value is Source =>
  isRecord(value) && (value.facts === undefined || isRecord(value.facts));
