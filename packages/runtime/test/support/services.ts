/** Clients of the real services, by their generated descriptors. */

import { type AlbClient, createAlbClient } from "../../../alibabacloud-alb/src/index.js";
import { createEipClient, type EipClient } from "../../../huaweicloud-eip/src/index.js";
import { createElbClient, type ElbClient } from "../../../huaweicloud-elb/src/index.js";
import { createGaussDBClient, type GaussDBClient } from "../../../huaweicloud-gaussdb/src/index.js";
import { createSwrClient, type SwrClient } from "../../../huaweicloud-swr/src/index.js";
import type { AlibabaCloudOptions } from "../../src/alibabacloud/index.js";
import { createHuaweiCloudService, type HuaweiCloudOptions } from "../../src/huaweicloud/index.js";
import type { Operations } from "../../src/operation.js";
import { SECRETS } from "./memory.js";

/** No pauses, unless a test says otherwise. */
const huawei = {
  region: "cn-north-4",
  projectId: "project-1",
  credentials: { ak: SECRETS.ak, sk: SECRETS.sk, securityToken: SECRETS.token },
  random: () => 0,
};
const alibaba = {
  region: "cn-hangzhou",
  credentials: { accessKeyId: SECRETS.ak, accessKeySecret: SECRETS.sk, securityToken: SECRETS.token },
  random: () => 0,
};

/** Options, or a server in memory and options. */
type Server<Options> = Options & { asked?: unknown };

const withHuawei = ({ asked: _, ...options }: Server<HuaweiCloudOptions>): HuaweiCloudOptions => ({
  ...huawei,
  ...options,
});

export const elb = (options: Server<HuaweiCloudOptions>): ElbClient => createElbClient(withHuawei(options));
export const swr = (options: Server<HuaweiCloudOptions>): SwrClient => createSwrClient(withHuawei(options));
export const eip = (options: Server<HuaweiCloudOptions>): EipClient => createEipClient(withHuawei(options));
export const gaussdb = (options: Server<HuaweiCloudOptions>): GaussDBClient =>
  createGaussDBClient(withHuawei(options));
export const alb = ({ asked: _, ...options }: Server<AlibabaCloudOptions>): AlbClient =>
  createAlbClient({ ...alibaba, ...options });

interface Row {
  id: string;
}
interface Listed<Query> {
  parameters: { path: { project_id: string }; query?: Query; header?: never; cookie?: never };
  requestBody?: never;
  responses: {
    200: {
      headers: Record<string, unknown>;
      content: { "application/json": { rows: Row[]; total?: number } };
    };
  };
}
interface Schema {
  numbered: Listed<{ page?: number; size?: number }>;
  nameless: Listed<{ offset?: number; limit?: number }>;
  fromOne: Listed<{ offset?: number; limit?: number }>;
}
const rows = { limit: { type: "integer", maximum: 10 }, offset: { type: "integer" } } as const;
const operations = {
  /** A list whose pages have numbers, as none of the five services has. */
  numbered: {
    method: "get",
    path: "/v1/{project_id}/numbered",
    query: { page: { type: "integer", minimum: 1 }, size: { type: "integer", maximum: 10 } },
    pages: { style: "page", items: "rows", id: "id", page: "page", limit: "size", total: "total" },
  },
  /** A list whose items have no ids. */
  nameless: {
    method: "get",
    path: "/v1/{project_id}/nameless",
    query: rows,
    pages: { style: "offset", items: "rows", offset: "offset", limit: "limit", total: "total" },
  },
  /** A list whose first row is 1. */
  fromOne: {
    method: "get",
    path: "/v1/{project_id}/from-one",
    query: rows,
    pages: {
      style: "offset",
      items: "rows",
      offset: "offset",
      limit: "limit",
      total: "total",
      base: 1,
      id: "id",
    },
  },
} as const satisfies Operations<Schema>;

const service = {
  cloud: "huaweicloud",
  name: "test",
  title: "Test",
  version: "v1",
  servers: [{ url: "https://test.{region}.example.com" }],
};

export const other = (options: Server<HuaweiCloudOptions>) =>
  createHuaweiCloudService<Schema, typeof operations>(service, operations, withHuawei(options));
