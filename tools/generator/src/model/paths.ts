import type { Place } from "../place.ts";
import { suggest } from "../validation.ts";
import type { ParameterPlace } from "./parameters.ts";
import type { Report } from "./report.ts";

/** The names in a path template. */
export const templateNames = (path: string): string[] =>
  [...path.matchAll(/\{([^}]*)\}/g)].map(([, name = ""]) => name);

/** Refuses paths that hold more than a path, and those that a request could not tell apart. */
export function checkPaths(
  operations: readonly { path: string; method: string; entry: Place }[],
  report: Report,
): void {
  const owners = new Map<string, string>();
  for (const { path, method, entry } of operations) {
    const refuse = (message: string) => report(entry.problem("path", message, "key"));
    const [sign] = path.match(/[?#]/) ?? [];
    if (sign !== undefined)
      refuse(`"${sign}" ends a path. Describe what follows it as parameters, and leave it out.`);
    const key = `${method} ${path.replaceAll(/\{[^}]*\}/g, "{}")}`;
    const owner = owners.get(key);
    if (owner !== undefined) refuse(`${method} ${path} is the same as ${owner}. Describe it once.`);
    owners.set(key, owner ?? path);
  }
}

/** Every `{name}` of the path must be a path parameter that is required, and the other way round. */
export function checkPathParameters(
  path: string,
  operation: Place,
  parameters: readonly ParameterPlace[],
  report: Report,
): void {
  const declared = parameters.filter((parameter) => parameter.in === "path");
  const named = templateNames(path);
  for (const name of named) {
    if (declared.some((parameter) => parameter.name === name)) continue;
    report(
      operation.parent.problem(
        "path-parameter",
        `{${name}} is not declared. Add a parameter with \`in: path\`.`,
        "key",
      ),
    );
  }
  for (const { name, entry, place } of declared) {
    if (!named.includes(name))
      report(entry.problem("path-parameter", `"${name}" does not stand in ${path}. ${suggest(name, named)}`));
    if (place.at("required").value !== true)
      report(
        place
          .at("required")
          .problem(
            "path-parameter",
            `"${name}" is not required. A path has no gaps: add \`required: true\`.`,
          ),
      );
  }
}
