import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative, resolve, sep } from "node:path";
import { SpecificationFile } from "./file.ts";
import { compare, type Problem } from "./problem.ts";
import { checkReference, isWithin, referencesOf } from "./references.ts";
import { parseYaml } from "./yaml.ts";

/** A folder of specifications, read. */
export interface Specifications {
  /** The folder. */
  readonly root: string;
  /** Every file that could be parsed, by absolute path: the clouds' and whatever their `$ref`s lead to. */
  readonly files: ReadonlyMap<string, SpecificationFile>;
  /** In alphabetical order. */
  readonly clouds: readonly CloudFolder[];
  readonly problems: readonly Problem[];
}

/** `specs/<cloud>`. */
export interface CloudFolder {
  readonly name: string;
  /** `common.yaml`: what the cloud's services share. `"unreadable"`: it is there but cannot be parsed. */
  readonly common: SpecificationFile | "unreadable" | undefined;
  /** `<service>.yaml`. */
  readonly services: readonly SpecificationFile[];
}

const YAML = /\.ya?ml$/;

/** The name that a specification's file gives its service: `elb` for `elb.yaml`. */
export const serviceName = (path: string): string => basename(path).replace(YAML, "");

/** Reads `<root>/<cloud>/<service>.yaml` and every file that these refer to. Files are named as seen from `cwd`. */
export function loadSpecifications(folder: string, cwd: string): Specifications {
  const root = resolve(cwd, folder);
  const files = new Map<string, SpecificationFile>();
  const unreadable = new Set<string>();
  const problems: Problem[] = [];

  const clouds = foldersOf(root).flatMap((name): CloudFolder[] => {
    const paths = filesOf(join(root, name));
    const common = paths.find((path) => serviceName(path) === "common");
    const services = paths.filter((path) => path !== common).flatMap((path) => read(path) ?? []);
    return paths.length > 0
      ? [{ name, common: common === undefined ? undefined : (read(common) ?? "unreadable"), services }]
      : [];
  });
  if (clouds.length === 0) {
    const message =
      "No specifications here. Add <cloud>/<service>.yaml, or name another folder with --specs.";
    problems.push({ ...startOf(root), rule: "specifications", message });
  }
  // Reading a reference may add a file: a map may grow while it is walked, and then the walk goes on to the new ones.
  for (const file of files.values()) {
    for (const place of referencesOf(file)) problems.push(...checkReference(place, root, read));
  }
  for (const path of strayDocuments(root).filter((path) => !files.has(path) && !unreadable.has(path))) {
    const message =
      "An OpenAPI document that nothing is made of. Services are <cloud>/<service>.yaml: move it, or rename it.";
    problems.push({ ...startOf(path), rule: "specifications", message });
  }
  return { root, files, clouds, problems };

  /** Reads a file, once. */
  function read(absolute: string): SpecificationFile | undefined {
    if (files.has(absolute) || unreadable.has(absolute)) return files.get(absolute);
    const file = parse(absolute);
    if (file === undefined) unreadable.add(absolute);
    else files.set(absolute, file);
    return files.get(absolute);
  }

  function parse(absolute: string): SpecificationFile | undefined {
    if (!isWithin(root, absolute)) {
      const message = "A link that leaves the folder of the specifications. Put the file itself here.";
      problems.push({ ...startOf(absolute), rule: "ref-outside", message });
      return undefined;
    }
    const yaml = parseYaml(readFileSync(absolute, "utf8"));
    const name = nameOf(absolute);
    for (const { offset, rule, message } of yaml.mistakes) {
      const { line, col } = yaml.lines.linePos(offset);
      problems.push({ file: name, line, column: col, rule, message });
    }
    return yaml.mistakes.length > 0 ? undefined : new SpecificationFile(absolute, name, yaml, files);
  }

  function startOf(absolute: string) {
    return { file: nameOf(absolute), line: 1, column: 1 };
  }

  function nameOf(absolute: string): string {
    return relative(cwd, absolute).replaceAll(sep, "/");
  }
}

/** Every OpenAPI document below a folder, whatever its name says. Other files may lie there, too. */
function strayDocuments(root: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => /^[\s{]*["']?openapi["']?\s*:/m.test(readFileSync(path, "utf8")));
}

function foldersOf(root: string): string[] {
  if (!existsSync(root)) return [];
  const entries = readdirSync(root, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort(compare);
}

function filesOf(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => YAML.test(name))
    .sort(compare)
    .map((name) => join(folder, name));
}
