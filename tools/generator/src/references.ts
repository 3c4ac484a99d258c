import { existsSync, realpathSync } from "node:fs";
import { isAbsolute, relative, sep } from "node:path";
import { isRemote, type SpecificationFile } from "./file.ts";
import { Place } from "./place.ts";
import type { Problem } from "./problem.ts";

/** Every `$ref` of a file. */
export const referencesOf = (file: SpecificationFile): Place[] => [...references(Place.root(file))];

function* references(place: Place): Generator<Place> {
  if (place.text("$ref") !== undefined) yield place.at("$ref");
  for (const child of place.children()) yield* references(child);
}

/**
 * Checks that a `$ref` stays within the folder of the specifications and leads to a definition.
 *
 * @param read gets the file that is meant; nothing if it cannot be parsed
 */
export function checkReference(
  place: Place,
  root: string,
  read: (absolute: string) => SpecificationFile | undefined,
): Problem[] {
  const reference = String(place.value);
  const refuse = (rule: string, message: string) => [place.problem(rule, message)];
  if (isRemote(reference)) {
    return refuse(
      "ref-remote",
      `$ref to "${reference}": only files of the specifications are read. Copy what you need into them.`,
    );
  }
  const target = place.file.targetOf(reference);
  if (!isWithin(root, target)) {
    return refuse(
      "ref-outside",
      `$ref to "${reference}" leaves the folder of the specifications. Move the file into it.`,
    );
  }
  if (!existsSync(target)) {
    return refuse(
      "ref-dangling",
      `$ref to "${reference}": there is no such file. Correct the path; it starts from this file's folder.`,
    );
  }
  // What is wrong with a file that cannot be read has been told; what it would hold is not known.
  if (read(target) === undefined) return [];
  if (place.file.resolve(reference) === undefined) {
    return refuse("ref-dangling", `$ref to "${reference}" leads nowhere. Correct it, or add what it names.`);
  }
  if (leadsBack(place.parent)) {
    return refuse(
      "ref-cycle",
      `$ref to "${reference}" leads back here and never to a definition. Define one of them.`,
    );
  }
  if (target !== place.file.absolute && isOutOfSight(place)) {
    return refuse(
      "unsupported",
      `$ref to "${reference}" stands below a name that every JavaScript object has. Refer to a component of this file.`,
    );
  }
  return [];
}

/**
 * Whether a place is below a name like `constructor`. Redocly looks such names up in plain objects, takes what it finds
 * for a type, and neither checks nor bundles what is there.
 */
export const isOutOfSight = (place: Place): boolean => place.path.some((key) => key in Object.prototype);

/** Whether a path lies in a folder, and stays there when links are followed. */
export function isWithin(folder: string, path: string): boolean {
  const lies = (from: string, to: string) => {
    const way = relative(from, to);
    return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  };
  return lies(folder, path) && (!existsSync(path) || lies(realpathSync(folder), realpathSync(path)));
}

/** Whether a chain of `$ref`s comes back to where it started. */
function leadsBack(start: Place): boolean {
  const seen = new Set<string>();
  let place: Place | undefined = start;
  while (place !== undefined && !seen.has(place.pointer)) {
    seen.add(place.pointer);
    const reference = place.text("$ref");
    place = reference === undefined ? undefined : place.file.resolve(reference);
  }
  return place?.pointer === start.pointer;
}
