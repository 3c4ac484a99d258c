/** One JavaScript line ends here, whichever sign ends it. */
const LINE_END = /\r\n|[\n\r\u2028\u2029]/;

/**
 * Text of a specification for a comment: it can neither end the comment nor begin a JSDoc tag.
 *
 * @returns its lines, without blanks at either end
 */
export function commentLines(text: string): string[] {
  return text
    .trim()
    .split(LINE_END)
    .map((line) =>
      line
        .trimEnd()
        .replaceAll("*/", "*\\/")
        .replaceAll(/(^|\s)@/g, "$1&#64;"),
    );
}

/** A doc comment of paragraphs, in one line if it fits. The paragraphs are lines that are safe already. */
export function docComment(lines: readonly string[], indent = ""): string {
  const [only = ""] = lines;
  if (lines.length === 1 && indent.length + only.length <= 103) return `${indent}/** ${only} */`;
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`].join("\n");
}

/** Text of a specification as Markdown in one line: no table, link or HTML of its own making. */
export function markdownLine(text: string): string {
  return text
    .trim()
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[\\|<>[\]]/g, (sign) => `\\${sign}`);
}

/** A value in code marks, whatever it is made of. */
export function code(text: string): string {
  const line = text.replaceAll(/[\s\u2028\u2029]+/g, " ");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([marks]) => marks.length));
  const marks = "`".repeat(longest + 1);
  return longest > 0 ? `${marks} ${line} ${marks}` : `${marks}${line}${marks}`;
}
