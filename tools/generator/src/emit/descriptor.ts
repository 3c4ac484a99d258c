import type { Operation } from "@typedcloud/runtime/operation";
import type { OperationModel } from "../model.ts";

/** What the runtime needs of an operation: nothing that its specification leaves out. */
export function descriptorOf({
  method,
  path,
  query,
  body,
  noContent,
  pages,
  job,
}: OperationModel): Operation {
  return {
    method,
    path,
    ...(Object.keys(query).length > 0 ? { query } : {}),
    ...(body ? { body } : {}),
    ...(noContent ? { noContent } : {}),
    ...(pages ? { pages } : {}),
    ...(job ? { job } : {}),
  };
}
