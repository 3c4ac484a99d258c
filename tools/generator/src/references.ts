import { existsSync, realpathSync } from "node:fs";
import { isAbsolute, relative, sep } from "node:path";
import { isRemote, type SpecificationFile } from "./file.ts";
import { Place } from "./place.ts";
import type { Problem } from "./problem.ts";

/** What a schema is put together with. */
export const COMPOSITIONS = ["allOf", "anyOf", "oneOf"];

/** Every value of a file. */
function* places(place: Place): Generator<Place> {
  yield place;
  for (const child of place.children()) yield* places(child);
}

/** Every `$ref` of a file. */
export const referencesOf = (file: SpecificationFile): Place[] =>
  [...places(Place.root(file))].flatMap((place) =>
    place.text("$ref") === undefined ? [] : [place.at("$ref")],
  );

/**
 * What every object has. Redocly, which looks keys up in plain objects, calls some of it and reads nothing below the
 * rest; and TypeScript takes `{}` for no object whose `constructor` may be a string.
 */
const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Refuses keys that can be neither read nor typed. */
export const checkKeys = (file: SpecificationFile): Problem[] =>
  [...places(Place.root(file))]
    .filter(({ key }) => INHERITED.has(key))
    .map((place) =>
      place.problem(
        "key",
        `"${place.key}" is in every JavaScript object, and cannot be a key here. Leave it out, with a comment.`,
        "key",
      ),
    );

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
  const keyword = containsItself(place);
  if (keyword !== undefined) {
    return refuse(
      "ref-cycle",
      `$ref to "${reference}": the schema contains itself through ${keyword}. Refer to it from a property, or leave it out.`,
    );
  }
  return [];
}

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

/** The keyword by which the schema that a `$ref` is a part of becomes a part of itself; nothing if it does not. */
function containsItself(reference: Place): string | undefined {
  // …/allOf/0/$ref
  const part = reference.parent;
  const keyword = part.parent.key;
  if (!COMPOSITIONS.includes(keyword)) return undefined;
  const whole = part.parent.parent.pointer;
  return [...partsOf(part)].some(({ pointer }) => pointer === whole) ? keyword : undefined;
}

/** The schemas that a schema is put together of, itself included. */
function* partsOf(schema: Place, seen = new Set<string>()): Generator<Place> {
  const target = schema.follow();
  if (target === undefined || seen.has(target.pointer)) return;
  seen.add(target.pointer);
  yield target;
  for (const keyword of COMPOSITIONS)
    for (const part of target.at(keyword).children()) yield* partsOf(part, seen);
}
