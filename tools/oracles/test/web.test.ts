/** What browsers and workers get: no module of Node, hashes of their own, and no place to look for credentials. */

import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";

/** What this test uses of the two modules, once they are bundled. */
interface Web {
  createHuaweiCloudService?: Create;
  createAlibabaCloudService?: Create;
}
type Create = (service: object, operations: object, options: object) => { list(): Promise<unknown> };

async function bundle(cloud: string): Promise<{ code: string; web: Web }> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../../../packages/runtime/src/${cloud}/index.ts`, import.meta.url))],
    bundle: true,
    format: "esm",
    platform: "browser",
    conditions: ["@typedcloud/source"],
    write: false,
  });
  const code = outputFiles.map(({ text }) => text).join("");
  return { code, web: await import(`data:text/javascript,${encodeURIComponent(code)}`) };
}

describe.each([
  [
    "huaweicloud",
    { ak: "ak", sk: "sk" },
    /^SDK-HMAC-SHA256 Access=ak, SignedHeaders=host;x-sdk-date, Signature=[0-9a-f]{64}$/,
  ],
  [
    "alibabacloud",
    { accessKeyId: "id", accessKeySecret: "secret" },
    /^ACS3-HMAC-SHA256 Credential=id,SignedHeaders=host;.*,Signature=[0-9a-f]{64}$/,
  ],
])("%s", (cloud, credentials, authorization) => {
  test("bundles without Node, and signs", async () => {
    const { code, web } = await bundle(cloud);
    expect(/["']node:[a-z/]+["']/.exec(code)?.[0]).toBeUndefined();
    const create = web.createHuaweiCloudService ?? web.createAlibabaCloudService;
    const service = {
      cloud,
      name: "s",
      title: "S",
      version: "v1",
      servers: [{ url: "https://s.{region}.example" }],
    };
    const operations = { list: { method: "get", path: "/list" } };
    const sent: Headers[] = [];
    const fetch = async (_: string, init: RequestInit) => {
      sent.push(new Headers(init.headers));
      return new Response("{}", { headers: { "content-type": "application/json" } });
    };
    await create?.(service, operations, { region: "r", fetch, credentials }).list();
    expect(sent.map((headers) => headers.get("authorization"))).toEqual([
      expect.stringMatching(authorization),
    ]);

    await expect(create?.(service, operations, { region: "r", fetch }).list()).rejects.toThrow(
      "give credentials: this platform has no environment variables and no files to find them in",
    );
  });
});
