import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, visit } from "yaml";
import type { Finding } from "../drift/finding.ts";
import { BOUNDS } from "../facts.ts";
import { isRecord } from "../record.ts";

const PLACEHOLDER = "To be described.";

/** Where a specification waits for words: `specs/huaweicloud/elb.yaml:74`. */
export const toDescribe = (file: string, cwd: string): string[] =>
  linesWith(readFileSync(resolve(cwd, file), "utf8"), (line) => line.includes(PLACEHOLDER)).map(
    (line) => `${file}:${line}`,
  );

/** Where a package's own tests, which are written by hand, still say what was true before. */
export function toFollow(folder: string, applied: readonly Finding[], cwd: string): string[] {
  const tests = join(folder, "test");
  if (!existsSync(resolve(cwd, tests))) return [];
  // A short word stands everywhere.
  const before = applied
    .filter(({ kind }) => kind !== "added")
    .map((finding) => String(finding.before))
    .filter((word) => /^[\w-]{3,40}$/.test(word));
  return readdirSync(resolve(cwd, tests))
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => {
      const text = readFileSync(resolve(cwd, tests, name), "utf8");
      return [...new Set(before)].flatMap((word) =>
        linesWith(text, (line) => new RegExp(`\\b${word}\\b`).test(line)).map(
          (line) => `${join(tests, name)}:${line}  ${word}`,
        ),
      );
    });
}

const linesWith = (text: string, has: (line: string) => boolean): number[] =>
  text.split("\n").flatMap((line, index) => (has(line) ? [index + 1] : []));

/**
 * Sentences beside what has changed: `enum: [10, 20, 50]` may be described as "one of these three". Where a description
 * stays as it was and a fact of the same schema does not, somebody has to read it.
 */
export function toRead(file: string, before: string, cwd: string): string[] {
  const text = readFileSync(resolve(cwd, file), "utf8");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const known: unknown = parseDocument(before).toJS();
  const found: string[] = [];
  visit(document, {
    Map: (_, node, parents) => {
      const description = node.get("description");
      const old = at(known, [...parents, node]);
      if (typeof description !== "string" || description === PLACEHOLDER || !isRecord(old)) return;
      const now: unknown = node.toJS(document);
      if (old.description !== description || !isRecord(now)) return;
      if (isDeepStrictEqual(factsOf(now), factsOf(old))) return;
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === "description");
      const [start] = isScalar(pair?.key) ? (pair.key.range ?? []) : [];
      const words = description.replace(/\s+/g, " ").trim();
      if (start !== undefined)
        found.push(
          `${file}:${lines.linePos(start).line}  ${words.length > 90 ? `${words.slice(0, 89)}…` : words}`,
        );
    },
  });
  return found;
}

/** What a description is about; what has fields of its own has descriptions of its own. */
const factsOf = (schema: Readonly<Record<string, unknown>>): unknown[] =>
  ["type", "format", "enum", "default", ...BOUNDS, "pattern", "items", "schema", "x-requires"]
    .concat(["x-undocumented", "$ref"])
    .map((name) => schema[name]);

/** The same place in another state of the file: in a list, what has the same name. */
function at(known: unknown, nodes: readonly unknown[]): unknown {
  let value = known;
  for (const [index, node] of nodes.entries()) {
    const inside = nodes[index + 1];
    if (isPair(node))
      value = isRecord(value) && isScalar(node.key) ? value[String(node.key.value)] : undefined;
    else if (isSeq(node)) {
      if (!Array.isArray(value) || !isMap(inside)) return undefined;
      const name: unknown = inside.get("name");
      const list: readonly unknown[] = value;
      value = list.find((each) => isRecord(each) && each.name === name && name !== undefined);
    }
  }
  return value;
}

/** Structures that something referred to before, and nothing does now. */
export function unused(file: string, before: string, cwd: string): string[] {
  const text = readFileSync(resolve(cwd, file), "utf8");
  const refers = (source: string, name: string) => source.includes(`#/components/schemas/${name}"`);
  const all: unknown = parseDocument(text).getIn(["components", "schemas"]);
  const names = isMap(all) ? all.items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : [])) : [];
  return names
    .filter((name) => refers(before, name) && !refers(text, name))
    .map((name) => `${file}:${linesWith(text, (line) => line === `    ${name}:`)[0] ?? 1}  ${name}`);
}
