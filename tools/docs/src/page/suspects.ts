import type { Note } from "../facts.ts";
import type { Line } from "./item.ts";
import { plain } from "./normalise.ts";
import type { Row } from "./row.ts";
import { parseType } from "./type.ts";
import { IDENTIFIER, requiredOf } from "./words.ts";

/** The type that a line of saved text is; nothing if it is none. */
export const typeAt = (line: Line | undefined) =>
  line === undefined || line.bullet > 0 || line.text.length > 200
    ? undefined
    : parseType(plain(line.text), line.line);

/** A name on a line of its own in a description may be a row whose type is not known. It is told, not dropped. */
export function noteSuspects(
  row: Pick<Row, "name">,
  description: readonly Line[],
  hasTypes: boolean,
  notes: Note[],
): void {
  description.forEach((line, index) => {
    const next = description[index + 1];
    if (hasTypes && typeAt(line) !== undefined)
      notes.push({
        line: line.line,
        message: `"${line.text.trim()}" may be a row whose name is lost; read as description of ${row.name}`,
      });
    if (line.bullet > 0 || next === undefined || next.bullet > 0) return;
    const [name, type] = [line.text.trim(), next.text.trim()];
    const looksLikeType =
      type.length < 40 &&
      /^[A-Za-z][\w<>,[\] ]*$/.test(type) &&
      /object|array|list|string|int|map/i.test(type);
    const isMarked = requiredOf(type) !== undefined;
    if (name.length < 100 && IDENTIFIER.test(name) && (looksLikeType || isMarked))
      notes.push({
        line: line.line,
        message: `"${name}" may be a row of an unknown type ("${type}"); read as description of ${row.name}`,
      });
  });
}
