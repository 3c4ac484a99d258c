import type { Fact, Note, Parameter } from "../facts.ts";

/** The names that stand in a path: `/kites/{kite_id}`. */
export const templateOf = (path: string): string[] =>
  [...path.matchAll(/\{([^{}]{1,100})\}/g)].map(([, name = ""]) => name);

/** Tells which names of a path no table describes. */
export function tellMissing(path: Fact<string>, parameters: readonly Parameter[], notes: Note[]): void {
  const described = new Set(parameters.filter((each) => each.in === "path").map(({ name }) => name));
  for (const name of templateOf(path.value))
    if (!described.has(name))
      notes.push({ line: path.at, message: `{${name}} stands in the path and in no table` });
}
