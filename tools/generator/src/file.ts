import { dirname, resolve } from "node:path";
import type { Document, LineCounter, ParsedNode } from "yaml";
import { Place, parsePointer } from "./place.ts";
import type { Yaml } from "./yaml.ts";

/** A file of the specifications. */
export class SpecificationFile {
  /** Where it is. */
  readonly absolute: string;
  /** As people call it, seen from the working directory: `specs/huaweicloud/elb.yaml`. */
  readonly name: string;
  readonly yaml: Document<ParsedNode>;
  readonly lines: LineCounter;
  readonly value: unknown;
  readonly #files: ReadonlyMap<string, SpecificationFile>;

  /** @param files all files, by absolute path: what a `$ref` may lead to. It may still be growing. */
  constructor(absolute: string, name: string, yaml: Yaml, files: ReadonlyMap<string, SpecificationFile>) {
    this.absolute = absolute;
    this.name = name;
    this.yaml = yaml.document;
    this.lines = yaml.lines;
    this.value = yaml.document.toJS();
    this.#files = files;
  }

  /** What a `$ref` in this file leads to; nothing if that is nowhere. */
  resolve(reference: string): Place | undefined {
    if (isRemote(reference)) return undefined;
    const file = this.#files.get(this.targetOf(reference));
    const place = file && Place.root(file).at(...parsePointer(decode(reference.split("#")[1] ?? "")));
    return place?.exists ? place : undefined;
  }

  /** The path of the file that a `$ref` in this file means. */
  targetOf(reference: string): string {
    const target = decode(reference.split("#")[0] ?? "");
    return target === "" ? this.absolute : resolve(dirname(this.absolute), target);
  }
}

/** `https://…`, `file:…`, `//host/…`. */
export const isRemote = (reference: string): boolean => /^([a-z][a-z\d+.-]*:|\/\/)/i.test(reference);

/** Percent-decodes, where that can be done. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
