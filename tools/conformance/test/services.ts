/// <reference types="vite/client" />
/** Every generated package, found by its files; and invented services, so that new ones meet no surprise here. */

import { fileURLToPath } from "node:url";
import { createAlibabaCloudService } from "@typedcloud/runtime/alibabacloud";
import { createHuaweiCloudService } from "@typedcloud/runtime/huaweicloud";
import type { Operation, Service } from "@typedcloud/runtime/operation";
import { type AnyMock, createAnyMocks } from "../../../packages/runtime/src/mocks.js";
import { readSpecifications } from "../../generator/src/specifications.js";
import { type Parts, type Subject, subjectsOf } from "./subject.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));

type Module = Record<string, unknown>;
const modules = import.meta.glob<Module>("../../../packages/*/src/{index,mocks,operations}.ts", {
  eager: true,
});

const generated = Object.keys(modules)
  .filter((path) => path.endsWith("/operations.ts"))
  .map((path): Parts => {
    const moduleOf = (name: string) => modules[path.replace("/operations.ts", `/${name}.ts`)] ?? {};
    const { service, operations } = moduleOf("operations") as Pick<Parts, "service" | "operations">;
    const { mocks } = moduleOf("mocks") as { mocks: Record<string, AnyMock> };
    const create = Object.entries(moduleOf("index")).find(([name]) => /^create.+Client$/.test(name))?.[1];
    return {
      service,
      operations,
      mocks,
      package: `@typedcloud/${service.cloud}-${service.name}`,
      specification: `${root}specs/${service.cloud}/${service.name}.yaml`,
      create: create as Parts["create"],
    };
  });

/** What a generated package would call. */
const createService: Record<string, (service: Service, operations: Operations, options: object) => unknown> =
  {
    huaweicloud: createHuaweiCloudService<Operations, Operations>,
    alibabacloud: createAlibabaCloudService<Operations, Operations>,
  };
type Operations = Readonly<Record<string, Operation>>;

const folder = `${root}packages/mock-cloud/test/specs`;
const invented = (await readSpecifications(folder)).map((each): Parts => {
  // It says `object` where these are the runtime's types.
  const service = each.service as Service;
  const operations = each.operations as Operations;
  return {
    service,
    operations,
    mocks: createAnyMocks(service, operations, each.examples),
    specification: `${folder}/${service.cloud}/${service.name}.yaml`,
    create: (options) =>
      createService[service.cloud]?.(service, operations, options) as ReturnType<Parts["create"]>,
  };
});

export const subjects: Subject[] = [...generated, ...invented].flatMap(subjectsOf);
