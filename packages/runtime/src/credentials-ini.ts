/** The format of credentials files. */

import { CredentialsError } from "./errors.js";

/** Sections by name, values by key. A line that is neither is an error; it is not shown, for it may be half a key. */
export function parseIni(text: string, path: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = raw.trim();
    if (!line || line.startsWith("#") || line.startsWith(";")) continue;
    const refuse = (why: string) => new CredentialsError(`${path}, line ${index + 1}: ${why}`);
    const name = /^\[([^\]]+)\]$/.exec(line)?.[1]?.trim();
    if (name) {
      if (sections.has(name)) throw refuse(`the section [${name}] is there twice`);
      section = new Map();
      sections.set(name, section);
      continue;
    }
    const equals = line.search(/[=:]/);
    const key = line.slice(0, Math.max(equals, 0)).trim();
    if (!key) throw refuse("neither a [section] nor a key = value");
    if (!section) throw refuse("a value before the first [section]");
    if (section.has(key)) throw refuse(`${key} is there twice`);
    section.set(
      key,
      line
        .slice(equals + 1)
        .trim()
        .replace(/^(["'])(.*)\1$/, "$2"),
    );
  }
  return sections;
}
