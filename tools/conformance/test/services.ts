/// <reference types="vite/client" />
/** Every generated package, found by its files, and its specification's examples, read on their own. */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Operation, Service } from "@typedcloud/runtime";
import { parse } from "yaml";
import type { Mock, PagedMock, PagedOptions } from "../../../packages/runtime/src/mocks.js";

/** A bound operation, as far as all of them are alike. */
export interface AnyOperation {
  (args?: object): Promise<unknown>;
  items(args?: object): AsyncIterable<unknown>;
  pages(args?: object): AsyncIterable<unknown>;
  wait(id: string, args?: object): Promise<unknown>;
}

interface AnyMock extends Mock<unknown> {
  (body?: unknown): ReturnType<Mock<unknown>>;
  paged(items: readonly unknown[], options?: PagedOptions): ReturnType<PagedMock<unknown, string>["paged"]>;
}

/** One operation of one service, with all that the tests need. */
export interface Subject {
  readonly label: string;
  readonly service: Service;
  readonly operation: Operation;
  /** The operation of a new client, which has learned nothing yet. */
  connect(): AnyOperation;
  readonly mock: AnyMock;
  /** The specification's examples by status. */
  readonly examples: Readonly<Record<string, unknown>>;
  /** Arguments that fill the path. */
  readonly args: { path?: Record<string, string> };
}

/** What a client of each cloud needs to sign. */
const options: Record<string, object> = {
  huaweicloud: {
    projectId: "7b7705dce1e847b08b3b16dda67fec24",
    credentials: { ak: "access-key", sk: "secret-key" },
  },
  alibabacloud: { credentials: { accessKeyId: "access-key", accessKeySecret: "secret-key" } },
};

type Module = Record<string, unknown>;
const modules = import.meta.glob<Module>("../../../packages/*/src/{index,mocks,operations}.ts", {
  eager: true,
});

export const subjects: Subject[] = Object.keys(modules)
  .filter((path) => path.endsWith("/operations.ts"))
  .flatMap((path) => {
    const { service, operations } = modules[path] as {
      service: Service;
      operations: Record<string, Operation>;
    };
    const { mocks } = modules[path.replace("/operations.ts", "/mocks.ts")] as {
      mocks: Record<string, AnyMock>;
    };
    const index = modules[path.replace("/operations.ts", "/index.ts")] as Module;
    const create = Object.entries(index).find(([name]) => /^create.+Client$/.test(name))?.[1] as (
      options: object,
    ) => Record<string, AnyOperation>;
    const region = service.servers[0]?.regions?.[0] ?? "cn-north-4";
    return Object.entries(operations).map(([name, operation]): Subject => {
      const inPath = [...operation.path.matchAll(/\{([^{}]+)\}/g)].map(([, parameter = ""]) => parameter);
      const others = inPath.filter((parameter) => parameter !== "project_id");
      const mock = mocks[name];
      if (!mock) throw new Error(`${path}: ${name} is not mocked`);
      return {
        label: `${service.cloud}-${service.name} ${name}`,
        service,
        operation,
        connect: () => {
          const bound = create({ region, ...options[service.cloud] })[name];
          if (!bound) throw new Error(`${path}: ${name} is not bound`);
          return bound;
        },
        mock,
        examples: examplesOf(service, operation),
        args: others.length
          ? { path: Object.fromEntries(others.map((parameter) => [parameter, "some-id"])) }
          : {},
      };
    });
  });

function examplesOf(service: Service, operation: Operation): Record<string, unknown> {
  const file = new URL(`../../../specs/${service.cloud}/${service.name}.yaml`, import.meta.url);
  const spec = parse(readFileSync(fileURLToPath(file), "utf8"));
  const { responses } = spec.paths[operation.path][operation.method];
  return Object.fromEntries(
    Object.entries<{ content?: { "application/json"?: { example?: unknown } } }>(responses).map(
      ([status, response]) => [status, response.content?.["application/json"]?.example],
    ),
  );
}
