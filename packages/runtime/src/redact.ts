/** Taking secrets out of text that somebody else wrote: a server's message may repeat what it was sent. */

/** Shorter values are not secrets of any cloud, and to replace them would tear words apart. */
const MIN_LENGTH = 6;

/** The text without the secrets, however URLs, forms, JSON and HTML write them. */
export function redact(text: string, secrets: readonly (string | undefined)[]): string {
  const known = secrets.filter(
    (secret): secret is string =>
      secret !== undefined && secret.length >= MIN_LENGTH && text.includes(plainest(secret)),
  );
  if (!known.length) return text;
  // Longest first: one secret may be part of another.
  const patterns = [...new Set(known)].sort((a, b) => b.length - a.length).map(patternOf);
  return text.replace(new RegExp(patterns.join("|"), "g"), "[redacted]");
}

/** The longest part of a secret that is written in one way only: where that is not, the secret is not. */
const plainest = (secret: string): string =>
  (secret.match(/[a-z0-9]+/gi) ?? []).reduce((a, b) => (b.length > a.length ? b : a), "");

const patternOf = (secret: string): string => Array.from(secret, spellings).join("");

const NAMED: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  " ": "+", // in forms
};

const UTF8 = new TextEncoder();

/** A character, as a pattern of all the ways to write it. */
function spellings(char: string): string {
  if (/[a-z0-9]/i.test(char)) return char;
  const point = char.codePointAt(0) ?? 0;
  const named = NAMED[char];
  const fixed = [
    JSON.stringify(char).slice(1, -1),
    `\\${char}`,
    ...(named === undefined ? [] : [named]),
    char,
  ].map((way) => way.replace(/[^a-z0-9]/gi, "\\$&"));
  const percent = Array.from(UTF8.encode(char), (byte) => `%${hex(byte, 2)}`).join("");
  return `(?:&#0*${point};|&#[xX]0*${hex(point, 1)};|${percent}|\\\\u${hex(point, 4)}|${fixed.join("|")})`;
}

/** A number in hex, as a pattern: its letters may be large or small. */
const hex = (value: number, digits: number): string =>
  value
    .toString(16)
    .padStart(digits, "0")
    .replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
