/** The checked specifications as plain data, for tools that do something else with them than packages. */

import { check } from "./check.ts";
import { descriptorOf } from "./emit/descriptor.ts";
import { validationDocument } from "./emit/document.ts";
import { formatProblem } from "./problem.ts";

/** A service as its specification describes it: everything in it is JSON. */
export interface SpecifiedService {
  /** Where the facts come from: `specs/huaweicloud/elb.yaml`. */
  readonly specification: string;
  /** What generated packages call `service`. */
  readonly service: object;
  /** What they call `operations`: a descriptor for each operation. */
  readonly operations: Readonly<Record<string, object>>;
  /** The documented examples: for each operation, for each status. */
  readonly examples: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /**
   * The specification as one OpenAPI document that refers to nothing outside it. Enums that the vendor may extend
   * are called `x-open-enum`, and hold the undocumented values too: what is left of JSON Schema can be validated with.
   */
  readonly document: object;
}

/**
 * Reads and checks a folder of specifications, `<folder>/<cloud>/<service>.yaml`.
 *
 * @throws Error that lists every problem, each with file, line and column
 */
export async function readSpecifications(folder: string, cwd = process.cwd()): Promise<SpecifiedService[]> {
  const { specifications, services, problems } = await check(folder, cwd);
  if (problems.length > 0) throw new Error(problems.map(formatProblem).join("\n"));
  return Promise.all(
    services.map(async ({ specification, file, service, operations }) => ({
      specification,
      service,
      operations: Object.fromEntries(operations.map((operation) => [operation.id, descriptorOf(operation)])),
      examples: Object.fromEntries(
        operations.map(({ id, examples }) => [
          id,
          Object.fromEntries(examples.map(({ status, body }) => [status, body])),
        ]),
      ),
      document: await validationDocument(file, specifications.files),
    })),
  );
}
