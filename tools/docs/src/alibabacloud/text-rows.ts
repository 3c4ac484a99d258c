import type { Note } from "../facts.ts";
import { type Item, isLine, type Line } from "../page/item.ts";
import { plain } from "../page/normalise.ts";
import type { Row } from "../page/row.ts";
import { typeIn } from "../page/type.ts";
import { columnOf, depthOf, IDENTIFIER, requiredOf, saysNoRows, withoutMarks } from "../page/words.ts";

/** Types come from a closed list: that is what tells where a name ends. */
const TYPES = "(?:object|string|integer|long|boolean|float|double|array|any|map|number|file)";
const TYPE = `(?:array<${TYPES}>|${TYPES} ?\\[\\]|map<[^<>]{1,60}>|${TYPES})`;
const GLUED = new RegExp(`^([A-Za-z_][\\w.$-]{0,120}?)(${TYPE})(是|否|Yes|No)?$`);
const BARE = new RegExp(`^(${TYPE})(是|否|Yes|No)?$`);
/** Older pages: name, type, mark and example with spaces between them. In small letters only the mark tells. */
const NAME = "([└├─│ ]{0,12}[A-Za-z_][\\w.$-]{0,120})";
/** Some tables have a column for where a parameter is sent. */
const POSITION = "(?:\\s(?:Path|Query|Body|Header|Host|Form|FormData))?";
const SPACED = [
  new RegExp(
    `^${NAME}\\s((?:Array|List)(?: of [\\w.]{1,80}(?: objects?)?|<[\\w.]{1,80}>)|String|Integer|Interger|Long|Boolean|Float|Double|Object|Array|RepeatList|List|Map|Json|JSON|Any)${POSITION}(?:\\s(Yes|No|是|否|Optional|Required|Conditional))?(?:\\s(.{0,2000}))?$`,
  ),
  new RegExp(`^${NAME}\\s(${TYPE})${POSITION}\\s(Yes|No|是|否|Optional|Required)(?:\\s(.{0,2000}))?$`),
];
/** What looks like such a row, but for its type. */
const STRANGE =
  /^([A-Za-z_][\w.$-]{0,120})\s([A-Z][\w<>,[\].]{0,60}(?: of [\w.]{1,80})?)\s(?:Yes|No|是|否)(?:\s|$)/;
const ARTICLE = /^(?:the|an?|each|this|that|of)$/i;

/** A table's header: its cells without anything between them, or with spaces. */
const HEADER =
  /^(?:(?:名称|参数)\s?类型\s?(?:(?:参数)?位置\s?)?(?:(?:必填|是否必选|是否必填)\s?)?(?:描述\s?示例值|示例值\s?描述)|(?:Parameter|Name|Field|Element)\s?Type\s?(?:(?:Position|Location)\s?)?(?:(?:Required|Mandatory)\s?)?(?:Description\s?(?:Example|Sample) ?(?:value)?|(?:Example|Sample) ?(?:value)?\s?Description))$/i;

const isPosition = (text = ""): boolean => new RegExp(`^${POSITION}$`).test(` ${text}`);

type Start = Omit<Row, "description">;
type Open = Start & { readonly description: Line[]; readonly isSpaced: boolean };

/** The rows of saved text. */
export function textRows(items: readonly Item[], notes: Note[]): Row[] {
  const lines = items.filter(isLine);
  const texts = lines.map(({ text }) => (text.length > 2200 ? "" : plain(text)));
  const rows: Open[] = [];
  const structures = new Set<string>();
  const names = ({ type }: Start): void => {
    const { schema } = type.items ?? type;
    if (schema !== undefined) structures.add(schema);
  };
  let isOpen = false;
  /** With nothing between a name and its type, no row has spaces there. */
  let isGlued = false;
  for (let at = 0; at < lines.length; at++) {
    const [item, text = ""] = [lines[at], texts[at]];
    if (item === undefined) break;
    const last = rows.at(-1);
    if (item.bullet === 0 && (HEADER.test(text) || (last === undefined && columnOf(text) !== undefined))) {
      isOpen = true;
      isGlued = HEADER.test(text) && !/\s/.test(text.replace(/(?:Sample|Example) value/i, ""));
      continue;
    }
    const apart = isOpen ? rowApart(texts, at, item, last, isGlued) : undefined;
    if (apart !== undefined) {
      rows.push({ ...apart.row, description: [], isSpaced: !isGlued });
      names(apart.row);
      at = apart.end - 1;
      continue;
    }
    const found = item.bullet === 0 ? rowAt(text, item, last, isGlued, structures) : undefined;
    if (found !== undefined && isOpen) {
      rows.push({ ...found, description: [] });
      names(found);
      continue;
    }
    const [, strange, type = ""] = isOpen && !isGlued && item.bullet === 0 ? (STRANGE.exec(text) ?? []) : [];
    if (strange !== undefined)
      notes.push({
        line: item.line,
        message: `${strange}: the type "${type}" is not known; the row is not read`,
      });
    else if (last !== undefined) last.description.push(item);
    else if (isOpen && !saysNoRows(text) && columnOf(text) === undefined)
      notes.push({ line: item.line, message: `no row begins here: "${text.slice(0, 60)}"` });
  }
  const hasMarks = rows.some(({ depth = 0 }) => depth > 0);
  return rows.map(({ isSpaced: _, depth, ...row }) => (hasMarks ? { ...row, depth: depth ?? 0 } : row));
}

/** Where every cell has its own line, the type follows the name, and the mark the type. */
function rowApart(
  texts: readonly string[],
  at: number,
  { line }: Line,
  last: Row | undefined,
  isGlued: boolean,
): { row: Start; end: number } | undefined {
  const [text = "", type = ""] = texts.slice(at, at + 2);
  const isType = BARE.test(type) || (!isGlued && typeIn(type, line, new Set()) !== undefined);
  if (!IDENTIFIER.test(text) || !isType || BARE.test(text)) return undefined;
  if (GLUED.test(text) && last?.type.kind === "array") return undefined;
  const markAt = isPosition(texts[at + 2]) ? at + 3 : at + 2;
  const mark = texts[markAt] ?? "";
  const isMarked = requiredOf(mark) !== undefined;
  const found = row(text, type, isMarked ? mark : undefined, line);
  return found && { row: found, end: isMarked ? markAt + 1 : markAt };
}

function rowAt(
  text: string,
  { line }: Line,
  last: Open | undefined,
  isGlued: boolean,
  structures: ReadonlySet<string>,
): (Start & { isSpaced: boolean }) | undefined {
  const [, bare, bareMark] = BARE.exec(text) ?? [];
  // Elsewhere it is the example of a field: "string".
  const awaitsItem =
    last?.type.kind === "map" ||
    (last?.type.kind === "array" && (last.type.items === undefined || last.type.items.kind === "object"));
  if (bare !== undefined) {
    const found = last === undefined || awaitsItem ? row("", bare, bareMark, line) : undefined;
    return found && { ...found, isSpaced: false };
  }
  const [, glued, gluedType, gluedMark] = GLUED.exec(text) ?? [];
  if (glued !== undefined && gluedType !== undefined) {
    const found = row(glued, gluedType, gluedMark, line);
    return found && { ...found, isSpaced: false };
  }
  if (isGlued) return undefined;
  const [, name, type, mark, example] =
    SPACED.map((form) => form.exec(text)).find((match) => match !== null) ?? [];
  if (name !== undefined && type !== undefined && !ARTICLE.test(name)) {
    const found = row(name, type, mark, line);
    return found && { ...found, isSpaced: true, ...(example === undefined ? {} : { example }) };
  }
  // In the older layout a nested object is its name and nothing else: one that a type has named before.
  const isStructure = last?.isSpaced === true && (structures.has(text) || depthOf(text) > 0);
  if (!isStructure || !IDENTIFIER.test(withoutMarks(text))) return undefined;
  const untyped = { kind: "any" as const, at: line };
  return {
    ...start(text, line),
    required: "unknown",
    requiredLine: line,
    type: untyped,
    isTyped: false,
    isSpaced: true,
  };
}

function row(name: string, cell: string, mark: string | undefined, line: number): Start | undefined {
  const type = typeIn(cell, line, new Set());
  // A word at the end of a sentence is no name.
  if (type === undefined || name.endsWith(".")) return undefined;
  const required = mark === undefined ? undefined : requiredOf(mark);
  return { ...start(name, line), required: required ?? "unknown", requiredLine: line, type, isTyped: true };
}

const start = (name: string, line: number) => ({ name: withoutMarks(name), line, depth: depthOf(name) });
