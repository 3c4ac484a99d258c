/** Small clients of both clouds: any service would do. */

import { type AlibabaCloudOptions, createAlibabaCloudService } from "../../src/alibabacloud/index.js";
import { createHuaweiCloudService, type HuaweiCloudOptions } from "../../src/huaweicloud/index.js";
import type { Operations, Service } from "../../src/operation.js";

interface Answer {
  200: { headers: Record<string, unknown>; content: { "application/json": { ok?: boolean } } };
}
interface Query {
  limit?: number;
  name?: string;
  tags?: string[];
}
interface Things {
  parameters: { path: { project_id: string }; query?: Query; header?: never; cookie?: never };
  requestBody?: never;
  responses: Answer;
}
interface Create {
  parameters: {
    path: { project_id: string; thing_id: string };
    query?: Query;
    header?: never;
    cookie?: never;
  };
  requestBody: { content: { "application/json": { text: string } } };
  responses: Answer;
}
interface HuaweiSchema {
  listThings: Things;
  postThing: Create;
  putThing: Create;
  patchThing: Create;
  deleteThing: Create;
}

const query = { limit: { type: "integer" }, name: { type: "string" }, tags: { type: "array" } } as const;
const path = "/v3/{project_id}/things/{thing_id}";

export const huaweiService: Service = {
  cloud: "huaweicloud",
  name: "test",
  title: "Test Service",
  version: "v3",
  servers: [{ url: "https://test.{region}.myhuaweicloud.com" }],
};
const huaweiOperations = {
  listThings: { method: "get", path: "/v3/{project_id}/things", query },
  postThing: { method: "post", path, query, body: "json" },
  putThing: { method: "put", path, query, body: "json" },
  patchThing: { method: "patch", path, query, body: "json" },
  deleteThing: { method: "delete", path, query, body: "json" },
} as const satisfies Operations<HuaweiSchema>;

export const HUAWEI_HOST = "test.cn-north-4.myhuaweicloud.com";
export const IAM_HOST = "iam.cn-north-4.myhuaweicloud.com";

export const huaweiClient = (options: HuaweiCloudOptions) =>
  createHuaweiCloudService<HuaweiSchema, typeof huaweiOperations>(huaweiService, huaweiOperations, {
    region: "cn-north-4",
    ...options,
  });

interface AlibabaSchema {
  ListThings: {
    parameters: { query?: Query & { Tag?: { Key: string }[] }; header?: never; path?: never; cookie?: never };
    requestBody?: never;
    responses: Answer;
  };
  CreateThing: {
    parameters: { query?: Query; header?: never; path?: never; cookie?: never };
    requestBody: { content: { "application/x-www-form-urlencoded": { Name: string; Tags: string[] } } };
    responses: Answer;
  };
}
export const alibabaService: Service = {
  cloud: "alibabacloud",
  name: "test",
  title: "Test Service",
  version: "2020-06-16",
  style: "RPC",
  servers: [{ url: "https://test.{region}.aliyuncs.com" }],
};
const alibabaOperations = {
  ListThings: { method: "get", path: "/ListThings", query },
  CreateThing: { method: "post", path: "/CreateThing", query, body: "form" },
} as const satisfies Operations<AlibabaSchema>;

export const ALIBABA_HOST = "test.cn-hangzhou.aliyuncs.com";

export const alibabaClient = (options: AlibabaCloudOptions) =>
  createAlibabaCloudService<AlibabaSchema, typeof alibabaOperations>(alibabaService, alibabaOperations, {
    region: "cn-hangzhou",
    ...options,
  });
