import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { HEADER } from "./emit/header.ts";

/** What a package that has never been released is called. */
const FIRST_VERSION = "0.1.0";

/** What stands in a package's folder and is the generator's; all else is not touched. */
const OWN_FILES = ["README.md", "package.json"];
const OWN_FOLDER = "src";

/** The version that a package has, or begins with. */
export function versionOf(folder: string): string {
  const path = join(folder, "package.json");
  if (!existsSync(path)) return FIRST_VERSION;
  const manifest: unknown = JSON.parse(readFileSync(path, "utf8"));
  const version =
    typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : undefined;
  return typeof version === "string" ? version : FIRST_VERSION;
}

/** The folders in `out` whose code the generator has written, perhaps for specifications that are gone. */
export function generatedPackages(out: string): string[] {
  if (!existsSync(out)) return [];
  return readdirSync(out, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && isGenerated(join(out, entry.name)))
    .map((entry) => entry.name);
}

function isGenerated(folder: string): boolean {
  const path = join(folder, OWN_FOLDER, "operations.ts");
  return existsSync(path) && readFileSync(path, "utf8").startsWith(HEADER);
}

/** The generator's files that are in a package's folder now. */
export function ownFiles(folder: string): string[] {
  const source = join(folder, OWN_FOLDER);
  const sources = existsSync(source) ? readdirSync(source, { withFileTypes: true, recursive: true }) : [];
  return [
    ...OWN_FILES.map((name) => join(folder, name)).filter(existsSync),
    ...sources.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name)),
  ];
}
