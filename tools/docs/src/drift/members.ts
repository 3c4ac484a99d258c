import type { Place } from "typedcloud/checked";
import type { Field } from "../facts.ts";
import type { Context } from "./context.ts";
import { compareField } from "./field.ts";
import { pair } from "./pair.ts";
import { describeType } from "./type.ts";

interface Members<P, S> {
  readonly page: readonly P[];
  readonly spec: readonly S[];
  /** What findings call the whole: `query`, `MainJob`. */
  readonly where: string;
  /** Whether a caller sends them. */
  readonly isRequest: boolean;
  /** The line where one that the page lacks would stand. */
  readonly line: number;
  /** Where one that the specification lacks would stand. */
  readonly place: Place;
  /** @returns true if this one is told otherwise */
  readonly onAdded?: (member: P) => boolean;
  /** @returns true if this one is told otherwise */
  readonly onRemoved?: (member: S) => boolean;
}

/** Holds the members of a list against each other: parameters, headers, or the fields of a structure. */
export function compareMembers<P extends Field, S extends Field<Place>>(
  context: Context,
  { page, spec, where, isRequest, line, place, onAdded, onRemoved }: Members<P, S>,
): void {
  const { same, renamed, added, removed } = pair(page, spec);
  for (const found of same)
    compareField(context, found.page, found.spec, `${where}.${found.page.name}`, isRequest);
  for (const found of renamed) {
    const { name, at } = found.spec;
    context.renamed.add(found.page.name).add(name);
    context.renames(
      `${where}.${name}`,
      { value: name, at },
      { value: found.page.name, at: found.page.at },
      "breaking",
    );
    compareField(context, found.page, found.spec, `${where}.${name}`, isRequest);
  }
  for (const member of added) {
    if (onAdded?.(member)) continue;
    const severity = isRequest && member.required === "yes" ? "breaking" : "compatible";
    context.added(
      `${where}.${member.name}`,
      { value: describeType(member.type), at: member.at },
      place,
      severity,
    );
  }
  for (const member of removed) {
    if (onRemoved?.(member)) continue;
    const before = { value: describeType(member.type), at: member.at };
    context.removed(`${where}.${member.name}`, before, line, "breaking");
  }
}
