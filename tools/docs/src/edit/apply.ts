import { readFileSync, writeFileSync } from "node:fs";
import { check, formatProblem } from "typedcloud/checked";
import { applyEdits, type Edit, overlap } from "./edit.ts";

/**
 * Writes edits, and takes them back if the specifications are not sound with them.
 *
 * @returns why they were taken back
 */
export async function apply(edits: readonly Edit[], specs: string, cwd: string): Promise<string | undefined> {
  if (overlap(edits)) return "its parts are written too close together to be edited by machine";
  const files = [...new Set(edits.map(({ file }) => file))];
  const before = new Map(files.map((file) => [file, readFileSync(file, "utf8")]));
  for (const [file, source] of before) {
    const own = edits.filter((edit) => edit.file === file);
    writeFileSync(file, applyEdits(source, own));
  }
  const { problems } = await check(specs, cwd);
  const [first] = problems;
  if (first === undefined) return undefined;
  for (const [file, source] of before) writeFileSync(file, source);
  return `the generator would refuse it: ${formatProblem(first)}`;
}
