/** F-C01 … F-C16 of the reliability catalogue, as far as they are about fetching once, in time, and again. */

import { createHmac } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { assumeRole } from "../../src/alibabacloud/index.js";
import { CredentialCache } from "../../src/credentials-cache.js";
import {
  AbortError,
  ApiError,
  AuthenticationError,
  ConfigError,
  CredentialsError,
} from "../../src/errors.js";
import { iamToken } from "../../src/huaweicloud/index.js";
import { sign } from "../../src/huaweicloud/sign.js";
import { ALIBABA_HOST, alibabaClient, HUAWEI_HOST, huaweiClient, IAM_HOST } from "../support/clients.js";
import { type Host, startCloud } from "../support/cloud.js";
import { HOUR, iamHost, stsHost } from "../support/iam.js";
import { verifyAlibaba } from "../support/verify.js";

const user = { username: "user", password: "a good password", domainName: "account" };
const ok: Host = () => ({ body: { ok: true } });
/** Lets background work that needs no timer come to its end. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 30));

test("F-C01: a hundred parallel calls and nothing cached: one login", async () => {
  const cloud = await startCloud({ [HUAWEI_HOST]: ok, [IAM_HOST]: iamHost() });
  const client = huaweiClient({ credentials: iamToken(user), fetch: cloud.fetch });
  await Promise.all(Array.from({ length: 100 }, () => client.listThings()));
  const [login] = cloud.to(IAM_HOST);
  expect(cloud.to(IAM_HOST)).toHaveLength(1);
  expect(login).toMatchObject({ method: "POST", target: "/v3/auth/tokens?nocatalog=true" });
  expect(JSON.parse(login?.body ?? "")).toEqual({
    auth: {
      identity: {
        methods: ["password"],
        password: { user: { name: "user", password: "a good password", domain: { name: "account" } } },
      },
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
  const [one, two] = [
    alibabaClient({ credentials, fetch: cloud.fetch }),
    alibabaClient({ credentials, fetch: cloud.fetch }),
  ];
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
  const cloud = await startCloud({
    [HUAWEI_HOST]: ok,
    [IAM_HOST]: (request) => (down ? { status: 403, body: {} } : iam(request)),
  });
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
  expect(cloud.to(HUAWEI_HOST).map(({ headers }) => headers["x-auth-token"])).toEqual([
    "token-1",
    "token-1",
    "token-1",
    "token-1",
    "token-2",
  ]);
});

test("F-C03: the refresh fails and the credentials have ended: an error with its cause, and the next call tries again", async () => {
  let now = Date.UTC(2026, 0, 1);
  const iam = iamHost({ clock: () => now });
  let down = false;
  const cloud = await startCloud({
    [HUAWEI_HOST]: ok,
    [IAM_HOST]: (request) =>
      down
        ? {
            status: 401,
            headers: { "x-iam-trace-id": "trace-1" },
            body: { error: { code: 401, message: "The username or password is wrong." } },
          }
        : iam(request),
  });
  const client = huaweiClient({ credentials: iamToken(user), fetch: cloud.fetch, now: () => now });
  await client.listThings();
  down = true;
  now += 25 * HOUR;
  const errors = await Promise.all([1, 2, 3].map(() => client.listThings().catch((error: unknown) => error)));
  for (const error of errors) {
    if (!(error instanceof CredentialsError)) throw error;
    expect(error.message).toMatch(
      /^iamToken: .*The username or password is wrong\..*Check the user, the password/,
    );
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

describe("F-C04: a token revoked early", () => {
  const refusal = {
    status: 401,
    body: {
      error_code: "APIGW.0301",
      error_msg: "Incorrect IAM authentication information: decrypt token fail",
    },
  };

  test("fifty refusals at once: one login, and all fifty calls succeed", async () => {
    let refused = 0;
    let release = () => {};
    const all = new Promise<void>((resolve) => {
      release = resolve;
    });
    const iam = iamHost();
    const cloud = await startCloud({
      [HUAWEI_HOST]: async ({ headers }) => {
        if (headers["x-auth-token"] !== "token-1") return { body: { ok: true } };
        if (++refused === 50) release();
        await all;
        return refusal;
      },
      [IAM_HOST]: iam,
    });
    const client = huaweiClient({
      credentials: iamToken(user),
      projectId: "project-1",
      fetch: cloud.fetch,
    });
    await Promise.all(Array.from({ length: 50 }, () => client.listThings()));
    expect(iam.issued).toBe(2);
    expect(cloud.to(HUAWEI_HOST)).toHaveLength(100);
  });

  test("a refusal of the old token that comes when the new one is in use does not throw the new one away", async () => {
    let release = () => {};
    const renewed = new Promise<void>((resolve) => {
      release = resolve;
    });
    const iam = iamHost();
    const cloud = await startCloud({
      [HUAWEI_HOST]: async ({ headers, target }) => {
        if (headers["x-auth-token"] !== "token-1") {
          release();
          return { body: { ok: true } };
        }
        if (target.includes("late")) await renewed;
        return refusal;
      },
      [IAM_HOST]: iam,
    });
    const client = huaweiClient({
      credentials: iamToken(user),
      projectId: "project-1",
      fetch: cloud.fetch,
    });
    await Promise.all([client.listThings({ query: { name: "late" } }), client.listThings()]);
    expect(iam.issued).toBe(2);
  });
});

test("F-C08: ten thousand signatures while credentials change under them: never a mixture", async () => {
  let now = 0;
  let version = 0;
  const cache = new CredentialCache(async () => {
    const n = ++version;
    await Promise.resolve(); // others run in between
    return Object.freeze({
      ak: `ak-${n}`,
      sk: `sk-${n}`,
      securityToken: `token-${n}`,
      expiresAt: now + 20_000,
    });
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
      const n = /Access=ak-(\d+),/.exec(headers.authorization ?? "")?.[1];
      const expected = createHmac("sha256", `sk-${n}`).update(stringToSign).digest("hex");
      if (headers["x-security-token"] !== `token-${n}` || !headers.authorization?.endsWith(expected)) mixed++;
    }),
  );
  expect(mixed).toBe(0);
  expect(version).toBeGreaterThan(1);
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
    await expect(huaweiClient({ credentials, projectId: "p" }).listThings()).rejects.toThrow(
      /expired already/,
    );
    expect(asked).toBe(2);
  });
  test("missing: kept until the server refuses them", async () =>
    expect(await calls(() => undefined, 30)).toBe(1));
  test("not a time: refused", async () => {
    await expect(
      huaweiClient({
        credentials: () => ({ ak: "ak", sk: "sk", expiresAt: Number.NaN }),
        projectId: "p",
      }).listThings(),
    ).rejects.toThrow(ConfigError);
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
        return {
          status: 201,
          headers: { "x-subject-token": "t-o-k-e-n", date: "Thu, 01 Jan 2026 00:00:00 GMT" },
          body: { token: { expires_at, project: { id: "p" } } },
        };
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

test("a clock that is set back while a refresh is paused does not make the pause longer", async () => {
  let now = Date.UTC(2026, 0, 1);
  const iam = iamHost();
  let down = true;
  const cloud = await startCloud({
    [HUAWEI_HOST]: ok,
    [IAM_HOST]: (request) => (down ? { status: 403, body: {} } : iam(request)),
  });
  const client = huaweiClient({ credentials: iamToken(user), fetch: cloud.fetch, now: () => now });
  await expect(client.listThings()).rejects.toThrow(CredentialsError);
  down = false;
  now -= 2 * HOUR;
  await client.listThings();
  expect(cloud.to(HUAWEI_HOST)).toHaveLength(1);
});

test("F-C12: one of three callers gives up: the others get their credentials", async () => {
  const iam = iamHost();
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const cloud = await startCloud({
    [HUAWEI_HOST]: ok,
    [IAM_HOST]: async (request) => {
      await asked;
      return iam(request);
    },
  });
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

describe("F-C16: a clock that is two hours off does not change how long a token lives", () => {
  test.each([
    ["ahead", 2 * HOUR],
    ["behind", -2 * HOUR],
  ])("%s", async (_, offset) => {
    let server = Date.UTC(2026, 0, 1);
    const iam = iamHost({ lifetimeMs: HOUR, clock: () => server });
    const cloud = await startCloud({ [HUAWEI_HOST]: ok, [IAM_HOST]: iam });
    const client = huaweiClient({
      credentials: iamToken(user),
      fetch: cloud.fetch,
      now: () => server + offset,
    });
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
  const cloud = await startCloud({
    [HUAWEI_HOST]: () => ({ status: 401, body: { error_code: "APIGW.0301", error_msg: "token expires" } }),
  });
  const client = huaweiClient({ credentials: { token: "given-token" }, projectId: "p", fetch: cloud.fetch });
  await expect(client.listThings()).rejects.toBeInstanceOf(AuthenticationError);
  expect(cloud.received).toHaveLength(1);
});
