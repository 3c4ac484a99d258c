import type { Kind, Type } from "../facts.ts";

/** A type as a page writes it. `table`: its structure stands in the table of that number. */
export interface TypeCell extends Type {
  readonly table?: number;
}

const PLAIN: Readonly<Record<string, readonly [Kind, string?]>> = {
  string: ["string"],
  str: ["string"],
  uuid: ["string"],
  integer: ["integer"],
  interger: ["integer"],
  int: ["integer"],
  int32: ["integer"],
  int64: ["integer", "int64"],
  long: ["integer", "int64"],
  boolean: ["boolean"],
  bool: ["boolean"],
  number: ["number"],
  bigdecimal: ["number"],
  float: ["number", "float"],
  double: ["number", "double"],
  object: ["object"],
  dict: ["object"],
  json: ["object"],
  字典数据结构: ["object"],
  字典数据类型: ["object"],
  列表数据类型: ["array"],
  字典: ["object"],
  列表数据结构: ["array"],
  列表: ["array"],
  list: ["array"],
  array: ["array"],
  map: ["map"],
  any: ["any"],
};

/** Deeper than any page; a hostile one must not exhaust the stack. */
const DEPTH = 8;
const NAME = "([A-Za-z_][\\w.:$-]{0,127})";
const ARRAY_OF = new RegExp(`^(?:arrays?|lists?) of ${NAME} (?:objects?|structures?)$`, "i");
const OBJECT = new RegExp(`^${NAME} (?:object|structure)$`, "i");
const ARRAY_OF_PLAIN = /^(?:arrays?|lists?) of (?:plain )?(.{1,100})$/i;
const LIST_OF_ANY = new RegExp(`^(?:arrays?|lists?) of ${NAME}$`, "i");
const TABLE = /^(.{1,30}?)(?:数据结构)?[,(]?\s?(?:请)?参见表\s?(\d{1,4})\)?$/;
/** A structure's name without "objects" behind it. */
const STRUCTURE = /^[A-Z]\w*$/;
/** Words that begin sentences: "The object …" is no type. */
const ARTICLES = new Set(["the", "a", "an", "this", "that", "each", "any", "json", "of", "null"]);

/** The type that a cell names; nothing if it names none. */
export function parseType(text: string, line: number, depth = 0): TypeCell | undefined {
  if (text.length > 200 || depth > DEPTH) return undefined;
  const cell = text
    .replace(/\s+/g, " ")
    .replace(/[。.;,]$/, "")
    .trim();
  const plain = Object.hasOwn(PLAIN, cell.toLowerCase()) ? PLAIN[cell.toLowerCase()] : undefined;
  if (plain !== undefined) return typeOf(plain, line);
  // What is sent once for each value.
  if (/^repeatlist$/i.test(cell)) return { kind: "array", at: line, items: { kind: "string", at: line } };
  const inner = (part: string) => parseType(part, line, depth + 1);
  const array = (items: Type | undefined): TypeCell | undefined =>
    items && { kind: "array", at: line, items };

  const generic = /^(array|list|set|map)\s?[<[](.{1,180})[>\]]$/i.exec(cell);
  if (generic !== null) {
    const [, container = "", content = ""] = generic;
    if (container.toLowerCase() !== "map") return array(inner(content) ?? named(content, line));
    const comma = content.indexOf(",");
    const value = comma < 0 ? undefined : content.slice(comma + 1).trim();
    const items = value === undefined ? undefined : (inner(value) ?? named(value, line));
    return items && { kind: "map", at: line, items };
  }
  const [, before, behind] = /^(.{1,100}?)\s?\[\]$|^\[\]\s?(.{1,100})$/.exec(cell) ?? [];
  const listed = before ?? behind;
  if (listed !== undefined) return array(inner(listed) ?? named(listed, line));

  const [, item] = ARRAY_OF.exec(cell) ?? [];
  if (item !== undefined && !ARTICLES.has(item.toLowerCase())) return array(object(item, line));
  const [, plural] = ARRAY_OF_PLAIN.exec(cell) ?? [];
  if (plural !== undefined)
    return array(
      inner(plural) ??
        inner(plural.replace(/s$/i, "")) ??
        (STRUCTURE.test(plural) ? named(plural, line) : undefined),
    );
  const [, name] = OBJECT.exec(cell) ?? [];
  if (name !== undefined && !ARTICLES.has(name.toLowerCase())) return object(name, line);
  const reference = TABLE.exec(cell);
  if (reference !== null) {
    const type = inner(`${reference[1]}`) ?? inner(`${reference[1]}数据结构`);
    return type && { ...type, table: Number(reference[2]) };
  }
  return undefined;
}

function typeOf([kind, format]: readonly [Kind, string?], at: number): Type {
  return format === undefined ? { kind, at } : { kind, at, format };
}

/** "Array of string objects" is a list of strings. */
function object(name: string, at: number): Type {
  const plain = PLAIN[name.toLowerCase()];
  return plain !== undefined && Object.hasOwn(PLAIN, name.toLowerCase())
    ? typeOf(plain, at)
    : { kind: "object", at, schema: name };
}

/** The type of a cell that holds nothing else. A structure that is named alone is known by its own table. */
export const typeIn = (text: string, line: number, structures: ReadonlySet<string>): TypeCell | undefined =>
  parseType(text, line) ??
  listOfAny(text, line) ??
  (structures.has(text) && STRUCTURE.test(text) ? object(text, line) : undefined);

/** "Array of task": elsewhere than in a cell for types these words may describe something. */
function listOfAny(text: string, line: number): TypeCell | undefined {
  const [, name] = LIST_OF_ANY.exec(text) ?? [];
  if (name === undefined || ARTICLES.has(name.toLowerCase())) return undefined;
  return { kind: "array", at: line, items: { kind: "object", at: line, schema: name } };
}

const named = (name: string, at: number): Type | undefined =>
  /^[A-Za-z_][\w.:$-]{0,127}$/.test(name) ? { kind: "object", at, schema: name } : undefined;
