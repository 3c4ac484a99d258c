/** Addresses and options: what is refused before anything is sent. */

import { describe, expect, test } from "vitest";
import type { AlibabaCloudOptions } from "../../src/alibabacloud/index.js";
import { resolveEndpoint } from "../../src/endpoint.js";
import { ConfigError } from "../../src/errors.js";
import type { HuaweiCloudOptions } from "../../src/huaweicloud/index.js";
import { alibabaClient, HUAWEI_HOST, huaweiClient, huaweiService } from "../support/clients.js";
import { startCloud } from "../support/cloud.js";
import { verifyHuawei } from "../support/verify.js";

const key = { ak: "ak", sk: "sk" };
const gaussdb = {
  ...huaweiService,
  title: "GaussDB",
  servers: [
    { url: "https://gaussdb.{region}.myhuaweicloud.com", regions: ["cn-north-4", "cn-east-3"] },
    { url: "https://gaussdb-mysql.{region}.myhuaweicloud.com", regions: ["af-south-1"] },
  ],
};

describe("region to address", () => {
  test.each([
    [huaweiService, "cn-north-4", "https://test.cn-north-4.myhuaweicloud.com"],
    [
      {
        ...huaweiService,
        servers: [
          ...huaweiService.servers,
          { url: "https://test.{region}.myhuaweicloud.eu", regions: ["eu-west-101"] },
        ],
      },
      "eu-west-101",
      "https://test.eu-west-101.myhuaweicloud.eu",
    ],
    [gaussdb, "af-south-1", "https://gaussdb-mysql.af-south-1.myhuaweicloud.com"],
  ])("%#", (service, region, expected) => expect(resolveEndpoint(service, { region })).toBe(expected));

  test("a region that no pattern serves: the error names those that are known, and the way out", () => {
    expect(() => resolveEndpoint(gaussdb, { region: "cn-north-1" })).toThrow(
      'GaussDB: no endpoint is known for the region "cn-north-1", only for af-south-1, cn-east-3, cn-north-4. If the service is there, give its address as the option endpoint',
    );
    expect(
      resolveEndpoint(gaussdb, {
        region: "cn-north-1",
        endpoint: "https://gaussdb.cn-north-1.myhuaweicloud.com/",
      }),
    ).toBe("https://gaussdb.cn-north-1.myhuaweicloud.com");
  });
  test("neither region nor endpoint", () =>
    expect(() => resolveEndpoint(huaweiService, {})).toThrow(/give a region, or the endpoint/));
  test.each(["../x", "cn-north-4.evil.com/", "CN-NORTH-4", "", "cn north", "cn-north-4#"])(
    "region %j",
    (region) => {
      expect(() => huaweiClient({ region, credentials: key })).toThrow(/region must be a region's id/);
    },
  );
});

describe("endpoint", () => {
  test.each([
    ["https://host.example", "https://host.example"],
    ["https://host.example:8443/", "https://host.example:8443"],
    ["https://host.example/prefix/", "https://host.example/prefix"],
    ["https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"],
    ["http://127.0.0.1:3000", "http://127.0.0.1:3000"],
    ["http://localhost:3000", "http://localhost:3000"],
    ["http://[::1]:3000", "http://[::1]:3000"],
  ])("%s", (endpoint, expected) => expect(resolveEndpoint(huaweiService, { endpoint })).toBe(expected));

  test.each([
    ["http:// to another machine", "http://host.example"],
    ["a name that only looks local", "http://127.0.0.1.evil.example"],
    ["a user and a password", "https://user:SECRET@host.example"],
    ["a query", "https://host.example?token=SECRET"],
    ["a fragment", "https://host.example#.myhuaweicloud.com"],
    ["no scheme", "host.example"],
    ["two slashes only", "//host.example"],
    ["a script", "javascript:alert(1)"],
    ["a backslash", "https:\\\\host.example"],
    ["a space", "https://host.example/a b"],
    ["a dot at the end of the host", "https://host.example."],
    ["port 0", "https://host.example:0"],
    ["port 99999", "https://host.example:99999"],
    ["letters that look like others", "https://myhuaweicl\u043eud.com"],
    ["the metadata service of Huawei Cloud", "http://169.254.169.254"],
    ["the same over https", "https://169.254.169.254"],
    ["the same as one number", "https://2852039166"],
    ["the same in IPv6", "https://[::ffff:169.254.169.254]"],
    ["the metadata service of Alibaba Cloud", "https://100.100.100.200"],
    ["not text", 7],
  ])("%s is refused, and not shown if it holds a secret", (_, endpoint) => {
    const refused = () => huaweiClient({ endpoint: endpoint as string, credentials: key }); // what JavaScript callers may give
    expect(refused).toThrow(ConfigError);
    expect(refused).not.toThrow(/SECRET/);
  });

  test("a prefix is kept, and signed", async () => {
    const cloud = await startCloud({
      "private.example": (request) =>
        verifyHuawei(request, { ak: "sk" }) ? { body: { ok: true } } : { status: 400 },
    });
    await huaweiClient({
      endpoint: "https://private.example/gate%20way/",
      projectId: "p",
      credentials: key,
      fetch: cloud.fetch,
    }).listThings();
    expect(cloud.received[0]?.target).toBe("/gate%20way/v3/p/things");
  });
});

describe("options that are misspelt or of another cloud", () => {
  test.each([
    [{ projectID: "p" }, /"projectID" is not known. There are region, endpoint, projectId/],
    [
      { credentials: { accessKeyId: "a", accessKeySecret: "b" } },
      /credentials: "accessKeyId" is not known. There are ak, sk/,
    ],
    [{ credentials: { ...key, token: "t" } }, /a token or an access key, not both/],
    [{ credentials: {} }, /credentials.ak is missing/],
    [{ credentials: "ak" }, /credentials must be an object/],
    [{ credentials: null }, /credentials must be an object/],
    [{ credentials: { token: "Bearer abc" } }, /begins with "Bearer"/],
    [{ credentials: { ak: " ak", sk: "sk" } }, /credentials.ak holds a space/],
    [{ credentials: { ak: "ak", sk: "sk\n" } }, /credentials.sk holds a line break/],
    [{ credentials: { ak: "ak", sk: "s\u0000k" } }, /holds a space or another character/],
    [{ credentials: { ak: "ak", sk: "密钥" } }, /holds a space or another character/],
    [{ credentials: { token: "t".repeat(2 ** 20) } }, /is longer than/],
    [{ projectId: "" }, /projectId is empty/],
    [{ projectId: "a b" }, /projectId holds a space/],
    [{ iamEndpoint: "http://iam.example" }, /iamEndpoint must begin with https/],
    [
      { derivedAuthServiceName: "apigw", region: undefined, endpoint: "https://a.example" },
      /derivedAuthServiceName needs a region/,
    ],
  ])("Huawei Cloud: %o", (options, message) => {
    const refused = () => huaweiClient({ credentials: key, ...options } as HuaweiCloudOptions); // as JavaScript callers may
    expect(refused).toThrow(message);
    expect(refused).toThrow(ConfigError);
  });
  test.each([
    [{ projectId: "p" }, /"projectId" is not known. There are region, endpoint, credentials/],
    [{ credentials: { ak: "a", sk: "b" } }, /credentials: "ak" is not known. There are accessKeyId/],
    [{ credentials: { accessKeyId: "a" } }, /credentials.accessKeySecret is missing/],
    [
      { credentials: { accessKeyId: "a", accessKeySecret: "b", bearerToken: "c" } },
      /a bearer token or an AccessKey, not both/,
    ],
    [{ credentials: 1 }, /credentials must be an object/],
  ])("Alibaba Cloud: %o", (options, message) => {
    const refused = () => alibabaClient(options as AlibabaCloudOptions); // as JavaScript callers may
    expect(refused).toThrow(message);
    expect(refused).toThrow(ConfigError);
  });
});

test("whoever changes the credentials' object afterwards changes no request", async () => {
  const cloud = await startCloud({ [HUAWEI_HOST]: () => ({ body: { ok: true } }) });
  const mine = { ak: "ak", sk: "sk" };
  const client = huaweiClient({ credentials: mine, projectId: "p", fetch: cloud.fetch });
  mine.ak = "other";
  mine.sk = "other";
  await client.listThings();
  expect(cloud.received.map((request) => verifyHuawei(request, { ak: "sk" }))).toEqual(["ak"]);
});

test("derived keys: V11-HMAC-SHA256 for the region and the service", async () => {
  const cloud = await startCloud({ [HUAWEI_HOST]: () => ({ body: { ok: true } }) });
  await huaweiClient({
    credentials: key,
    projectId: "p",
    derivedAuthServiceName: "apigw",
    fetch: cloud.fetch,
  }).listThings();
  expect(cloud.received[0]?.headers.authorization).toMatch(
    /^V11-HMAC-SHA256 Credential=ak\/\d{8}\/cn-north-4\/apigw, SignedHeaders=host;x-project-id;x-sdk-date, Signature=[0-9a-f]{64}$/,
  );
});

test("nothing is looked for before the first call", async () => {
  expect(() => [huaweiClient({}), alibabaClient({})]).not.toThrow();
});
