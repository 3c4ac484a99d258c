/** How wide generated code may be. */
export const WIDTH = 110;

const IDENTIFIER = /^[A-Za-z_$][A-Za-z0-9_$]*$/;
const INDEX = /^(0|[1-9]\d{0,8})$/;

/**
 * Data as a TypeScript literal: on one line if it fits, otherwise one member a line.
 *
 * @param column where on its first line the literal begins
 * @param indent what the lines that it ends on begin with
 */
export function literal(value: unknown, indent = "", column = indent.length): string {
  const line = flat(value);
  // One more for the comma behind it.
  if (typeof value !== "object" || value === null || (column + line.length + 1 <= WIDTH && !hasRows(value)))
    return line;
  const inner = `${indent}  `;
  const members = Array.isArray(value)
    ? value.map((item) => `${inner}${literal(item, inner)},`)
    : Object.entries(value).map(([key, member]) => {
        const start = `${inner}${propertyName(key)}: `;
        return `${start}${literal(member, inner, start.length)},`;
      });
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return members.length > 0 ? `${open}\n${members.join("\n")}\n${indent}${close}` : line;
}

/** Whether there is a list of objects in it: those stand on lines of their own, however short. */
function hasRows(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const isTable = Array.isArray(value) && value.length > 1 && value.every((row) => sizeOf(row) > 1);
  return isTable || Object.values(value).some(hasRows);
}

const sizeOf = (value: unknown): number =>
  typeof value === "object" && value !== null ? Object.keys(value).length : 0;

/** A literal in one line. */
function flat(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flat).join(", ")}]`;
  if (typeof value !== "object" || value === null) return primitive(value);
  const members = Object.entries(value).map(([key, member]) => `${propertyName(key)}: ${flat(member)}`);
  return members.length > 0 ? `{ ${members.join(", ")} }` : "{}";
}

/** JSON is JavaScript, but for two signs that end a line in it, and for the quotes that Biome prefers. */
function primitive(value: unknown): string {
  const json = JSON.stringify(value) ?? "undefined";
  const safe = json.replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
  return typeof value === "string" && count(value, '"') > count(value, "'") ? singleQuoted(safe) : safe;
}

const count = (text: string, sign: string): number => text.split(sign).length - 1;

/** A text in double quotes in single ones instead. Whatever is escaped is looked at with its backslash. */
const singleQuoted = (json: string): string =>
  `'${json.slice(1, -1).replaceAll(/\\.|'/g, (sign) => (sign === '\\"' ? '"' : sign === "'" ? "\\'" : sign))}'`;

/** A property's name. `__proto__` needs brackets: anywhere else it sets the prototype. */
export function propertyName(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  return IDENTIFIER.test(key) || INDEX.test(key) ? key : primitive(key);
}
