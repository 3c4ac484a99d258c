import type { ServiceModel } from "../model.ts";
import { headerOf } from "./header.ts";
import { literal } from "./literal.ts";

/** `src/mocks.ts`: the documented examples as MSW handlers. */
export function emitMocks(model: ServiceModel): string {
  const examples = Object.fromEntries(
    model.operations.map(({ id, examples }) => [
      id,
      Object.fromEntries(examples.map(({ status, body }) => [status, body])),
    ]),
  );
  return `${headerOf(model)}
import { createMocks } from "@typedcloud/runtime/mocks";
import { operations, service } from "./operations.js";
import type { operations as Schema } from "./schema.js";

export type { Mock, Mocks, OffsetBehaviour, PagedMock, PagedOptions } from "@typedcloud/runtime/mocks";

/** The documented examples as MSW handlers: one factory an operation. */
export const mocks = createMocks<Schema, typeof operations>(service, operations, ${literal(examples, "", Number.POSITIVE_INFINITY)});

/** One handler an operation, each answering with its documented example. */
export const handlers = Object.values(mocks).map((mock) => mock());
`;
}
