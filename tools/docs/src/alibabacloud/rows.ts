import type { Note } from "../facts.ts";
import { cellGrid } from "../page/cell-rows.ts";
import { type Item, isLine, type Line } from "../page/item.ts";
import { plain } from "../page/normalise.ts";
import type { Row } from "../page/row.ts";
import { parseType } from "../page/type.ts";
import { columnOf, IDENTIFIER, requiredOf } from "../page/words.ts";

/** Types come from a closed list: that is what tells where a name ends. */
const TYPES = "(?:object|string|integer|long|boolean|float|double|array|any|map|number|file)";
const TYPE = `(?:array<${TYPES}>|${TYPES} ?\\[\\]|map<[^<>]{1,60}>|${TYPES})`;
const GLUED = new RegExp(`^([A-Za-z_][\\w.$-]{0,120}?)(${TYPE})(是|否|Yes|No)?$`);
const BARE = new RegExp(`^(${TYPE})(是|否|Yes|No)?$`);
/** Older pages: name, type, mark and example with spaces between them. */
const SPACED =
  /^([A-Za-z_][\w.$-]{0,120})\s(String|Integer|Long|Boolean|Float|Double|Object|Array|Array of [\w.]{1,80}|Map|Any)(?:\s(Yes|No|是|否|Optional|Required|Conditional))?(?:\s.{0,2000})?$/i;

/** A table's header: its cells without anything between them, or with spaces. */
const HEADER =
  /^(?:名称\s?类型\s?(?:(?:必填|是否必选|是否必填)\s?)?(?:描述\s?示例值|示例值\s?描述)|(?:Parameter|Name|Field)\s?Type\s?(?:(?:Required|Mandatory)\s?)?(?:Description\s?(?:Example|Sample value)|(?:Example|Sample value)\s?Description))$/i;

/** The rows of a section's tables. A row without a name is the item of the array above it, or the whole answer. */
export function rowsIn(items: readonly Item[], notes: Note[]): Row[] {
  const tables = items.filter((item) => item.kind === "table");
  if (tables.length > 0) {
    return tables.flatMap((table) => {
      const grid = cellGrid(table, notes);
      if (grid === undefined)
        notes.push({ line: table.line, message: "a table whose columns are not known" });
      return grid?.rows ?? [];
    });
  }
  return textRows(items, notes);
}

function textRows(items: readonly Item[], notes: Note[]): Row[] {
  const rows: (Omit<Row, "description"> & { description: Line[] })[] = [];
  const lines = items.filter(isLine);
  const textOf = (line: Line | undefined) =>
    line === undefined || line.text.length > 2200 ? "" : plain(line.text);
  let isOpen = false;
  for (let at = 0; at < lines.length; at++) {
    const item = lines[at];
    if (item === undefined) break;
    const text = textOf(item);
    const last = rows.at(-1);
    if (item.bullet === 0 && (HEADER.test(text) || (last === undefined && columnOf(text) !== undefined))) {
      isOpen = true;
      continue;
    }
    // Where every cell has its own line, the type follows the name, and the mark the type.
    const [type, mark] = [textOf(lines[at + 1]), textOf(lines[at + 2])];
    if (
      isOpen &&
      IDENTIFIER.test(text) &&
      BARE.test(type) &&
      !BARE.test(text) &&
      !(GLUED.test(text) && last?.type.kind === "array")
    ) {
      const isMarked = requiredOf(mark) !== undefined;
      const found = row(text, type, isMarked ? mark : undefined, item.line);
      if (found !== undefined) {
        rows.push({ ...found, description: [] });
        at += isMarked ? 2 : 1;
        continue;
      }
    }
    const found = item.bullet === 0 ? rowAt(text, item, last, rows.length === 0) : undefined;
    if (found !== undefined && isOpen) rows.push({ ...found, description: [] });
    else if (last !== undefined) last.description.push(item);
    else if (isOpen) notes.push({ line: item.line, message: `no row begins here: "${text.slice(0, 60)}"` });
  }
  return rows;
}

function rowAt(
  text: string,
  { line }: Line,
  last: Row | undefined,
  isFirst: boolean,
): Omit<Row, "description"> | undefined {
  const [, bare, bareMark] = BARE.exec(text) ?? [];
  // Elsewhere it is the example of a field: "string".
  const awaitsItem =
    last?.type.kind === "array" && (last.type.items === undefined || last.type.items.kind === "object");
  if (bare !== undefined) return isFirst || awaitsItem ? row("", bare, bareMark, line) : undefined;
  const [, name, type, mark] = GLUED.exec(text) ?? SPACED.exec(text) ?? [];
  return name === undefined || type === undefined ? undefined : row(name, type, mark, line);
}

function row(
  name: string,
  cell: string,
  mark: string | undefined,
  line: number,
): Omit<Row, "description"> | undefined {
  const type = parseType(cell, line);
  if (type === undefined) return undefined;
  const required = mark === undefined ? undefined : requiredOf(mark);
  return { name, line, required: required ?? "unknown", requiredLine: line, type };
}
