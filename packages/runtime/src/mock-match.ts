/** Which of a service's operations is a request for? */

import type { Operation, Service } from "./operation.js";

/** An operation that a request is for. */
export interface Match {
  readonly name: string;
  readonly operation: Operation;
  /** What stands in the path before the operation's own: `""` at a server's root. */
  readonly base: string;
  /** The values in the path, decoded. */
  readonly path: Readonly<Record<string, string>>;
}

/** Finds the operation that a request is for; undefined where it is none's. */
export type Matcher = (request: Request) => Match | undefined;

/**
 * Makes the matcher of a service's operations. They are found on any host, below any path; where several fit, the one
 * whose path is the most literal: `/volumes/summary` before `/volumes/{id}`. RPC actions are told by header or query.
 */
export function createMatcher(service: Service, operations: Readonly<Record<string, Operation>>): Matcher {
  if (service.style === "RPC") return (request) => matchAction(request, operations);
  const templates = Object.entries(operations)
    .map(([name, operation]) => ({ name, operation, ...compile(operation.path) }))
    .sort((a, b) => b.literal - a.literal);
  return (request) => {
    const { pathname } = new URL(request.url);
    for (const { name, operation, pattern, parameters } of templates) {
      if (request.method.toLowerCase() !== operation.method) continue;
      const found = pattern.exec(pathname);
      if (!found) continue;
      const [, base = "", ...values] = found;
      const path = Object.fromEntries(parameters.map((each, index) => [each, decode(values[index] ?? "")]));
      return { name, operation, base, path };
    }
    return undefined;
  };
}

function matchAction(request: Request, operations: Readonly<Record<string, Operation>>): Match | undefined {
  const { pathname, searchParams } = new URL(request.url);
  const action = request.headers.get("x-acs-action") ?? searchParams.get("Action");
  const found = Object.entries(operations).find(([, { path }]) => path.slice(1) === action);
  if (!found || !pathname.endsWith("/")) return undefined;
  const [name, operation] = found;
  return { name, operation, base: pathname.slice(0, -1), path: {} };
}

/** A path template as a pattern of its own, with as many groups as it has parameters and one for what is before it. */
function compile(template: string): { pattern: RegExp; parameters: string[]; literal: number } {
  const parameters: string[] = [];
  // Every second part is a parameter's name.
  const parts = template.split(/\{([^{}]+)\}/).map((part, index) => {
    if (index % 2 === 0) return part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    parameters.push(part);
    return "([^/]+)";
  });
  return {
    pattern: new RegExp(`^(.*)${parts.join("")}$`),
    parameters,
    literal: template.replace(/\{[^{}]+\}/g, "").length,
  };
}

/** What is not percent-encoded as it should be stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
