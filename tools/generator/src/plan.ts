import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Checked } from "./check.ts";
import { typesDocument } from "./emit/document.ts";
import { emit } from "./emit.ts";
import { generatedPackages, ownFiles, versionOf } from "./packages.ts";
import { compare } from "./problem.ts";

/** A file of the packages, and what is to become of it. */
export interface Change {
  readonly path: string;
  /** What it holds now; nothing if there is no such file. */
  readonly before: string | undefined;
  /** What it is to hold; nothing if it is to go. */
  readonly after: string | undefined;
}

/** Emits every package and compares it with what stands in `out`. Writes nothing. */
export async function plan({ specifications, services }: Checked, out: string): Promise<Change[]> {
  const wanted = new Map<string, string>();
  const folders = new Set(generatedPackages(out));
  for (const model of services) {
    folders.add(model.folder);
    const document = await typesDocument(model.file, specifications.files);
    const files = await emit(model, document, versionOf(join(out, model.folder)));
    for (const [path, text] of files) wanted.set(join(out, model.folder, path), text);
  }
  const present = [...folders].flatMap((folder) => ownFiles(join(out, folder)));
  return [...new Set([...wanted.keys(), ...present])].sort(compare).map((path) => ({
    path,
    before: existsSync(path) ? readFileSync(path, "utf8") : undefined,
    after: wanted.get(path),
  }));
}

export const isChanged = ({ before, after }: Change): boolean => before !== after;
