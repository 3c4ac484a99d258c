/** Every place that Alibaba Cloud's credentials come from. */

import { describe, expect, test } from "vitest";
import { type AlibabaCloudCredentials, assumeRole, ecsRamRole } from "../../src/alibabacloud/index.js";
import { ConfigError, CredentialsError, NotConfiguredError } from "../../src/errors.js";
import { ALIBABA_HOST, alibabaClient } from "../support/clients.js";
import { type Host, startCloud } from "../support/cloud.js";
import { emptyHome, setEnv } from "../support/home.js";
import { HOUR, stsHost } from "../support/iam.js";
import { verifyAlibaba } from "../support/verify.js";

const METADATA = "100.100.100.200";
const STS = "sts.aliyuncs.com";
const ROLE = "acs:ram::123456:role/reader";
const ok: Host = () => ({ body: { ok: true } });
const answer = (name: string, more: object = {}) => ({
  AccessKeyId: `${name}-id`,
  AccessKeySecret: `${name}-secret`,
  SecurityToken: `${name}-token`,
  Expiration: new Date(Date.now() + HOUR).toISOString(),
  ...more,
});

/** Calls once without any credentials given; says who signed, and with which token. */
async function signer(hosts: Record<string, Host>, credentials?: AlibabaCloudCredentials) {
  const cloud = await startCloud({ [ALIBABA_HOST]: ok, ...hosts });
  await alibabaClient({ fetch: cloud.fetch, ...(credentials && { credentials }) }).ListThings();
  const [request] = cloud.to(ALIBABA_HOST);
  const secrets = Object.fromEntries(
    ["env", "cli", "ini", "ecs", "uri"].map((name) => [`${name}-id`, `${name}-secret`]),
  );
  const who =
    request && verifyAlibaba(request, { ...secrets, "sts-1": "sts-secret-1", "sts-2": "sts-secret-2" });
  return { who, token: request?.headers["x-acs-security-token"], cloud };
}

describe("environment", () => {
  test("an AccessKey goes before everything else", async () => {
    const home = await emptyHome();
    await home.write(".aliyun/config.json", {
      current: "default",
      profiles: [{ name: "default", mode: "AK", access_key_id: "cli-id", access_key_secret: "cli-secret" }],
    });
    setEnv({ ALIBABA_CLOUD_ACCESS_KEY_ID: "env-id", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "env-secret" });
    expect(await signer({})).toMatchObject({ who: "env-id", token: undefined });
  });
  test("with a security token", async () => {
    await emptyHome();
    setEnv({
      ALIBABA_CLOUD_ACCESS_KEY_ID: "env-id",
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: "env-secret",
      ALIBABA_CLOUD_SECURITY_TOKEN: "env-token",
    });
    expect(await signer({})).toMatchObject({ who: "env-id", token: "env-token" });
  });
  test("half of one is an error", async () => {
    await emptyHome();
    setEnv({ ALIBABA_CLOUD_ACCESS_KEY_ID: "env-id", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "" });
    await expect(signer({})).rejects.toThrow(
      "ALIBABA_CLOUD_ACCESS_KEY_SECRET must be set too, because ALIBABA_CLOUD_ACCESS_KEY_ID is",
    );
  });
});

describe("OIDC role", () => {
  const variables = {
    ALIBABA_CLOUD_ROLE_ARN: ROLE,
    ALIBABA_CLOUD_OIDC_PROVIDER_ARN: "acs:ram::123456:oidc-provider/ack",
  };

  test("AssumeRoleWithOIDC, unsigned, in the region of STS", async () => {
    const home = await emptyHome();
    setEnv({
      ...variables,
      ALIBABA_CLOUD_OIDC_TOKEN_FILE: await home.write("oidc", "oidc-token\n"),
      ALIBABA_CLOUD_ROLE_SESSION_NAME: "me",
      ALIBABA_CLOUD_STS_REGION: "cn-hangzhou",
      ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED: "true",
    });
    const { who, token, cloud } = await signer({ "sts-vpc.cn-hangzhou.aliyuncs.com": stsHost() });
    expect([who, token]).toEqual(["sts-1", "sts-token-1"]);
    const [question] = cloud.to("sts-vpc.cn-hangzhou.aliyuncs.com");
    const query = new URLSearchParams(question?.target.split("?")[1]);
    expect(Object.fromEntries(query)).toEqual({
      Action: "AssumeRoleWithOIDC",
      Format: "JSON",
      Version: "2015-04-01",
      Timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    expect(Object.fromEntries(new URLSearchParams(question?.body))).toEqual({
      OIDCProviderArn: "acs:ram::123456:oidc-provider/ack",
      OIDCToken: "oidc-token",
      RoleArn: ROLE,
      RoleSessionName: "me",
      DurationSeconds: "3600",
    });
    expect(question?.headers.authorization).toBeUndefined();
  });
  test.each([
    ["no token file", { ...variables }, /ALIBABA_CLOUD_OIDC_TOKEN_FILE must be set too/],
    [
      "no role",
      { ALIBABA_CLOUD_OIDC_PROVIDER_ARN: "arn", ALIBABA_CLOUD_OIDC_TOKEN_FILE: "f" },
      /ALIBABA_CLOUD_ROLE_ARN must be set too/,
    ],
    [
      "a token file that is not there",
      { ...variables, ALIBABA_CLOUD_OIDC_TOKEN_FILE: "not-there" },
      /ALIBABA_CLOUD_OIDC_TOKEN_FILE: the file not-there does not exist/,
    ],
  ])("%s", async (_, environment, message) => {
    await emptyHome();
    setEnv(environment);
    await expect(signer({})).rejects.toThrow(message);
  });
});

describe("~/.aliyun/config.json", () => {
  const cli = { access_key_id: "cli-id", access_key_secret: "cli-secret" };
  const profiles: [string, object, { who: string; token?: string }][] = [
    ["AK", { mode: "AK", ...cli }, { who: "cli-id" }],
    ["StsToken", { mode: "StsToken", ...cli, sts_token: "cli-token" }, { who: "cli-id", token: "cli-token" }],
    [
      "RamRoleArn",
      {
        mode: "RamRoleArn",
        ...cli,
        ram_role_arn: ROLE,
        ram_session_name: "me",
        expired_seconds: 900,
        sts_region: "cn-beijing",
      },
      { who: "sts-1", token: "sts-token-1" },
    ],
    [
      "ChainableRamRoleArn",
      { mode: "ChainableRamRoleArn", source_profile: "base", ram_role_arn: ROLE },
      { who: "sts-1", token: "sts-token-1" },
    ],
    ["EcsRamRole", { mode: "EcsRamRole", ram_role_name: "ecs-role" }, { who: "ecs-id", token: "ecs-token" }],
  ];
  test.each(profiles)("%s", async (_, profile, expected) => {
    const home = await emptyHome();
    await home.write(".aliyun/config.json", {
      current: "work",
      profiles: [
        { name: "default", mode: "AK" },
        { name: "base", mode: "AK", ...cli },
        { name: "work", ...profile },
      ],
    });
    const sts = stsHost();
    const found = await signer({
      [STS]: sts,
      "sts.cn-beijing.aliyuncs.com": sts,
      [METADATA]: ({ method }) => ({
        body: method === "PUT" ? "session" : answer("ecs", { Code: "Success" }),
      }),
    });
    expect(found).toMatchObject(expected);
    for (const question of [...found.cloud.to(STS), ...found.cloud.to("sts.cn-beijing.aliyuncs.com")]) {
      expect(verifyAlibaba(question, { "cli-id": "cli-secret" })).toBe("cli-id");
    }
  });
  test("EcsRamRole where no metadata service answers: an error, and not another account", async () => {
    const home = await emptyHome();
    await home.write(".aliyun/config.json", {
      current: "work",
      profiles: [{ name: "work", mode: "EcsRamRole", ram_role_name: "ecs-role" }],
    });
    await home.write(
      ".alibabacloud/credentials",
      "[default]\ntype=access_key\naccess_key_id=ini-id\naccess_key_secret=ini-secret\n",
    );
    await expect(signer({})).rejects.toThrow(/config\.json, profile "work": no metadata service answers/);
    setEnv({ ALIBABA_CLOUD_IMDSV1_DISABLED: "true" });
    const version1: Host = ({ method }) =>
      method === "PUT" ? { status: 404, body: "" } : { body: answer("ecs", { Code: "Success" }) };
    await expect(signer({ [METADATA]: version1 })).rejects.toThrow(/version 1 is disabled/);
    setEnv({ ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true" });
    await expect(signer({ [METADATA]: version1 })).rejects.toThrow(/the metadata service is disabled/);
  });
  test("ALIBABA_CLOUD_PROFILE chooses", async () => {
    const home = await emptyHome();
    await home.write(".aliyun/config.json", {
      current: "default",
      profiles: [
        { name: "default", mode: "AK" },
        { name: "chosen", mode: "AK", ...cli },
      ],
    });
    setEnv({ ALIBABA_CLOUD_PROFILE: "chosen" });
    expect(await signer({})).toMatchObject({ who: "cli-id" });
  });
  test.each<[string, string | object, Record<string, string>, RegExp]>([
    ["not JSON", '{"profiles": [{"access_key_secret": "SECRET"', {}, /config\.json is not JSON$/],
    [
      "a profile that lacks its secret",
      { current: "a", profiles: [{ name: "a", mode: "AK", access_key_id: "id" }] },
      {},
      /profile "a": access_key_secret is missing/,
    ],
    [
      "a mode that only the command line tool knows",
      { current: "a", profiles: [{ name: "a", mode: "CloudSSO" }] },
      {},
      /the mode "CloudSSO" is not supported.*@alicloud\/credentials/,
    ],
    [
      "a chain that leads nowhere",
      {
        current: "a",
        profiles: [{ name: "a", mode: "ChainableRamRoleArn", source_profile: "b", ram_role_arn: ROLE }],
      },
      {},
      /source_profile leads nowhere/,
    ],
    [
      "a chain that leads back",
      {
        current: "a",
        profiles: [{ name: "a", mode: "ChainableRamRoleArn", source_profile: "a", ram_role_arn: ROLE }],
      },
      {},
      /source_profile leads nowhere/,
    ],
    [
      "a profile that is named but nowhere",
      { current: "a", profiles: [] },
      { ALIBABA_CLOUD_PROFILE: "named" },
      /no file has the profile "named"/,
    ],
  ])("%s is an error", async (_, config, environment, message) => {
    const home = await emptyHome();
    await home.write(".aliyun/config.json", config);
    setEnv(environment);
    const error = await signer({ [METADATA]: () => ({ body: "another account" }) }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(CredentialsError);
    expect(error).not.toBeInstanceOf(NotConfiguredError);
    expect(String(error)).toMatch(message);
    expect(String(error)).not.toContain("SECRET");
  });
  test("switched off", async () => {
    const home = await emptyHome();
    await home.write(".aliyun/config.json", { current: "a", profiles: [{ name: "a", mode: "AK", ...cli }] });
    setEnv({ ALIBABA_CLOUD_CLI_PROFILE_DISABLED: "TRUE", ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true" });
    await expect(signer({})).rejects.toThrow(/profiles of the command line tool are disabled/);
  });
});

describe("~/.alibabacloud/credentials", () => {
  test.each<[string, string, { who: string; token?: string }]>([
    [
      "access_key",
      "type = access_key\naccess_key_id = ini-id\naccess_key_secret = ini-secret",
      { who: "ini-id" },
    ],
    [
      "sts",
      "type = sts\naccess_key_id = ini-id\naccess_key_secret = ini-secret\nsecurity_token = ini-token",
      { who: "ini-id", token: "ini-token" },
    ],
    ["ecs_ram_role", "type = ecs_ram_role\nrole_name = ecs-role", { who: "ecs-id", token: "ecs-token" }],
    [
      "ram_role_arn",
      `type = ram_role_arn\naccess_key_id = ini-id\naccess_key_secret = ini-secret\nrole_arn = ${ROLE}\nrole_session_name = me\npolicy = {"Statement":[]}`,
      { who: "sts-1", token: "sts-token-1" },
    ],
  ])("%s", async (_, section, expected) => {
    const home = await emptyHome();
    await home.write(".alibabacloud/credentials", `[default]\n${section}\n`);
    const found = await signer({
      [STS]: stsHost(),
      [METADATA]: ({ method }) => ({
        body: method === "PUT" ? "session" : answer("ecs", { Code: "Success" }),
      }),
    });
    expect(found).toMatchObject(expected);
    for (const question of found.cloud.to(STS))
      expect(new URLSearchParams(question.body).get("Policy")).toBe('{"Statement":[]}');
  });
  test("another one, named by ALIBABA_CLOUD_CREDENTIALS_FILE", async () => {
    const home = await emptyHome();
    setEnv({
      ALIBABA_CLOUD_CREDENTIALS_FILE: await home.write(
        "elsewhere",
        "[p]\ntype=access_key\naccess_key_id=ini-id\naccess_key_secret=ini-secret\n",
      ),
      ALIBABA_CLOUD_PROFILE: "p",
    });
    expect(await signer({})).toMatchObject({ who: "ini-id" });
  });
  test("a file that is named but has no such section is an error", async () => {
    const home = await emptyHome();
    setEnv({ ALIBABA_CLOUD_CREDENTIALS_FILE: await home.write("elsewhere", "[other]\ntype=access_key\n") });
    const hosts = { [METADATA]: () => ({ body: "another account" }) };
    const error = await signer(hosts).catch((thrown: unknown) => thrown);
    expect(error).not.toBeInstanceOf(NotConfiguredError);
    expect(String(error)).toMatch(/ALIBABA_CLOUD_CREDENTIALS_FILE: .*elsewhere has no section \[default\]/);
  });
  test("an unknown type is an error", async () => {
    const home = await emptyHome();
    await home.write(".alibabacloud/credentials", "[default]\ntype = rsa_key_pair\n");
    await expect(signer({})).rejects.toThrow(/the type "rsa_key_pair" is not supported/);
  });
});

describe("metadata of an ECS", () => {
  const imds =
    (version1 = false): Host =>
    ({ method, target, headers }) => {
      if (method === "PUT")
        return version1
          ? { status: 404, body: "" }
          : { body: headers["x-aliyun-ecs-metadata-token-ttl-seconds"] === "21600" ? "session" : "" };
      if (!version1 && headers["x-aliyun-ecs-metadata-token"] !== "session") return { status: 403, body: "" };
      if (target === "/latest/meta-data/ram/security-credentials/") return { body: "my-role\n" };
      return target.endsWith("/my-role")
        ? { body: answer("ecs", { Code: "Success" }) }
        : { status: 404, body: "" };
    };
  test("version 2, with the role that the ECS has", async () => {
    await emptyHome();
    expect(await signer({ [METADATA]: imds() })).toMatchObject({ who: "ecs-id", token: "ecs-token" });
  });
  test("version 1, where there is no version 2; and not if that is switched off", async () => {
    await emptyHome();
    expect(await signer({ [METADATA]: imds(true) })).toMatchObject({ who: "ecs-id" });
    setEnv({ ALIBABA_CLOUD_IMDSV1_DISABLED: "true" });
    await expect(signer({ [METADATA]: imds(true) })).rejects.toThrow(/version 1 is disabled/);
  });
  test("a clock that is eight hours fast: the lifetime counts, not the hour at which it ends", async () => {
    const host: Host = ({ method }) =>
      method === "PUT" ? { body: "session" } : { body: answer("ecs", { Code: "Success" }) };
    const cloud = await startCloud({ [ALIBABA_HOST]: ok, [METADATA]: host });
    const credentials = ecsRamRole({ roleName: "ecs-role" });
    const now = () => Date.now() + 8 * HOUR;
    await alibabaClient({ credentials, now, fetch: cloud.fetch }).ListThings();
    expect(cloud.to(ALIBABA_HOST)[0]?.headers["x-acs-security-token"]).toBe("ecs-token");
  });
  test("a role that is named but not there is an error", async () => {
    await emptyHome();
    setEnv({ ALIBABA_CLOUD_ECS_METADATA: "no-such-role" });
    await expect(signer({ [METADATA]: imds() })).rejects.toThrow(
      /no AccessKey is given for the role no-such-role \(404\)/,
    );
    await expect(signer({})).rejects.toThrow(/^ALIBABA_CLOUD_ECS_METADATA: no metadata service answers/);
  });
  test("switched off: not asked at all", async () => {
    await emptyHome();
    setEnv({ ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true" });
    const cloud = await startCloud({ [METADATA]: imds() });
    await expect(alibabaClient({ fetch: cloud.fetch }).ListThings()).rejects.toThrow(NotConfiguredError);
    expect(cloud.received).toEqual([]);
  });
  test("as a source of its own", async () => {
    const cloud = await startCloud({ [ALIBABA_HOST]: ok, [METADATA]: imds() });
    await alibabaClient({
      credentials: ecsRamRole({ roleName: "my-role" }),
      fetch: cloud.fetch,
    }).ListThings();
    expect(cloud.to(METADATA).map(({ target }) => target)).toEqual([
      "/latest/api/token",
      "/latest/meta-data/ram/security-credentials/my-role",
    ]);
  });
});

describe("credentials URI", () => {
  test("gives a temporary AccessKey", async () => {
    await emptyHome();
    setEnv({ ALIBABA_CLOUD_CREDENTIALS_URI: "http://local.example/key?for=me" });
    const { who, token, cloud } = await signer({
      "local.example": () => ({ body: answer("uri", { Code: "Success" }) }),
    });
    expect([who, token]).toEqual(["uri-id", "uri-token"]);
    expect(cloud.to("local.example")).toMatchObject([{ method: "GET", target: "/key?for=me" }]);
  });
  test.each([
    [
      "a refusal",
      "http://local.example/SECRET",
      { status: 403, body: { message: "no: http://local.example/SECRET" } },
      /403/,
    ],
    [
      "a failure with status 200",
      "http://local.example/SECRET",
      { body: { Code: "Failed" } },
      /is not a success/,
    ],
    ["no AccessKey", "http://local.example/SECRET", { body: {} }, /lacks an AccessKey/],
    ["no address", "local.example/SECRET", {}, /must be an http:\/\/ or https:\/\/ address/],
    [
      "a password in the address",
      "http://user:SECRET@local.example/",
      {},
      /must not hold a user name or password/,
    ],
  ])("%s is an error, which does not show the address", async (_, uri, body, message) => {
    await emptyHome();
    setEnv({ ALIBABA_CLOUD_CREDENTIALS_URI: uri });
    const error = await signer({ "local.example": () => body }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CredentialsError);
    expect(String(error)).toMatch(message);
    expect(String(error)).not.toContain("SECRET");
  });
});

describe("given to the client", () => {
  test("a client of @alicloud/credentials, which is asked each time", async () => {
    let n = 0;
    const credential = {
      getCredential: async () => ({
        accessKeyId: `id-${++n}`,
        accessKeySecret: `secret-${n}`,
        securityToken: "",
        bearerToken: "",
        type: "access_key",
      }),
    };
    const cloud = await startCloud({ [ALIBABA_HOST]: ok });
    const client = alibabaClient({ credentials: credential, fetch: cloud.fetch });
    await client.ListThings();
    await client.ListThings();
    expect(
      cloud.received.map((request) => verifyAlibaba(request, { "id-1": "secret-1", "id-2": "secret-2" })),
    ).toEqual(["id-1", "id-2"]);
  });
  test("a bearer token: no signature, and the query says so", async () => {
    const cloud = await startCloud({ [ALIBABA_HOST]: ok });
    const client = alibabaClient({ credentials: { bearerToken: "bearer-token" }, fetch: cloud.fetch });
    await client.ListThings({ query: { limit: 1 } });
    await client.ListThings();
    expect(cloud.received.map(({ target }) => target)).toEqual([
      "/?limit=1&SignatureType=BEARERTOKEN",
      "/?SignatureType=BEARERTOKEN",
    ]);
    expect(cloud.received[0]?.headers).toMatchObject({
      "x-acs-bearer-token": "bearer-token",
      "x-acs-action": "ListThings",
    });
    expect(cloud.received[0]?.headers.authorization).toBeUndefined();
  });
  test("a role that a role assumes", async () => {
    const sts = stsHost();
    const base = assumeRole({
      roleArn: ROLE,
      credentials: { accessKeyId: "base", accessKeySecret: "base-secret" },
    });
    const cloud = await startCloud({ [ALIBABA_HOST]: ok, [STS]: sts });
    await alibabaClient({
      credentials: assumeRole({ roleArn: ROLE, externalId: "ext", credentials: base }),
      fetch: cloud.fetch,
    }).ListThings();
    expect(
      cloud
        .to(STS)
        .map((request) => verifyAlibaba(request, { base: "base-secret", "sts-1": "sts-secret-1" })),
    ).toEqual(["base", "sts-1"]);
    expect(
      cloud.to(ALIBABA_HOST).map((request) => verifyAlibaba(request, { "sts-2": "sts-secret-2" })),
    ).toEqual(["sts-2"]);
  });
  test("a clock that is off does not keep a role from being assumed", async () => {
    const date = { date: new Date(Date.now() + 20 * 60_000).toUTCString() };
    const sts = stsHost();
    const cloud = await startCloud({
      [ALIBABA_HOST]: ok,
      [STS]: (request) =>
        Date.parse(String(request.headers["x-acs-date"])) > Date.now() + 10 * 60_000
          ? sts(request)
          : {
              status: 400,
              headers: date,
              body: { Code: "InvalidTimeStamp.Expired", Message: "late", RequestId: "r" },
            },
    });
    await alibabaClient({
      credentials: assumeRole({
        roleArn: ROLE,
        credentials: { accessKeyId: "base", accessKeySecret: "base-secret" },
      }),
      fetch: cloud.fetch,
    }).ListThings();
    expect(cloud.to(STS)).toHaveLength(2);
  });
  test.each([
    [{ roleArn: "reader" }, /roleArn must be a role's ARN/],
    [{ roleArn: ROLE, durationSeconds: 899 }, /durationSeconds must be an integer, 900 or more/],
    [{ roleArn: ROLE, stsEndpoint: "http://sts.example" }, /stsEndpoint must begin with https/],
    [{ roleArn: ROLE, sessionName: "x" }, /"sessionName" is not known/],
  ])("assumeRole(%j) is refused at once", (options, message) => {
    expect(() => assumeRole(options as never)).toThrow(message); // what JavaScript callers may write
    expect(() => assumeRole(options as never)).toThrow(ConfigError);
  });
});
