/** F-C05 … F-C15 of the reliability catalogue, as far as they are about the places that credentials come from. */

import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { ConfigError, CredentialsError, NotConfiguredError } from "../../src/errors.js";
import { iamToken } from "../../src/huaweicloud/index.js";
import { HUAWEI_HOST, huaweiClient, IAM_HOST } from "../support/clients.js";
import { type Answer, type Host, startCloud } from "../support/cloud.js";
import { emptyHome, type Home, setEnv } from "../support/home.js";
import { HOUR } from "../support/iam.js";
import { verifyHuawei } from "../support/verify.js";

const METADATA = "169.254.169.254";
const user = { username: "user", password: "a good password", domainName: "account" };
const ok: Host = () => ({ body: { ok: true } });

const FILE = ".huaweicloud/credentials";

describe("F-C05: a place that is not set up is passed over", () => {
  test("the file is used; the environment is looked at again only when nothing is cached", async () => {
    const home = await emptyHome();
    await home.write(FILE, "[basic]\nak = file-ak\nsk = file-sk\nproject_id = p\n");
    const cloud = await startCloud({ [HUAWEI_HOST]: ok });
    const client = huaweiClient({ fetch: cloud.fetch });
    await client.listThings();
    vi.stubEnv("HUAWEICLOUD_SDK_AK", "env-ak");
    vi.stubEnv("HUAWEICLOUD_SDK_SK", "env-sk");
    await client.listThings();
    expect(cloud.received.map((request) => verifyHuawei(request, { "file-ak": "file-sk" }))).toEqual([
      "file-ak",
      "file-ak",
    ]);
    await huaweiClient({ fetch: cloud.fetch, projectId: "p" }).listThings();
    expect(cloud.received.map((request) => verifyHuawei(request, { "env-ak": "env-sk" })).at(-1)).toBe(
      "env-ak",
    );
  });

  test("nothing anywhere: the error names every place; and credentials that appear later are found", async () => {
    await emptyHome();
    const cloud = await startCloud({ [HUAWEI_HOST]: ok });
    let now = Date.now();
    const client = huaweiClient({ fetch: cloud.fetch, projectId: "p", now: () => now });
    const error = await client.listThings().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotConfiguredError);
    expect(String(error)).toMatch(
      /HUAWEICLOUD_SDK_AK.*\.huaweicloud.*metadata service.*HC_CONTAINER_CREDENTIALS_FULL_URI/s,
    );
    vi.stubEnv("CLOUD_SDK_AK", "late-ak");
    vi.stubEnv("CLOUD_SDK_SK", "late-sk");
    now += 1001;
    await client.listThings();
    expect(cloud.received.map((request) => verifyHuawei(request, { "late-ak": "late-sk" }))).toEqual([
      "late-ak",
    ]);
  });
});

describe("F-C06: a place that is set up but broken is an error, and no other account is used instead", () => {
  const broken: [string, (home: Home) => unknown, RegExp][] = [
    [
      "half a pair in the environment",
      () => vi.stubEnv("HUAWEICLOUD_SDK_AK", "ak"),
      /HUAWEICLOUD_SDK_SK must be set too, because HUAWEICLOUD_SDK_AK is/,
    ],
    [
      "half a pair of the samples' names",
      () => vi.stubEnv("CLOUD_SDK_SK", "secret-value"),
      /CLOUD_SDK_AK must be set too/,
    ],
    [
      "halves of two pairs",
      () => setEnv({ HUAWEICLOUD_SDK_AK: "ak", CLOUD_SDK_SK: "secret-value" }),
      /HUAWEICLOUD_SDK_SK must be set too/,
    ],
    [
      "half an identity provider",
      () => vi.stubEnv("HUAWEICLOUD_SDK_IDP_ID", "idp"),
      /HUAWEICLOUD_SDK_ID_TOKEN_FILE must be set too/,
    ],
    [
      "a file that is named but not there",
      (home) => vi.stubEnv("HUAWEICLOUD_SDK_CREDENTIALS_FILE", join(home.path, "none")),
      /HUAWEICLOUD_SDK_CREDENTIALS_FILE: the file .*none does not exist/,
    ],
    [
      "a malformed file",
      (home) => home.write(FILE, "[basic]\nak = ak\nsecret-value\n"),
      /line 3: neither a \[section\] nor a key = value/,
    ],
    [
      "a value before the first section",
      (home) => home.write(FILE, "sk = secret-value\n[basic]\n"),
      /line 1: a value before the first \[section\]/,
    ],
    [
      "a key that is there twice",
      (home) => home.write(FILE, "[basic]\nak = a\nak = b\n"),
      /line 3: ak is there twice/,
    ],
    [
      "a file with half a pair",
      (home) => home.write(FILE, "[basic]\nak = ak\n"),
      /credentials: sk must be set too/,
    ],
    [
      "a file with an empty section",
      (home) => home.write(FILE, "[basic]\n"),
      /has neither ak and sk nor idp_id/,
    ],
  ];
  test.each(broken)("%s", async (_, set, expected) => {
    await set(await emptyHome());
    const cloud = await startCloud({
      [HUAWEI_HOST]: ok,
      [METADATA]: () => ({
        body: { credential: { access: "other", secret: "account", securitytoken: "token" } },
      }),
    });
    const error = await huaweiClient({ fetch: cloud.fetch, projectId: "p" })
      .listThings()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CredentialsError);
    expect(error).not.toBeInstanceOf(NotConfiguredError);
    expect(String(error)).toMatch(expected);
    expect(String(error)).not.toContain("secret-value");
    expect(cloud.received).toEqual([]);
  });
});

test("F-C07: an access key with an empty secret is misconfigured, not missing", async () => {
  await emptyHome();
  vi.stubEnv("HUAWEICLOUD_SDK_AK", "ak");
  vi.stubEnv("HUAWEICLOUD_SDK_SK", "");
  const cloud = await startCloud({ [HUAWEI_HOST]: ok });
  await expect(huaweiClient({ fetch: cloud.fetch, projectId: "p" }).listThings()).rejects.toThrow(
    "HUAWEICLOUD_SDK_SK must be set too",
  );
  expect(() => huaweiClient({ credentials: { ak: "ak", sk: "" } })).toThrow("credentials.sk is empty");
});

test("F-C09: no metadata service (this is no ECS): within three seconds, then the next place", async () => {
  const home = await emptyHome();
  const cloud = await startCloud({
    [HUAWEI_HOST]: ok,
    [METADATA]: () => undefined, // never answers
    "pod.local": () => ({
      body: {
        credentials: {
          accessKeyId: "pod-ak",
          secretAccessKey: "pod-sk",
          securityToken: "pod-token",
          expiration: new Date(Date.now() + HOUR).toISOString(),
        },
      },
    }),
  });
  const token = await home.write("token", "pod-authorization\n");
  vi.stubEnv("HC_CONTAINER_CREDENTIALS_FULL_URI", "http://pod.local/v1/credentials");
  vi.stubEnv("HC_CONTAINER_AUTHORIZATION_TOKEN_FILE", token);
  const started = performance.now();
  await huaweiClient({ fetch: cloud.fetch, projectId: "p" }).listThings();
  expect(performance.now() - started).toBeLessThan(3000);
  expect(cloud.to("pod.local")).toMatchObject([
    { method: "POST", headers: { authorization: "pod-authorization" }, body: "{}" },
  ]);
  expect(cloud.to(HUAWEI_HOST).map((request) => verifyHuawei(request, { "pod-ak": "pod-sk" }))).toEqual([
    "pod-ak",
  ]);
});

describe("F-C10: what answers at the metadata service's address is none", () => {
  test.each<[string, (origin: string) => Answer]>([
    ["HTML", () => ({ headers: { "content-type": "text/html" }, body: "<html>log in</html>" })],
    ["404", () => ({ status: 404, body: "" })],
    ["a redirect", (origin) => ({ status: 302, headers: { location: `${origin}/followed` }, body: "" })],
  ])("%s: neither followed nor read", async (_, answer) => {
    await emptyHome();
    const cloud = await startCloud({ [HUAWEI_HOST]: ok, [METADATA]: () => answer(cloud.origin) });
    await expect(huaweiClient({ fetch: cloud.fetch, projectId: "p" }).listThings()).rejects.toThrow(
      NotConfiguredError,
    );
    expect(cloud.received.map(({ target }) => target)).not.toContain("/followed");
    expect(cloud.to(HUAWEI_HOST)).toEqual([]);
  });
});

describe("F-C13: a token file ends as editors and tools end files", () => {
  test.each([
    ["a newline", "id-token\n"],
    ["CR LF", "id-token\r\n"],
    ["a byte order mark", "\uFEFFid-token\n"],
  ])("%s is no part of the token", async (_, text) => {
    const home = await emptyHome();
    vi.stubEnv("HUAWEICLOUD_SDK_IDP_ID", "my-idp");
    vi.stubEnv("HUAWEICLOUD_SDK_ID_TOKEN_FILE", await home.write("id-token", text));
    const cloud = await startCloud({
      [HUAWEI_HOST]: ok,
      [IAM_HOST]: ({ target }) =>
        target.includes("id-token")
          ? { status: 201, headers: { "x-subject-token": "unscoped" }, body: { token: {} } }
          : {
              status: 201,
              body: {
                credential: {
                  access: "tmp-ak",
                  secret: "tmp-sk",
                  securitytoken: "tmp-token",
                  expires_at: new Date(Date.now() + 6 * HOUR).toISOString(),
                },
              },
            },
    });
    await huaweiClient({ fetch: cloud.fetch, projectId: "p" }).listThings();
    const [login, exchange] = cloud.to(IAM_HOST);
    expect(login).toMatchObject({
      method: "POST",
      target: "/v3.0/OS-AUTH/id-token/tokens",
      headers: { "x-idp-id": "my-idp" },
    });
    expect(JSON.parse(login?.body ?? "")).toEqual({ auth: { id_token: { id: "id-token" } } });
    expect(exchange).toMatchObject({ method: "POST", target: "/v3.0/OS-CREDENTIAL/securitytokens" });
    expect(JSON.parse(exchange?.body ?? "")).toEqual({
      auth: { identity: { methods: ["token"], token: { id: "unscoped", duration_seconds: 21600 } } },
    });
    expect(cloud.to(HUAWEI_HOST).map((request) => verifyHuawei(request, { "tmp-ak": "tmp-sk" }))).toEqual([
      "tmp-ak",
    ]);
    expect(cloud.to(HUAWEI_HOST)[0]?.headers["x-security-token"]).toBe("tmp-token");
  });
});

test("F-C14: a token with a newline in it is refused, and not shown", async () => {
  const token = "SECRET-BEGINNING\nSECRET-END";
  for (const given of [{ token }, { ak: "ak", sk: token }, { ak: "ak", sk: "sk", securityToken: token }]) {
    const refused = () => huaweiClient({ credentials: given });
    expect(refused).toThrow(ConfigError);
    expect(refused).toThrow(/holds a line break/);
    expect(refused).not.toThrow(/SECRET/);
  }
  const home = await emptyHome();
  vi.stubEnv("HUAWEICLOUD_SDK_IDP_ID", "idp");
  vi.stubEnv("HUAWEICLOUD_SDK_ID_TOKEN_FILE", await home.write("id-token", token));
  const error = await huaweiClient({ projectId: "p" })
    .listThings()
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConfigError);
  expect(String(error)).toMatch(/HUAWEICLOUD_SDK_ID_TOKEN_FILE holds a line break/);
  expect(String(error)).not.toContain("SECRET");
});

test("F-C15: a login without X-Subject-Token: an error that says so, without the body", async () => {
  const cloud = await startCloud({
    [IAM_HOST]: () => ({ status: 201, body: { token: { secret: "BODY" } } }),
  });
  const error = await huaweiClient({ credentials: iamToken(user), fetch: cloud.fetch })
    .listThings()
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CredentialsError);
  expect(String(error)).toContain("IAM's answer has no X-Subject-Token");
  expect(String(error)).not.toContain("BODY");
});
