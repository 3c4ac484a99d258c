import type { Facts, Note } from "../facts.ts";
import { type Item, textOf } from "../page/item.ts";
import { plain } from "../page/normalise.ts";

const ACTION = /^[a-z][\w-]{0,40}(?::[\w-]{1,60}){1,3}$/i;
const ACCESS = /^(?:read|list|write|permission_management|permissions|tagging)$/i;

/** The row of the table with the columns "Action" and "Access Level"; in saved text its cells stand below each other. */
export function permissionIn(items: readonly Item[], notes: Note[]): Facts["permission"] {
  const cells = items.flatMap((item) =>
    item.kind === "table"
      ? item.rows.flatMap((row) => row.map((cell) => ({ text: plain(textOf(cell)), line: cell.line })))
      : [{ text: item.text.length > 200 ? "" : plain(item.text), line: item.line }],
  );
  const rows = cells.flatMap(({ text: action, line }, index) => {
    const access = cells[index + 1]?.text ?? "";
    return ACTION.test(action) && ACCESS.test(access) ? [{ value: { action, access }, at: line }] : [];
  });
  const [first, ...others] = rows;
  for (const { value, at } of others)
    notes.push({ line: at, message: `${value.action}: another permission; the first one counts` });
  return first;
}
