import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bump } from "./difference.ts";
import type { Change } from "./wording.ts";

const ORDER: readonly Bump[] = ["patch", "minor", "major"];

/** The largest of the bumps. */
export const bumpOf = (changes: readonly Change[]): Bump =>
  ORDER.findLast((bump) => changes.some((change) => change.bump === bump)) ?? "patch";

/**
 * A changeset: the package's next version, and what its users see of it.
 *
 * @param title of the service, as it was documented before; nothing if it was not
 */
export function changeset(title: string | undefined, name: string, changes: readonly Change[]): string {
  const sorted = changes.toSorted((a, b) => ORDER.indexOf(b.bump) - ORDER.indexOf(a.bump));
  const list = sorted.map(({ bump, text }) => `- ${bump === "major" ? "**Breaking:** " : ""}${text}`);
  const body =
    title === undefined
      ? changes.map(({ text }) => text).join("\n")
      : `${title} is documented otherwise.\n\n${list.join("\n")}`;
  return `---\n"@typedcloud/${name}": ${bumpOf(changes)}\n---\n\n${body}\n`;
}

const OWN = /^docs-.*-[0-9a-f]{8}\.md$/;

/**
 * Writes the changesets, and removes those of an earlier run that the base does not have: they told of the same
 * changes.
 *
 * @returns the names of the files that are different now
 */
export function writeChangesets(
  folder: string,
  texts: ReadonlyMap<string, string>,
  atBase: ReadonlySet<string>,
): string[] {
  const wanted = new Map(
    [...texts].map(([name, text]) => [
      `docs-${name}-${createHash("sha256").update(text).digest("hex").slice(0, 8)}.md`,
      text,
    ]),
  );
  mkdirSync(folder, { recursive: true });
  const different: string[] = [];
  for (const file of readdirSync(folder).filter(
    (name) => OWN.test(name) && !atBase.has(name) && !wanted.has(name),
  )) {
    rmSync(join(folder, file));
    different.push(file);
  }
  for (const [file, text] of wanted) {
    const path = join(folder, file);
    if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
    writeFileSync(path, text);
    different.push(file);
  }
  return different;
}
