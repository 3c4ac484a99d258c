import type { Place } from "typedcloud/checked";
import type { Fact } from "../facts.ts";
import type { Context } from "./context.ts";
import type { Severity } from "./finding.ts";

/** Method, path, action, permission and title. */
export function compareOperation(context: Context): void {
  const { page, spec } = context;
  if (!spec.isRpc) {
    compareFact(context, "method", page.method, spec.method, "breaking");
    if (!isPathRename(context)) compareFact(context, "path", page.path, spec.path, "breaking");
  }
  const renamed = spec.isRpc && page.name?.value !== spec.name?.value ? page.name : undefined;
  if (renamed !== undefined && spec.name !== undefined)
    context.renames("action", spec.name, renamed, "breaking");
  comparePermission(context, renamed?.value);
  // The specification has the Chinese title only.
  if (page.language === "zh") compareFact(context, "title", page.title, spec.title, "wording");
}

/** Silence of either side is no difference. */
function compareFact(
  context: Context,
  where: string,
  page: Fact<string> | undefined,
  spec: Fact<string, Place> | undefined,
  severity: Severity,
): void {
  if (page !== undefined && spec !== undefined && page.value !== spec.value)
    context.changed(where, spec, page, severity);
}

function comparePermission(context: Context, action: string | undefined): void {
  const { page, spec } = context;
  if (page.permission === undefined || spec.permission === undefined) return;
  const [mine, theirs] = [page.permission, spec.permission];
  const part = (name: "action" | "access") =>
    compareFact(
      context,
      `permission.${name}`,
      { value: mine.value[name], at: mine.at },
      { value: theirs.value[name], at: theirs.at },
      "compatible",
    );
  // It is called after the action, and a renamed action is one finding.
  const follows = action !== undefined && mine.value.action.endsWith(`:${action}`);
  if (!follows) part("action");
  // Editions in other languages call the same level by other names.
  if (page.language === "zh") part("access");
}

/** Whether two paths differ in the names of their parameters only, and the parameters' table says the same. */
function isPathRename({ page, spec }: Context): boolean {
  const [after = "", before = ""] = [page.path?.value, spec.path?.value];
  if (after.replace(/\{[^{}]*\}/g, "{}") !== before.replace(/\{[^{}]*\}/g, "{}")) return false;
  const inTable = new Set(
    page.parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name),
  );
  return [...after.matchAll(/\{([^{}]*)\}/g)].every(([, name = ""]) => inTable.has(name));
}
