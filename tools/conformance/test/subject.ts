/** One operation of one service, with all that the tests need. */

import type { Operation, Service } from "@typedcloud/runtime/operation";
import type { AnyMock } from "../../../packages/runtime/src/mocks.js";
import { type Arguments, type Facts, factsOf } from "./spec.js";

/** A bound operation, as far as all of them are alike. */
export interface AnyOperation {
  (args?: object): Promise<unknown>;
  items(args?: object): AsyncIterable<unknown>;
  pages(args?: object): AsyncIterable<unknown>;
  wait(id: string, args?: object): Promise<unknown>;
}

export interface Subject extends Facts {
  readonly label: string;
  readonly name: string;
  readonly service: Service;
  readonly operation: Operation;
  /** The package that it comes in; an invented service has none. */
  readonly package?: string;
  /** The operation of a new client, which has learned nothing yet. */
  connect(): AnyOperation;
  readonly mock: AnyMock;
}

/** A service, generated or invented. */
export interface Parts {
  readonly service: Service;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly mocks: Readonly<Record<string, AnyMock>>;
  readonly package?: string;
  /** The file of its specification. */
  readonly specification: string;
  create(options: object): Record<string, AnyOperation>;
}

/** What a client of each cloud needs to sign. */
const options: Record<string, object> = {
  huaweicloud: {
    projectId: "7b7705dce1e847b08b3b16dda67fec24",
    credentials: { ak: "access-key", sk: "secret-key" },
  },
  alibabacloud: { credentials: { accessKeyId: "access-key", accessKeySecret: "secret-key" } },
};

/** A subject for each operation. */
export function subjectsOf({ specification, mocks, operations, create, ...parts }: Parts): Subject[] {
  const { service } = parts;
  const region = service.servers[0]?.regions?.[0] ?? "cn-north-4";
  return Object.entries(operations).map(([name, operation]): Subject => {
    const mock = mocks[name];
    if (!mock) throw new Error(`${specification}: ${name} is not mocked`);
    return {
      ...parts,
      ...factsOf(specification, operation),
      label: `${service.cloud}-${service.name} ${name}`,
      name,
      operation,
      connect: () => {
        const bound = create({ region, ...options[service.cloud] })[name];
        if (!bound) throw new Error(`${specification}: ${name} is not bound`);
        return bound;
      },
      mock,
    };
  });
}

/** Where a job's id stands in the arguments: their group and the parameter. */
const placeOfId = ({ operation }: Subject): string[] =>
  operation.job?.find?.replace("[]", "").split(".") ?? [];

/** The id of the only job that the arguments ask for. */
export function askedId(subject: Subject): unknown {
  const [where = "", name = ""] = placeOfId(subject);
  return Object.entries(Object(Object(subject.args)[where])).find(([key]) => key === name)?.[1];
}

/** What waiting takes: the client puts the job's id where `find` says. */
export function waitArguments(subject: Subject): Arguments {
  const { args } = subject;
  const [where = "", name = ""] = placeOfId(subject);
  return Object.fromEntries(
    Object.entries(args).map(([group, values]) => [
      group,
      group === where
        ? Object.fromEntries(Object.entries(Object(values)).filter(([key]) => key !== name))
        : values,
    ]),
  );
}

/** Sends a query that no client would send, as the operation travels. */
export function probe({ operation, service }: Subject, query: Record<string, unknown>): Promise<Response> {
  const { method, path } = operation;
  const isRpc = service.style === "RPC";
  const url = new URL(isRpc ? "/" : path.replace(/\{[^{}]+\}/g, "x"), "https://any.host");
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  return fetch(url, {
    method: method.toUpperCase(),
    ...(isRpc && { headers: { "x-acs-action": path.slice(1) } }),
  });
}
