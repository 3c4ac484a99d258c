/** Every place that Huawei Cloud's credentials come from, and the project that goes with them. */

import { describe, expect, test } from "vitest";
import { CredentialsError, NotConfiguredError } from "../../src/errors.js";
import { ecsMetadata, iamToken } from "../../src/huaweicloud/index.js";
import { HUAWEI_HOST, huaweiClient, IAM_HOST } from "../support/clients.js";
import { type Host, startCloud } from "../support/cloud.js";
import { emptyHome, setEnv } from "../support/home.js";
import { HOUR, iamHost } from "../support/iam.js";
import { verifyHuawei } from "../support/verify.js";

const METADATA = "169.254.169.254";
const ok: Host = () => ({ body: { ok: true } });
const inAnHour = () => new Date(Date.now() + HOUR).toISOString();
const securityKey = () => ({
  credential: { access: "ecs-ak", secret: "ecs-sk", securitytoken: "ecs-token", expires_at: inAnHour() },
});

describe("environment", () => {
  test("the SDK's names, with project and account", async () => {
    await emptyHome();
    setEnv({
      HUAWEICLOUD_SDK_AK: "env-ak",
      HUAWEICLOUD_SDK_SK: "env-sk",
      HUAWEICLOUD_SDK_SECURITY_TOKEN: "env-token",
      HUAWEICLOUD_SDK_PROJECT_ID: "env-project",
      HUAWEICLOUD_SDK_DOMAIN_ID: "env-domain",
      CLOUD_SDK_AK: "sample-ak",
      CLOUD_SDK_SK: "sample-sk",
    });
    const cloud = await startCloud({ [HUAWEI_HOST]: ok });
    await huaweiClient({ fetch: cloud.fetch }).listThings();
    const [request] = cloud.received;
    expect(request && verifyHuawei(request, { "env-ak": "env-sk" })).toBe("env-ak");
    expect(request?.target).toBe("/v3/env-project/things");
    expect(request?.headers).toMatchObject({
      "x-security-token": "env-token",
      "x-project-id": "env-project",
    });
  });

  test("the names of the documentation's samples", async () => {
    await emptyHome();
    setEnv({ CLOUD_SDK_AK: "sample-ak", CLOUD_SDK_SK: "sample-sk" });
    const cloud = await startCloud({ [HUAWEI_HOST]: ok });
    await huaweiClient({ fetch: cloud.fetch, projectId: "p" }).listThings();
    expect(cloud.received.map((request) => verifyHuawei(request, { "sample-ak": "sample-sk" }))).toEqual([
      "sample-ak",
    ]);
  });

  test("an identity provider goes before an access key", async () => {
    const home = await emptyHome();
    setEnv({
      HUAWEICLOUD_SDK_AK: "env-ak",
      HUAWEICLOUD_SDK_SK: "env-sk",
      HUAWEICLOUD_SDK_IDP_ID: "idp",
      HUAWEICLOUD_SDK_ID_TOKEN_FILE: await home.write("t", "id-token"),
    });
    const cloud = await startCloud({
      [HUAWEI_HOST]: ok,
      [IAM_HOST]: ({ target }) =>
        target.includes("id-token")
          ? { status: 201, headers: { "x-subject-token": "unscoped" }, body: { token: {} } }
          : {
              status: 201,
              body: {
                credential: {
                  access: "fed-ak",
                  secret: "fed-sk",
                  securitytoken: "fed-token",
                  expires_at: inAnHour(),
                },
              },
            },
    });
    await huaweiClient({ fetch: cloud.fetch, projectId: "p" }).listThings();
    expect(cloud.to(HUAWEI_HOST).map((request) => verifyHuawei(request, { "fed-ak": "fed-sk" }))).toEqual([
      "fed-ak",
    ]);
  });

  test("the address of IAM", async () => {
    await emptyHome();
    setEnv({
      HUAWEICLOUD_SDK_AK: "env-ak",
      HUAWEICLOUD_SDK_SK: "env-sk",
      HUAWEICLOUD_SDK_IAM_ENDPOINT: "https://iam.private.example",
    });
    const cloud = await startCloud({
      [HUAWEI_HOST]: ok,
      "iam.private.example": () => ({ body: { projects: [{ id: "private" }] } }),
    });
    await huaweiClient({ fetch: cloud.fetch }).listThings();
    expect(cloud.to("iam.private.example")).toHaveLength(1);
  });
});

describe("file", () => {
  test("~/.huaweicloud/credentials, with comments, quotes and colons", async () => {
    const home = await emptyHome();
    await home.write(
      ".huaweicloud/credentials",
      '\uFEFF# mine\r\n[global]\r\nak = other\r\nsk = other\r\n\r\n[basic]\r\n; not this\r\nak = file-ak\r\nsk: "file=sk"\r\nproject_id = file-project\r\n',
    );
    const cloud = await startCloud({ [HUAWEI_HOST]: ok });
    await huaweiClient({ fetch: cloud.fetch }).listThings();
    expect(cloud.received.map((request) => verifyHuawei(request, { "file-ak": "file=sk" }))).toEqual([
      "file-ak",
    ]);
    expect(cloud.received[0]?.target).toBe("/v3/file-project/things");
  });

  test("another one, named by HUAWEICLOUD_SDK_CREDENTIALS_FILE", async () => {
    const home = await emptyHome();
    setEnv({
      HUAWEICLOUD_SDK_CREDENTIALS_FILE: await home.write(
        "elsewhere",
        "[basic]\nak=file-ak\nsk=file-sk\nsecurity_token=file-token\n",
      ),
    });
    const cloud = await startCloud({ [HUAWEI_HOST]: ok });
    await huaweiClient({ fetch: cloud.fetch, projectId: "p" }).listThings();
    expect(cloud.received.map((request) => verifyHuawei(request, { "file-ak": "file-sk" }))).toEqual([
      "file-ak",
    ]);
    expect(cloud.received[0]?.headers["x-security-token"]).toBe("file-token");
  });

  test("that is named but has no section is an error, and not the ECS's own account", async () => {
    const home = await emptyHome();
    setEnv({ HUAWEICLOUD_SDK_CREDENTIALS_FILE: await home.write("elsewhere", "[other]\nak = a\n") });
    const cloud = await startCloud({ [HUAWEI_HOST]: ok, [METADATA]: () => ({ body: securityKey() }) });
    const error = await huaweiClient({ fetch: cloud.fetch, projectId: "p" })
      .listThings()
      .catch((thrown: unknown) => thrown);
    expect(error).not.toBeInstanceOf(NotConfiguredError);
    expect(String(error)).toMatch(/HUAWEICLOUD_SDK_CREDENTIALS_FILE: .*elsewhere has no section \[basic\]/);
    expect(cloud.received).toEqual([]);
  });
  test("that cannot be read is an error", async () => {
    const home = await emptyHome();
    await home.write(".huaweicloud/credentials/a-folder-instead", "");
    await expect(huaweiClient({ projectId: "p" }).listThings()).rejects.toThrow(/cannot be read \(EISDIR\)/);
  });
});

describe("metadata of an ECS", () => {
  test("version 2: with a token", async () => {
    await emptyHome();
    const cloud = await startCloud({
      [HUAWEI_HOST]: ok,
      [METADATA]: ({ method, target, headers }) => {
        if (method === "PUT" && target === "/meta-data/latest/api/token")
          return { body: headers["x-metadata-token-ttl-seconds"] === "21600" ? "session\n" : "" };
        return headers["x-metadata-token"] === "session" && target === "/openstack/latest/securitykey"
          ? { body: securityKey() }
          : { status: 401, body: "" };
      },
    });
    await huaweiClient({ fetch: cloud.fetch, projectId: "p" }).listThings();
    expect(cloud.to(HUAWEI_HOST).map((request) => verifyHuawei(request, { "ecs-ak": "ecs-sk" }))).toEqual([
      "ecs-ak",
    ]);
    expect(cloud.to(HUAWEI_HOST)[0]?.headers["x-security-token"]).toBe("ecs-token");
  });

  test("a clock that is eight hours fast: the lifetime counts, not the hour at which it ends", async () => {
    const cloud = await startCloud({
      [HUAWEI_HOST]: ok,
      [METADATA]: ({ method }) => (method === "PUT" ? { body: "session" } : { body: securityKey() }),
    });
    const now = () => Date.now() + 8 * HOUR;
    await huaweiClient({ credentials: ecsMetadata(), now, fetch: cloud.fetch, projectId: "p" }).listThings();
    expect(cloud.to(HUAWEI_HOST)[0]?.headers["x-security-token"]).toBe("ecs-token");
  });

  test.each([404, 405, 503])("version 1, where version 2 answers %i", async (status) => {
    const cloud = await startCloud({
      [HUAWEI_HOST]: ok,
      [METADATA]: ({ method }) => (method === "PUT" ? { status, body: "" } : { body: securityKey() }),
    });
    await huaweiClient({ credentials: ecsMetadata(), fetch: cloud.fetch, projectId: "p" }).listThings();
    expect(cloud.to(METADATA).map(({ headers }) => headers["x-metadata-token"])).toEqual([
      undefined,
      undefined,
    ]);
    expect(cloud.to(HUAWEI_HOST)).toHaveLength(1);
  });

  test.each<[string, Host, typeof CredentialsError, RegExp]>([
    [
      "no agency",
      ({ method }) =>
        method === "PUT"
          ? { body: "session" }
          : { status: 401, body: { message: "Please configure Cloud Service Agency first" } },
      NotConfiguredError,
      /has no agency/,
    ],
    [
      "broken answer",
      ({ method }) => (method === "PUT" ? { body: "session" } : { body: '{"credential": SECRET' }),
      CredentialsError,
      /the answer is not JSON$/,
    ],
    [
      "answer without a key",
      ({ method }) => (method === "PUT" ? { body: "session" } : { body: { credential: { access: "ak" } } }),
      CredentialsError,
      /lacks an access key/,
    ],
    [
      "no ECS",
      () => ({ status: 403, body: "" }),
      NotConfiguredError,
      /is not an ECS.s metadata service \(403\)/,
    ],
  ])("%s", async (_, host, type, message) => {
    const cloud = await startCloud({ [METADATA]: host });
    const error = await huaweiClient({ credentials: ecsMetadata(), fetch: cloud.fetch, projectId: "p" })
      .listThings()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(type);
    expect(String(error)).toMatch(message);
  });
});

describe("IAM tokens", () => {
  test("by access key, for the client's project", async () => {
    const cloud = await startCloud({ [HUAWEI_HOST]: ok, [IAM_HOST]: iamHost({ project: "mine" }) });
    await huaweiClient({
      credentials: iamToken({ ak: "ak", sk: "sk" }),
      projectId: "mine",
      fetch: cloud.fetch,
    }).listThings();
    expect(JSON.parse(cloud.to(IAM_HOST)[0]?.body ?? "")).toEqual({
      auth: {
        identity: { methods: ["hw_ak_sk"], hw_ak_sk: { access: { key: "ak" }, secret: { key: "sk" } } },
        scope: { project: { id: "mine" } },
      },
    });
  });

  test("a token for another project is refused", async () => {
    const cloud = await startCloud({ [HUAWEI_HOST]: ok, [IAM_HOST]: iamHost({ project: "another" }) });
    await expect(
      huaweiClient({
        credentials: iamToken({ ak: "ak", sk: "sk" }),
        projectId: "mine",
        fetch: cloud.fetch,
      }).listThings(),
    ).rejects.toThrow(/another project/);
    expect(cloud.to(HUAWEI_HOST)).toEqual([]);
  });

  test("IAM down for a moment: three times at most", async () => {
    const iam = iamHost();
    let down = 2;
    const cloud = await startCloud({
      [HUAWEI_HOST]: ok,
      [IAM_HOST]: (request) => (down-- > 0 ? { status: 503, body: "" } : iam(request)),
    });
    await huaweiClient({ credentials: iamToken({ ak: "ak", sk: "sk" }), fetch: cloud.fetch }).listThings();
    expect(cloud.to(IAM_HOST)).toHaveLength(3);
    down = 9;
    const error = await huaweiClient({ credentials: iamToken({ ak: "ak", sk: "sk" }), fetch: cloud.fetch })
      .listThings()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CredentialsError);
    expect(error).toMatchObject({ cause: { status: 503, attempts: 3 } });
    expect(cloud.to(IAM_HOST)).toHaveLength(6);
  });

  test.each([
    [{ username: "", password: "p", domainName: "d" }, /username must be a string that is not empty/],
    [{ username: "u", password: "p" }, /domainName must be/],
    [{ username: "u", pasword: "p", domainName: "d" }, /"pasword" is not known/],
    [{ ak: "ak", sk: "s k" }, /iamToken.sk holds a space/],
  ])("%j is refused at once", (login, message) => {
    expect(() => iamToken(login as never)).toThrow(message); // what JavaScript callers may write
  });
});

describe("project", () => {
  const key = { ak: "ak", sk: "sk" };
  const projects =
    (...ids: string[]): Host =>
    () => ({ body: { projects: ids.map((id) => ({ id, name: "cn-north-4" })) } });

  test("asked of IAM, once for eight parallel first calls, with a signature", async () => {
    const cloud = await startCloud({ [HUAWEI_HOST]: ok, [IAM_HOST]: projects("found") });
    const client = huaweiClient({ credentials: key, fetch: cloud.fetch });
    await Promise.all(Array.from({ length: 8 }, () => client.listThings()));
    const [question] = cloud.to(IAM_HOST);
    expect(cloud.to(IAM_HOST)).toHaveLength(1);
    expect(question).toMatchObject({ method: "GET", target: "/v3/projects?name=cn-north-4" });
    expect(question && verifyHuawei(question, { ak: "sk" })).toBe("ak");
    expect(new Set(cloud.to(HUAWEI_HOST).map(({ target }) => target))).toEqual(new Set(["/v3/found/things"]));
  });

  test.each([
    ["none", [], /knows no project called cn-north-4: give projectId/],
    ["two", ["a", "b"], /knows 2 projects called cn-north-4: give projectId/],
  ])("%s: an error that says what to do, and no project is created", async (_, ids, message) => {
    const cloud = await startCloud({ [HUAWEI_HOST]: ok, [IAM_HOST]: projects(...ids) });
    const error = await huaweiClient({ credentials: key, fetch: cloud.fetch })
      .listThings()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CredentialsError);
    expect(error).toMatchObject({ operation: "test.listThings", message: expect.stringMatching(message) });
    expect(cloud.received.map(({ method }) => method)).toEqual(["GET"]);
  });

  test("a failure is not remembered", async () => {
    let ids: string[] = [];
    const cloud = await startCloud({ [HUAWEI_HOST]: ok, [IAM_HOST]: (request) => projects(...ids)(request) });
    const client = huaweiClient({ credentials: key, fetch: cloud.fetch });
    await expect(client.listThings()).rejects.toThrow(CredentialsError);
    ids = ["late"];
    await client.listThings();
    expect(cloud.to(HUAWEI_HOST)[0]?.target).toBe("/v3/late/things");
  });

  test("without a region it cannot be asked for", async () => {
    const client = huaweiClient({
      credentials: key,
      endpoint: "https://private.example",
      region: undefined as never,
    }); // as in JavaScript
    await expect(client.listThings()).rejects.toThrow(/give projectId: without a region/);
  });

  test("a call for another project does not say that it acts for the client's", async () => {
    const cloud = await startCloud({ [HUAWEI_HOST]: ok });
    const client = huaweiClient({
      credentials: key,
      projectId: "mine",
      domainId: "account",
      fetch: cloud.fetch,
    });
    await client.listThings();
    await client.listThings({ path: { project_id: "other" } });
    expect(cloud.received.map(({ headers }) => [headers["x-project-id"], headers["x-domain-id"]])).toEqual([
      ["mine", undefined],
      [undefined, "account"],
    ]);
    expect(cloud.received.map((request) => verifyHuawei(request, { ak: "sk" }))).toEqual(["ak", "ak"]);
  });
});
