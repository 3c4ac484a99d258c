import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Finding } from "../drift/finding.ts";

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
