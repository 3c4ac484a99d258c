import { type Document, isMap, isScalar, type ParsedNode } from "yaml";
import type { SpecificationFile } from "./file.ts";
import type { Problem } from "./problem.ts";

/** Where in a file a value stands: the keys that lead to it. */
export type Path = readonly string[];

/** Whether a problem is with a key or with the value behind it. */
type Aspect = "key" | "value";

/**
 * A value of a specification that remembers where it stands.
 *
 * The checks read specifications through places, so that each message can say where, and so that no check has to
 * believe that an earlier one has passed: reading what is not there, or is of another type, gives nothing.
 */
export class Place {
  readonly file: SpecificationFile;
  readonly path: Path;
  readonly value: unknown;

  private constructor(file: SpecificationFile, path: Path, value: unknown) {
    this.file = file;
    this.path = path;
    this.value = value;
  }

  /** The whole of a file. */
  static root(file: SpecificationFile): Place {
    return new Place(file, [], file.value);
  }

  get exists(): boolean {
    return this.value !== undefined;
  }

  /** The last key. */
  get key(): string {
    return this.path.at(-1) ?? "";
  }

  /** The child, grandchild … behind the keys. */
  at(...keys: Path): Place {
    let value = this.value;
    for (const key of keys) value = ownValue(value, key);
    return new Place(this.file, [...this.path, ...keys], value);
  }

  get parent(): Place {
    const path = this.path.slice(0, -1);
    return Place.root(this.file).at(...path);
  }

  has(key: string): boolean {
    return ownValue(this.value, key) !== undefined;
  }

  /** The places of an object's or a list's members. */
  children(): Place[] {
    if (typeof this.value !== "object" || this.value === null) return [];
    return Object.keys(this.value).map((key) => this.at(key));
  }

  /** Whether this is a list. */
  get isList(): boolean {
    return Array.isArray(this.value);
  }

  text(key: string): string | undefined {
    const value = ownValue(this.value, key);
    return typeof value === "string" ? value : undefined;
  }

  number(key: string): number | undefined {
    const value = ownValue(this.value, key);
    return typeof value === "number" ? value : undefined;
  }

  /** The strings of a list. */
  texts(key: string): string[] {
    const value = ownValue(this.value, key);
    return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
  }

  /** The place itself, or the one that its `$ref` leads to. Nothing when nothing is there, or the way is a circle. */
  follow(): Place | undefined {
    if (!this.exists) return undefined;
    const seen = new Set<string>();
    let place: Place = this;
    for (let reference = place.text("$ref"); reference !== undefined; reference = place.text("$ref")) {
      if (seen.has(place.pointer)) return undefined;
      seen.add(place.pointer);
      const target = place.file.resolve(reference);
      if (target === undefined) return undefined;
      place = target;
    }
    return place;
  }

  /** File and JSON pointer: the same for the same place. */
  get pointer(): string {
    return `${this.file.absolute}#${this.path.map((key) => `/${escapePointer(key)}`).join("")}`;
  }

  /** A problem with what stands here. */
  problem(rule: string, message: string, aspect: Aspect = "value"): Problem {
    const { line, col } = this.file.lines.linePos(offsetOf(this.file.yaml, this.path, aspect));
    return { file: this.file.name, line, column: col, rule, message };
  }
}

/** Only what the specification says: `constructor` is not in it because objects have one. */
function ownValue(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return Reflect.get(value, key);
}

/** The nearest node that there is: what is missing is missing from its parent. */
function offsetOf(yaml: Document<ParsedNode>, path: Path, aspect: Aspect): number {
  if (aspect === "key" && path.length > 0) {
    const parent = yaml.getIn(path.slice(0, -1), true);
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
      : undefined;
    if (isScalar(pair?.key) && pair.key.range) return pair.key.range[0];
  }
  const node = yaml.getIn(path, true);
  const range = typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
  if (Array.isArray(range) && typeof range[0] === "number") return range[0];
  return path.length > 0 ? offsetOf(yaml, path.slice(0, -1), "key") : 0;
}

const escapePointer = (key: string): string => key.replaceAll("~", "~0").replaceAll("/", "~1");
const unescapePointer = (key: string): string => key.replaceAll("~1", "/").replaceAll("~0", "~");

/** The keys of a JSON pointer, with or without a leading `#`. */
export const parsePointer = (pointer: string): Path =>
  pointer.replace(/^#/, "").split("/").slice(1).map(unescapePointer);
