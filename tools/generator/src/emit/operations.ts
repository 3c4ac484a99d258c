import type { OperationModel, ServiceModel } from "../model.ts";
import { descriptorOf } from "./descriptor.ts";
import { headerOf } from "./header.ts";
import { literal, propertyName } from "./literal.ts";
import { commentLines, docComment } from "./text.ts";

/** `src/operations.ts`: the descriptors. */
export function emitOperations(model: ServiceModel): string {
  return `${headerOf(model)}
import type { Operations, Service } from "@typedcloud/runtime/operation";
import type { operations as Schema } from "./schema.js";

/** The service: its name, version and hosts. */
export const service = ${literal(model.service, "", "export const service = ".length)} as const satisfies Service;

export const operations = {
${model.operations.map(emitOperation).join("\n")}
} as const satisfies Operations<Schema>;
`;
}

function emitOperation(operation: OperationModel): string {
  const start = `  ${propertyName(operation.id)}: `;
  return `${docComment(documentation(operation), "  ")}\n${start}${literal(descriptorOf(operation), "  ", start.length)},`;
}

/** What an editor shows at the call. */
function documentation({
  summary,
  description,
  permission,
  page,
  updated,
  deprecated,
}: OperationModel): string[] {
  const lines = commentLines(summary);
  if (description) lines.push("", ...commentLines(description));
  if (permission) {
    const { action, access, resource } = permission;
    const details = [access && `access ${access}`, resource && `resource ${resource}`]
      .filter(Boolean)
      .join(", ");
    lines.push("", ...commentLines(`Permission: ${action}${details ? ` (${details})` : ""}.`));
  }
  // Not "@see": at a call, editors show the tags of the call signature instead of the property's.
  const date = updated && `page of ${updated}`;
  const source = page && date ? `${page} (${date})` : page || date;
  if (source) lines.push("", ...commentLines(`Documentation: ${source}`));
  if (deprecated) lines.push("", "@deprecated");
  return lines;
}
