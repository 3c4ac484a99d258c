import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { isMarked } from "./emit/header.ts";
import type { Problem } from "./problem.ts";

/** What a package that has never been released is called. */
const FIRST_VERSION = "0.1.0";

/** What stands in a package's folder and is the generator's; all else is not touched. */
const OWN_FILES = ["README.md", "package.json"];
const OWN_FOLDER = "src";

/** The version that a package has, or begins with. */
export function versionOf(folder: string): string {
  const manifest = manifestOf(folder);
  return typeof manifest?.version === "string" ? manifest.version : FIRST_VERSION;
}

/**
 * The clouds that the runtime has a module for, if its source stands among the packages. Elsewhere it is an installed
 * dependency, and the compiler tells what it lacks.
 */
export function runtimeClouds(out: string): string[] | undefined {
  const { name, exports } = manifestOf(join(out, "runtime")) ?? {};
  if (name !== "@typedcloud/runtime" || typeof exports !== "object" || exports === null) return undefined;
  return Object.keys(exports)
    .map((entry) => entry.replace(/^\.\/?/, ""))
    .filter((entry) => !["", "mocks", "package.json"].includes(entry));
}

/** @throws SyntaxError if it is no JSON: see {@link obstacleIn} */
function manifestOf(folder: string): Record<string, unknown> | undefined {
  const path = join(folder, "package.json");
  if (!existsSync(path)) return undefined;
  const manifest: unknown = JSON.parse(readFileSync(path, "utf8"));
  return typeof manifest === "object" && manifest !== null ? { ...manifest } : {};
}

/** Why no package can be written into a folder, if so: nothing that a hand wrote may be lost. */
export function obstacleIn(folder: string, cwd: string): Problem | undefined {
  const problem = (path: string, message: string): Problem => ({
    file: relative(cwd, path).replaceAll(sep, "/"),
    line: 1,
    column: 1,
    rule: "package",
    message,
  });
  for (const path of [dirname(folder), folder, join(folder, OWN_FOLDER)]) {
    if (existsSync(path) && !isFolder(path))
      return problem(path, "A file, where the package needs a folder. Move it away.");
  }
  const [own] = ownFiles(folder);
  if (own !== undefined && !isGenerated(folder))
    return problem(
      own,
      "The generator did not make this package and would overwrite it. Move it away, or give the specification another name.",
    );
  try {
    manifestOf(folder);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return problem(
      join(folder, "package.json"),
      `${reason}. The package's version stands here: mend the JSON.`,
    );
  }
  return undefined;
}

/** The folders in `out` whose code the generator has written, perhaps for specifications that are gone. */
export function generatedPackages(out: string): string[] {
  if (!isFolder(out)) return [];
  return readdirSync(out, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && isGenerated(join(out, entry.name)))
    .map((entry) => entry.name);
}

/** Told by its source or, where that has been deleted, by its README. */
function isGenerated(folder: string): boolean {
  const hasSource = sourcesOf(folder).length > 0;
  const path = hasSource ? join(folder, OWN_FOLDER, "operations.ts") : join(folder, "README.md");
  return existsSync(path) && isMarked(readFileSync(path, "utf8"));
}

/** The generator's files that are in a package's folder now. */
export const ownFiles = (folder: string): string[] => [
  ...OWN_FILES.map((name) => join(folder, name)).filter(existsSync),
  ...sourcesOf(folder),
];

function sourcesOf(folder: string): string[] {
  const source = join(folder, OWN_FOLDER);
  if (!isFolder(source)) return [];
  return readdirSync(source, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
