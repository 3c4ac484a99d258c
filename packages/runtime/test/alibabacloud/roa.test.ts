/** Services of the style ROA: operations have paths, and are named in a header all the same. */

import { expect, test } from "vitest";
import { createAlibabaCloudService } from "../../src/alibabacloud/index.js";
import type { Operations } from "../../src/operation.js";
import { ALIBABA_HOST, alibabaService } from "../support/clients.js";
import { startCloud } from "../support/cloud.js";
import { verifyAlibaba } from "../support/verify.js";

interface Schema {
  describeCluster: {
    parameters: { path: { id: string }; query?: { verbose?: boolean } };
    responses: { 200: { content: { "application/json": { ok?: boolean } } } };
  };
  createCluster: {
    requestBody: { content: { "application/json": { name: string } } };
    responses: { 200: { content: { "application/json": { ok?: boolean } } } };
  };
}
const operations = {
  describeCluster: { method: "get", path: "/clusters/{id}", query: { verbose: { type: "boolean" } } },
  createCluster: { method: "post", path: "/clusters", body: "json" },
} as const satisfies Operations<Schema>;

const client = (fetch: typeof globalThis.fetch, credentials: object) =>
  createAlibabaCloudService<Schema, typeof operations>({ ...alibabaService, style: "ROA" }, operations, {
    region: "cn-hangzhou",
    credentials: credentials as { bearerToken: string }, // or a key: both are tried below
    fetch,
  });

test("the path is the operation's, the action its name, and both are signed", async () => {
  const cloud = await startCloud({
    [ALIBABA_HOST]: (request) =>
      verifyAlibaba(request, { id: "secret" }) ? { body: { ok: true } } : { status: 400, body: {} },
  });
  const { describeCluster, createCluster } = client(cloud.fetch, {
    accessKeyId: "id",
    accessKeySecret: "secret",
  });
  expect(await describeCluster({ path: { id: "c 1/*" }, query: { verbose: true } })).toEqual({ ok: true });
  expect(await createCluster({ body: { name: "new" } })).toEqual({ ok: true });
  expect(
    cloud.received.map(({ method, target, headers, body }) => [
      `${method} ${target}`,
      headers["x-acs-action"],
      headers["x-acs-version"],
      headers["content-type"],
      body,
    ]),
  ).toEqual([
    ["GET /clusters/c%201%2F%2A?verbose=true", "DescribeCluster", "2020-06-16", undefined, ""],
    ["POST /clusters", "CreateCluster", "2020-06-16", "application/json", '{"name":"new"}'],
  ]);
  expect(cloud.received[0]?.headers.authorization).toContain("x-acs-action;");
});

test("a bearer token is named in a header, not in the query", async () => {
  const cloud = await startCloud({ [ALIBABA_HOST]: () => ({ body: {} }) });
  await client(cloud.fetch, { bearerToken: "bearer-token" }).describeCluster({ path: { id: "c" } });
  const [request] = cloud.received;
  expect(request?.target).toBe("/clusters/c");
  expect(request?.headers).toMatchObject({
    "x-acs-action": "DescribeCluster",
    "x-acs-bearer-token": "bearer-token",
    "x-acs-signature-type": "BEARERTOKEN",
  });
});
