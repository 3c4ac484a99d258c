/** F-C01 … F-C16 of the reliability catalogue: what goes wrong with credentials, and what then happens. */

import { createHmac } from "node:crypto";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { assumeRole } from "../../src/alibabacloud/index.js";
import { CredentialCache } from "../../src/credentials-cache.js";
import { AbortError, ApiError, AuthenticationError, ConfigError, CredentialsError, NotConfiguredError } from "../../src/errors.js";
import { iamToken } from "../../src/huaweicloud/index.js";
import { sign } from "../../src/huaweicloud/sign.js";
import { ALIBABA_HOST, alibabaClient, HUAWEI_HOST, huaweiClient, IAM_HOST } from "../support/clients.js";
import { type Host, startCloud } from "../support/cloud.js";
import { emptyHome, type Home } from "../support/home.js";
import { HOUR, iamHost, stsHost } from "../support/iam.js";
import { verifyAlibaba, verifyHuawei } from "../support/verify.js";

const METADATA = "169.254.169.254";
const user = { username: "user", password: "a good password", domainName: "account" };
const ok: Host = () => ({ body: { ok: true } });
/** Lets background work that needs no timer come to its end. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 30));

const FILE = ".huaweicloud/credentials";

test("F-C01: a hundred parallel calls and nothing cached: one login", async () => {
  const cloud = await startCloud({ [HUAWEI_HOST]: ok, [IAM_HOST]: iamHost() });
  const client = huaweiClient({ credentials: iamToken(user), fetch: cloud.fetch });
  await Promise.all(Array.from({ length: 100 }, () => client.listThings()));
  const [login] = cloud.to(IAM_HOST);
  expect(cloud.to(IAM_HOST)).toHaveLength(1);
  expect(login).toMatchObject({ method: "POST", target: "/v3/auth/tokens?nocatalog=true" });
  expect(JSON.parse(login?.body ?? "")).toEqual({
    auth: {
      identity: { methods: ["password"], password: { user: { name: "user", password: "a good password", domain: { name: "account" } } } },
      scope: { project: { name: "cn-north-4" } },
    },
  });
  expect(cloud.to(HUAWEI_HOST)).toHaveLength(100);
  for (const { headers, target } of cloud.to(HUAWEI_HOST)) {
    expect(headers["x-auth-token"]).toBe("token-1");
    expect(headers.authorization).toBeUndefined();
    expect(target).toBe("/v3/project-1/things"); // the project of the token: no further question
  }
});

test("F-C01: the same for a role of Alibaba Cloud, and for two clients with the same source", async () => {
  const cloud = await startCloud({ [ALIBABA_HOST]: ok, "sts.aliyuncs.com": stsHost() });
  const credentials = assumeRole({
    roleArn: "acs:ram::123456:role/reader",
    credentials: { accessKeyId: "base", accessKeySecret: "base-secret" },
  });
  const [one, two] = [alibabaClient({ credentials, fetch: cloud.fetch }), alibabaClient({ credentials, fetch: cloud.fetch })];
  await Promise.all(Array.from({ length: 100 }, (_, index) => (index % 2 ? one : two).ListThings()));
  const [question] = cloud.to("sts.aliyuncs.com");
  expect(cloud.to("sts.aliyuncs.com")).toHaveLength(1);
  expect(question && verifyAlibaba(question, { base: "base-secret" })).toBe("base");
  expect(question?.headers).toMatchObject({ "x-acs-action": "AssumeRole", "x-acs-version": "2015-04-01" });
  expect(Object.fromEntries(new URLSearchParams(question?.body))).toEqual({
    RoleArn: "acs:ram::123456:role/reader",
    RoleSessionName: "typedcloud",
    DurationSeconds: "3600",
  });
  for (const request of cloud.to(ALIBABA_HOST)) {
    expect(verifyAlibaba(request, { "sts-1": "sts-secret-1" })).toBe("sts-1");
    expect(request.headers["x-acs-security-token"]).toBe("sts-token-1");
  }
});

test("F-C02: the refresh fails while the credentials are good: they are used, and the refresh is tried again later", async () => {
  let now = Date.UTC(2026, 0, 1);
  const iam = iamHost({ clock: () => now });
  let down = false;
  const cloud = await startCloud({ [HUAWEI_HOST]: ok, [IAM_HOST]: (request) => (down ? { status: 403, body: {} } : iam(request)) });
  const client = huaweiClient({ credentials: iamToken(user), fetch: cloud.fetch, now: () => now });
  await client.listThings();

  down = true;
  now += 23.9 * HOUR;
  await client.listThings();
  await vi.waitFor(() => expect(cloud.to(IAM_HOST)).toHaveLength(2));
  await settle();
  await client.listThings(); // within the pause after the failure: no further question
  await settle();
  expect(cloud.to(IAM_HOST)).toHaveLength(2);

  down = false;
  now += 1001;
  await client.listThings();
  await vi.waitFor(() => expect(iam.issued).toBe(2));
  await settle();
  await client.listThings();
  expect(cloud.to(HUAWEI_HOST).map(({ headers }) => headers["x-auth-token"])).toEqual(["token-1", "token-1", "token-1", "token-1", "token-2"]);
});

test("F-C03: the refresh fails and the credentials have ended: an error with its cause, and the next call tries again", async () => {
  let now = Date.UTC(2026, 0, 1);
  const iam = iamHost({ clock: () => now });
  let down = false;
  const cloud = await startCloud({
    [HUAWEI_HOST]: ok,
    [IAM_HOST]: (request) => (down ? { status: 401, headers: { "x-iam-trace-id": "trace-1" }, body: { error: { code: 401, message: "The username or password is wrong." } } } : iam(request)),
  });
  const client = huaweiClient({ credentials: iamToken(user), fetch: cloud.fetch, now: () => now });
  await client.listThings();
  down = true;
  now += 25 * HOUR;
  const errors = await Promise.all([1, 2, 3].map(() => client.listThings().catch((error: unknown) => error)));
  for (const error of errors) {
    if (!(error instanceof CredentialsError)) throw error;
    expect(error.message).toMatch(/^iamToken: .*The username or password is wrong\..*Check the user, the password/);
    expect(error.operation).toBe("test.listThings");
    expect(error.cause).toBeInstanceOf(ApiError);
    expect(error.cause).toMatchObject({ status: 401, code: "401", requestId: "trace-1" });
  }
  expect(new Set(errors).size).toBe(3); // each caller's own
  expect(cloud.to(IAM_HOST)).toHaveLength(2); // a wrong password is not tried twice, nor once a caller

  down = false;
  now += 1001;
  await client.listThings();
  expect(cloud.to(HUAWEI_HOST).at(-1)?.headers["x-auth-token"]).toBe("token-2");
});

test("F-C04: a token revoked early, fifty refusals at once: one login, and all fifty calls succeed", async () => {
  let refused = 0;
  let release = () => {};
  const all = new Promise<void>((resolve) => { release = resolve; });
  const iam = iamHost();
  const cloud = await startCloud({
    [HUAWEI_HOST]: async ({ headers }) => {
      if (headers["x-auth-token"] !== "token-1") return { body: { ok: true } };
      if (++refused === 50) release();
      await all;
      return { status: 401, body: { error_code: "APIGW.0301", error_msg: "Incorrect IAM authentication information: decrypt token fail" } };
    },
    [IAM_HOST]: iam,
  });
  const client = huaweiClient({ credentials: iamToken(user), projectId: "project-1", fetch: cloud.fetch });
  await Promise.all(Array.from({ length: 50 }, () => client.listThings()));
  expect(iam.issued).toBe(2);
  expect(cloud.to(HUAWEI_HOST)).toHaveLength(100);
});

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
    expect(cloud.received.map((request) => verifyHuawei(request, { "file-ak": "file-sk" }))).toEqual(["file-ak", "file-ak"]);
    await huaweiClient({ fetch: cloud.fetch, projectId: "p" }).listThings();
    expect(cloud.received.map((request) => verifyHuawei(request, { "env-ak": "env-sk" })).at(-1)).toBe("env-ak");
  });

  test("nothing anywhere: the error names every place; and credentials that appear later are found", async () => {
    await emptyHome();
    const cloud = await startCloud({ [HUAWEI_HOST]: ok });
    let now = Date.now();
    const client = huaweiClient({ fetch: cloud.fetch, projectId: "p", now: () => now });
    const error = await client.listThings().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotConfiguredError);
    expect(String(error)).toMatch(/HUAWEICLOUD_SDK_AK.*\.huaweicloud.*metadata service.*HC_CONTAINER_CREDENTIALS_FULL_URI/s);
    vi.stubEnv("CLOUD_SDK_AK", "late-ak");
    vi.stubEnv("CLOUD_SDK_SK", "late-sk");
    now += 1001;
    await client.listThings();
    expect(cloud.received.map((request) => verifyHuawei(request, { "late-ak": "late-sk" }))).toEqual(["late-ak"]);
  });
});

describe("F-C06: a place that is set up but broken is an error, and no other account is used instead", () => {
  const broken: [string, (home: Home) => unknown, RegExp][] = [
    ["half a pair in the environment", () => vi.stubEnv("HUAWEICLOUD_SDK_AK", "ak"), /HUAWEICLOUD_SDK_SK must be set too, because HUAWEICLOUD_SDK_AK is/],
    ["half a pair of the samples' names", () => vi.stubEnv("CLOUD_SDK_SK", "secret-value"), /CLOUD_SDK_AK must be set too/],
    ["halves of two pairs", () => (vi.stubEnv("HUAWEICLOUD_SDK_AK", "ak"), vi.stubEnv("CLOUD_SDK_SK", "secret-value")), /HUAWEICLOUD_SDK_SK must be set too/],
    ["half an identity provider", () => vi.stubEnv("HUAWEICLOUD_SDK_IDP_ID", "idp"), /HUAWEICLOUD_SDK_ID_TOKEN_FILE must be set too/],
    ["a file that is named but not there", (home) => vi.stubEnv("HUAWEICLOUD_SDK_CREDENTIALS_FILE", join(home.path, "none")), /HUAWEICLOUD_SDK_CREDENTIALS_FILE: the file .*none does not exist/],
    ["a malformed file", (home) => home.write(FILE, "[basic]\nak = ak\nsecret-value\n"), /line 3: neither a \[section\] nor a key = value/],
    ["a value before the first section", (home) => home.write(FILE, "sk = secret-value\n[basic]\n"), /line 1: a value before the first \[section\]/],
    ["a key that is there twice", (home) => home.write(FILE, "[basic]\nak = a\nak = b\n"), /line 3: ak is there twice/],
    ["a file with half a pair", (home) => home.write(FILE, "[basic]\nak = ak\n"), /credentials: sk must be set too/],
    ["a file with an empty section", (home) => home.write(FILE, "[basic]\n"), /has neither ak and sk nor idp_id/],
  ];
  test.each(broken)("%s", async (_, set, expected) => {
    await set(await emptyHome());
    const cloud = await startCloud({ [HUAWEI_HOST]: ok, [METADATA]: () => ({ body: { credential: { access: "other", secret: "account", securitytoken: "token" } } }) });
    const error = await huaweiClient({ fetch: cloud.fetch, projectId: "p" }).listThings().catch((thrown: unknown) => thrown);
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
  await expect(huaweiClient({ fetch: cloud.fetch, projectId: "p" }).listThings()).rejects.toThrow("HUAWEICLOUD_SDK_SK must be set too");
  expect(() => huaweiClient({ credentials: { ak: "ak", sk: "" } })).toThrow("credentials.sk is empty");
});

test("F-C08: ten thousand signatures while credentials change under them: never a mixture", async () => {
  let now = 0;
  let version = 0;
  const cache = new CredentialCache(async () => {
    const n = ++version;
    await Promise.resolve(); // others run in between
    return Object.freeze({ ak: `ak-${n}`, sk: `sk-${n}`, securityToken: `token-${n}`, expiresAt: now + 20_000 });
  }, 1000);
  const context = { fetch, now: () => now };
  const request = { method: "GET", url: new URL("https://host/"), headers: {} };
  let mixed = 0;
  await Promise.all(
    Array.from({ length: 10_000 }, async (_, index) => {
      if (index % 7 === 0) await Promise.resolve();
      now += 13;
      const keys = await cache.get(context);
      const { headers, stringToSign } = sign(request, keys, now);
      if (index % 100 === 0) cache.invalidate(keys);
      const n = /Access=ak-(\d+),/.exec(headers["authorization"] ?? "")?.[1];
      const expected = createHmac("sha256", `sk-${n}`).update(stringToSign).digest("hex");
      if (headers["x-security-token"] !== `token-${n}` || !headers["authorization"]?.endsWith(expected)) mixed++;
    }),
  );
  expect(mixed).toBe(0);
  expect(version).toBeGreaterThan(1);
});

test("F-C09: no metadata service (this is no ECS): within three seconds, then the next place", async () => {
  const home = await emptyHome();
  const cloud = await startCloud({
    [HUAWEI_HOST]: ok,
    [METADATA]: () => undefined, // never answers
    "pod.local": () => ({ body: { credentials: { accessKeyId: "pod-ak", secretAccessKey: "pod-sk", securityToken: "pod-token", expiration: new Date(Date.now() + HOUR).toISOString() } } }),
  });
  const token = await home.write("token", "pod-authorization\n");
  vi.stubEnv("HC_CONTAINER_CREDENTIALS_FULL_URI", "http://pod.local/v1/credentials");
  vi.stubEnv("HC_CONTAINER_AUTHORIZATION_TOKEN_FILE", token);
  const started = performance.now();
  await huaweiClient({ fetch: cloud.fetch, projectId: "p" }).listThings();
  expect(performance.now() - started).toBeLessThan(3000);
  expect(cloud.to("pod.local")).toMatchObject([{ method: "POST", headers: { authorization: "pod-authorization" }, body: "{}" }]);
  expect(cloud.to(HUAWEI_HOST).map((request) => verifyHuawei(request, { "pod-ak": "pod-sk" }))).toEqual(["pod-ak"]);
});

describe("F-C10: what answers at the metadata service's address is none", () => {
  test.each<[string, Host]>([
    ["HTML", () => ({ headers: { "content-type": "text/html" }, body: "<html>log in</html>" })],
    ["404", () => ({ status: 404, body: "" })],
    ["a redirect", () => ({ status: 302, headers: { location: "http://elsewhere.example/" }, body: "" })],
  ])("%s: neither followed nor read", async (_, host) => {
    await emptyHome();
    const cloud = await startCloud({ [HUAWEI_HOST]: ok, [METADATA]: host, "elsewhere.example": ok });
    await expect(huaweiClient({ fetch: cloud.fetch, projectId: "p" }).listThings()).rejects.toThrow(NotConfiguredError);
    expect(cloud.to("elsewhere.example")).toEqual([]);
    expect(cloud.to(HUAWEI_HOST)).toEqual([]);
  });
});

describe("F-C11: odd times of expiry", () => {
  const calls = async (expiresAt: () => number | undefined, times: number) => {
    let asked = 0;
    let now = Date.UTC(2026, 0, 1);
    const cloud = await startCloud({ [HUAWEI_HOST]: ok });
    const credentials = () => {
      asked++;
      const end = expiresAt();
      return { ak: "ak", sk: "sk", ...(end !== undefined && { expiresAt: end }) };
    };
    const client = huaweiClient({ credentials, fetch: cloud.fetch, projectId: "p", now: () => now });
    for (let n = 0; n < times; n++) {
      await client.listThings();
      now += HOUR;
    }
    return asked;
  };
  test("in the past: asked once more, then an error", async () => {
    let asked = 0;
    const credentials = () => ({ ak: "ak", sk: "sk", expiresAt: Date.now() - 1000 * ++asked });
    await expect(huaweiClient({ credentials, projectId: "p" }).listThings()).rejects.toThrow(/expired already/);
    expect(asked).toBe(2);
  });
  test("missing: kept until the server refuses them", async () => expect(await calls(() => undefined, 30)).toBe(1));
  test("not a time: refused", async () => {
    await expect(huaweiClient({ credentials: () => ({ ak: "ak", sk: "sk", expiresAt: Number.NaN }), projectId: "p" }).listThings()).rejects.toThrow(ConfigError);
  });
  test.each([
    ["with an offset", "2026-01-01T09:00:00+08:00"],
    ["with an offset without a colon", "2026-01-01T09:00:00+0800"],
    ["without a zone, which means UTC", "2026-01-01T01:00:00"],
    ["with microseconds", "2026-01-01T01:00:00.000000Z"],
  ])("%s: one hour is one hour", async (_, expires_at) => {
    let now = Date.UTC(2026, 0, 1);
    let asked = 0;
    const cloud = await startCloud({
      [HUAWEI_HOST]: ok,
      [IAM_HOST]: () => {
        asked++;
        return { status: 201, headers: { "x-subject-token": "t-o-k-e-n", date: "Thu, 01 Jan 2026 00:00:00 GMT" }, body: { token: { expires_at, project: { id: "p" } } } };
      },
    });
    const client = huaweiClient({ credentials: iamToken(user), fetch: cloud.fetch, now: () => now });
    await client.listThings();
    now += 0.66 * HOUR; // renewed after two thirds of so short a life
    await client.listThings();
    await settle();
    expect(asked).toBe(1);
    now += 0.02 * HOUR;
    await client.listThings();
    await vi.waitFor(() => expect(asked).toBe(2));
  });
});

test("F-C12: one of three callers gives up: the others get their credentials", async () => {
  const iam = iamHost();
  let answer = () => {};
  const asked = new Promise<void>((resolve) => { answer = resolve; });
  const cloud = await startCloud({ [HUAWEI_HOST]: ok, [IAM_HOST]: async (request) => (await asked, iam(request)) });
  const client = huaweiClient({ credentials: iamToken(user), fetch: cloud.fetch });
  const controller = new AbortController();
  const aborted = client.listThings({ signal: controller.signal });
  const others = [client.listThings(), client.listThings()];
  await vi.waitFor(() => expect(cloud.to(IAM_HOST)).toHaveLength(1));
  controller.abort(new Error("enough"));
  await expect(aborted).rejects.toBeInstanceOf(AbortError);
  answer();
  await Promise.all(others);
  expect(iam.issued).toBe(1);
  expect(cloud.to(HUAWEI_HOST)).toHaveLength(2);
});

describe("F-C13: a token file ends as editors and tools end files", () => {
  test.each([["a newline", "id-token\n"], ["CR LF", "id-token\r\n"], ["a byte order mark", "\uFEFFid-token\n"]])("%s is no part of the token", async (_, text) => {
    const home = await emptyHome();
    vi.stubEnv("HUAWEICLOUD_SDK_IDP_ID", "my-idp");
    vi.stubEnv("HUAWEICLOUD_SDK_ID_TOKEN_FILE", await home.write("id-token", text));
    const cloud = await startCloud({
      [HUAWEI_HOST]: ok,
      [IAM_HOST]: ({ target }) =>
        target.includes("id-token")
          ? { status: 201, headers: { "x-subject-token": "unscoped" }, body: { token: {} } }
          : { status: 201, body: { credential: { access: "tmp-ak", secret: "tmp-sk", securitytoken: "tmp-token", expires_at: new Date(Date.now() + 6 * HOUR).toISOString() } } },
    });
    await huaweiClient({ fetch: cloud.fetch, projectId: "p" }).listThings();
    const [login, exchange] = cloud.to(IAM_HOST);
    expect(login).toMatchObject({ method: "POST", target: "/v3.0/OS-AUTH/id-token/tokens", headers: { "x-idp-id": "my-idp" } });
    expect(JSON.parse(login?.body ?? "")).toEqual({ auth: { id_token: { id: "id-token" } } });
    expect(exchange).toMatchObject({ method: "POST", target: "/v3.0/OS-CREDENTIAL/securitytokens" });
    expect(JSON.parse(exchange?.body ?? "")).toEqual({ auth: { identity: { methods: ["token"], token: { id: "unscoped", duration_seconds: 21600 } } } });
    expect(cloud.to(HUAWEI_HOST).map((request) => verifyHuawei(request, { "tmp-ak": "tmp-sk" }))).toEqual(["tmp-ak"]);
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
  const error = await huaweiClient({ projectId: "p" }).listThings().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConfigError);
  expect(String(error)).toMatch(/HUAWEICLOUD_SDK_ID_TOKEN_FILE holds a line break/);
  expect(String(error)).not.toContain("SECRET");
});

test("F-C15: a login without X-Subject-Token: an error that says so, without the body", async () => {
  const cloud = await startCloud({ [IAM_HOST]: () => ({ status: 201, body: { token: { secret: "BODY" } } }) });
  const error = await huaweiClient({ credentials: iamToken(user), fetch: cloud.fetch }).listThings().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CredentialsError);
  expect(String(error)).toContain("IAM's answer has no X-Subject-Token");
  expect(String(error)).not.toContain("BODY");
});

describe("F-C16: a clock that is two hours off does not change how long a token lives", () => {
  test.each([["ahead", 2 * HOUR], ["behind", -2 * HOUR]])("%s", async (_, offset) => {
    let server = Date.UTC(2026, 0, 1);
    const iam = iamHost({ lifetimeMs: HOUR, clock: () => server });
    const cloud = await startCloud({ [HUAWEI_HOST]: ok, [IAM_HOST]: iam });
    const client = huaweiClient({ credentials: iamToken(user), fetch: cloud.fetch, now: () => server + offset });
    for (let minute = 0; minute < 40; minute++) {
      await client.listThings();
      server += 60_000;
    }
    await settle();
    expect(iam.issued).toBe(1); // ahead, the token would seem to have ended at once
    server += 25 * 60_000;
    await client.listThings();
    expect(iam.issued).toBe(2); // behind, it would seem good for two hours more
  });
});

test("a token that was given, and not fetched, is not renewed: its refusal is the answer", async () => {
  const cloud = await startCloud({ [HUAWEI_HOST]: () => ({ status: 401, body: { error_code: "APIGW.0301", error_msg: "token expires" } }) });
  const client = huaweiClient({ credentials: { token: "given-token" }, projectId: "p", fetch: cloud.fetch });
  await expect(client.listThings()).rejects.toBeInstanceOf(AuthenticationError);
  expect(cloud.received).toHaveLength(1);
});
