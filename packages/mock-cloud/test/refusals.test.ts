/** Every way to be refused: status, code and envelope as the vendor's. */

import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { type MockCloud, startMockCloud } from "../src/index.js";
import { type Answered, type Signed, send, signAlibaba, signHuawei } from "./support/sign.js";

const MINUTE = 60_000;
let cloud: MockCloud;
beforeAll(async () => {
  cloud = await startMockCloud({ jobs: 10 });
  return () => cloud.close();
});
afterEach(() => cloud.reset());

describe("Huawei Cloud", () => {
  const PROJECT = "7b7705dce1e847b08b3b16dda67fec24";
  const url = (query = "", project = PROJECT) => `${cloud.endpoints.elb}/v3/${project}/elb/jobs${query}`;
  const signed = (target = url(), headers = {}): Signed => {
    const { ak, sk } = cloud.accounts.huaweicloud;
    return signHuawei({ url: target, headers }, ak, sk);
  };
  const refused = ({ status, body, headers }: Answered) => {
    expect(body).toEqual({
      error_code: expect.any(String),
      error_msg: expect.any(String),
      request_id: headers.get("x-request-id"),
    });
    return `${status} ${body.error_code} ${body.error_msg}`;
  };

  test("what is signed as it should be is not", async () => {
    expect(await send(signed(url("?limit=3")))).toMatchObject({
      status: 200,
      body: { page_info: { current_count: 3 } },
    });
  });

  test("no signature", async () => {
    expect(refused(await send({ ...signed(), headers: {} }))).toContain(
      "401 APIGW.0301 Incorrect IAM authentication information: x-auth-token not found",
    );
  });
  test("another algorithm", async () => {
    const request = signed();
    request.headers.authorization = (request.headers.authorization ?? "").replace("SHA256", "SM3");
    expect(refused(await send(request))).toContain("401 APIGW.0301");
  });
  test("an unknown key", async () => {
    expect(refused(await send(signHuawei({ url: url() }, "UNKNOWN", "secret")))).toContain(
      "401 APIGW.0301 Incorrect IAM authentication information: Get secretKey failed,ak:UNKNOWN,err:ak not exist",
    );
  });
  test("a wrong secret, with the gateway's canonical request", async () => {
    const answer = refused(
      await send(signHuawei({ url: url("?limit=3") }, cloud.accounts.huaweicloud.ak, "wrong")),
    );
    expect(answer).toContain(
      `verify aksk signature fail, canonicalRequest:GET|/elb/v3/${PROJECT}/elb/jobs/|limit=3|host:127.0.0.1:${cloud.port}|x-sdk-date:`,
    );
  });
  test("an altered query", async () => {
    expect(refused(await send({ ...signed(url("?limit=3")), url: url("?limit=4") }))).toContain(
      "verify aksk signature fail",
    );
  });
  test("an altered path", async () => {
    expect(refused(await send({ ...signed(), url: url("", "0".repeat(32)) }))).toContain(
      "verify aksk signature fail",
    );
  });
  test("a path that is not percent-encoded as it should be", async () => {
    expect(refused(await send(signed(url("", "%zz"))))).toContain("401 APIGW.0301");
  });
  test("an altered header", async () => {
    const request = signed(url(), { "x-project-id": PROJECT });
    request.headers["x-project-id"] = "0".repeat(32);
    expect(refused(await send(request))).toContain("verify aksk signature fail");
  });
  test("a body that was not signed", async () => {
    const { ak, sk } = cloud.accounts.huaweicloud;
    const request = signHuawei({ url: `${cloud.endpoints.iam}/v3/projects`, method: "POST" }, ak, sk);
    expect(refused(await send({ ...request, body: "{}" }))).toContain("verify aksk signature fail");
  });
  test.each([-16, 16])("a date %i minutes off", async (minutes) => {
    const { ak, sk } = cloud.accounts.huaweicloud;
    expect(refused(await send(signHuawei({ url: url() }, ak, sk, Date.now() + minutes * MINUTE)))).toContain(
      "401 APIGW.0301 Incorrect IAM authentication information: calc ak sk signature fail:signature expired",
    );
  });
  test.each([-14, 14])("but not one %i minutes off", async (minutes) => {
    const { ak, sk } = cloud.accounts.huaweicloud;
    expect((await send(signHuawei({ url: url() }, ak, sk, Date.now() + minutes * MINUTE))).status).toBe(200);
  });
  test("a date that was not signed", async () => {
    const request = signed();
    request.headers.authorization = (request.headers.authorization ?? "").replace("host;x-sdk-date", "host");
    expect(refused(await send(request))).toContain("X-Sdk-Date header is missing, unsigned or malformed");
  });
  test("a security token that the key does not have", async () => {
    expect(refused(await send(signed(url(), { "x-security-token": "other" })))).toContain(
      "decrypt token fail",
    );
  });
  test("an unknown token", async () => {
    expect(refused(await send({ ...signed(), headers: { "x-auth-token": "MIIunknown" } }))).toContain(
      "401 APIGW.0301 Incorrect IAM authentication information: decrypt token fail",
    );
  });
  test("somebody else's project", async () => {
    expect(refused(await send(signed(url("", "0".repeat(32)))))).toContain("403 APIGW.0302");
  });
  test("no such API", async () => {
    expect(refused(await send(signed(`${cloud.endpoints.elb}/v3/${PROJECT}/elb/nothing`)))).toContain(
      "404 APIGW.0101",
    );
  });
  test.each([
    ["an unknown parameter", "?limits=3", "limits is not a parameter"],
    ["a mistyped one", "?limit=three", "limit must be an integer"],
    ["one out of range", "?limit=2001", "limit must be 0 to 2000"],
    ["one in another form", "?begin_time=yesterday", "begin_time must match"],
    ["a marker without limit", "?marker=x", "marker needs limit beside it"],
    ["an empty marker", "?limit=3&marker=", "marker must not be empty"],
    ["a marker that is no job's", "?limit=3&marker=x", "marker is not the id of an item"],
  ])("%s", async (_, query, message) => {
    expect(refused(await send(signed(url(query))))).toContain(`400 APIGW.0201 ${message}`);
  });
  test("a project id in another form", async () => {
    expect(refused(await send(signed(url("", "short"))))).toContain(
      "400 APIGW.0201 project_id: must match pattern",
    );
  });
  test("a documented error of the service's own", async () => {
    const answer = await send(signed(`${cloud.endpoints.swr}/v2/${PROJECT}/jobs?offset=5`));
    expect(answer).toMatchObject({
      status: 400,
      body: { error_code: "SVCSTG.SWR.4000014", error_msg: "offset needs limit beside it" },
    });
  });
  test("a job that is not there", async () => {
    expect(refused(await send(signed(`${cloud.endpoints.eip}/v1/${PROJECT}/jobs/unknown`)))).toContain(
      "404 APIGW.0201 The job does not exist.",
    );
  });

  describe("IAM", () => {
    const ask = async (body: unknown) => {
      const response = await fetch(`${cloud.endpoints.iam}/v3/auth/tokens`, {
        method: "POST",
        body: JSON.stringify(body),
      });
      return {
        status: response.status,
        token: response.headers.get("x-subject-token"),
        body: await response.json(),
      };
    };
    const login = (password: string, project: object = { id: PROJECT }) => {
      const { username, domainName } = cloud.accounts.huaweicloud;
      const user = { name: username, password, domain: { name: domainName } };
      return { auth: { identity: { methods: ["password"], password: { user } }, scope: { project } } };
    };

    test("gives a token that is good for its project only, and for a day", async () => {
      const { status, token, body } = await ask(login("mock-password"));
      expect({ status, body }).toMatchObject({
        status: 201,
        body: { token: { project: { id: PROJECT, name: "cn-north-4" } } },
      });
      const use = (project: string) =>
        send({
          url: url("?limit=1", project),
          method: "GET",
          body: "",
          headers: { "x-auth-token": token ?? "" },
        });
      expect((await use(PROJECT)).status).toBe(200);
      const other = cloud.accounts.huaweicloud.projects["cn-east-3"] ?? "";
      expect(refused(await use(other))).toContain("403 APIGW.0302");
      cloud.set({ clockSkewMs: 24 * 60 * MINUTE + 1 });
      expect(refused(await use(PROJECT))).toContain(
        "401 APIGW.0301 Incorrect IAM authentication information: token expires",
      );
    });
    test("gives one for an access key", async () => {
      const { ak, sk } = cloud.accounts.huaweicloud;
      const identity = (secret: string) => ({
        auth: {
          identity: { methods: ["hw_ak_sk"], hw_ak_sk: { access: { key: ak }, secret: { key: secret } } },
        },
      });
      expect((await ask(identity(sk))).status).toBe(201);
      expect((await ask(identity("wrong"))).status).toBe(401);
    });
    test("refuses a wrong password, in an envelope of its own", async () => {
      expect(await ask(login("wrong"))).toEqual({
        status: 401,
        token: null,
        body: { error: { code: 401, message: "The username or password is wrong.", title: "Unauthorized" } },
      });
    });
    test("refuses an unknown project and a body that is none", async () => {
      expect((await ask(login("mock-password", { name: "mars-1" }))).status).toBe(401);
      expect((await ask({})).status).toBe(400);
    });
    test("temporary keys need their token, and end", async () => {
      const { token } = await ask(login("mock-password"));
      const response = await fetch(`${cloud.endpoints.iam}/v3.0/OS-CREDENTIAL/securitytokens`, {
        method: "POST",
        body: JSON.stringify({
          auth: { identity: { methods: ["token"], token: { id: token, duration_seconds: 900 } } },
        }),
      });
      const { credential } = (await response.json()) as {
        credential: { access: string; secret: string; securitytoken: string };
      };
      const use = (headers: Record<string, string>, date = Date.now()) =>
        send(signHuawei({ url: url(), headers }, credential.access, credential.secret, date));
      expect((await use({ "x-security-token": credential.securitytoken })).status).toBe(200);
      expect(refused(await use({}))).toContain("decrypt token fail");
      cloud.set({ clockSkewMs: 901_000 });
      expect(
        refused(await use({ "x-security-token": credential.securitytoken }, Date.now() + 901_000)),
      ).toContain("token expires");
    });
    test("lists projects to those who are signed in", async () => {
      const list = `${cloud.endpoints.iam}/v3/projects?name=cn-east-3`;
      expect(refused(await send({ url: list, method: "GET", body: "", headers: {} }))).toContain(
        "401 APIGW.0301",
      );
      const answer = await send(signed(list));
      expect(answer.body.projects).toMatchObject([
        { id: cloud.accounts.huaweicloud.projects["cn-east-3"], name: "cn-east-3" },
      ]);
    });
  });
});

describe("Alibaba Cloud", () => {
  const url = (query = "") => `${cloud.endpoints.alb}/${query}`;
  const keys = () =>
    [cloud.accounts.alibabacloud.accessKeyId, cloud.accounts.alibabacloud.accessKeySecret] as const;
  const signed = (query = "", headers = {}): Signed => signAlibaba({ url: url(query), headers }, ...keys());
  const refused = ({ status, body, headers }: Answered) => {
    expect(body).toEqual({
      RequestId: headers.get("x-acs-request-id"),
      HostId: expect.any(String),
      Code: expect.any(String),
      Message: expect.any(String),
      Recommend: expect.stringMatching(/^https:/),
    });
    return `${status} ${body.Code} ${body.Message}`;
  };

  test("what is signed as it should be is not", async () => {
    expect(await send(signed("?MaxResults=3"))).toMatchObject({
      status: 200,
      body: { MaxResults: 3, TotalCount: 10 },
    });
  });
  test("no signature", async () => {
    const { authorization: _, ...headers } = signed().headers;
    expect(refused(await send({ ...signed(), headers }))).toContain("400 MissingAccessKeyId");
  });
  test("a wrong secret, with the gateway's canonical request", async () => {
    const answer = refused(await send(signAlibaba({ url: url() }, keys()[0], "wrong")));
    expect(answer).toMatch(
      /^400 SignatureDoesNotMatch .* server CanonicalRequest is \[GET\n\/alb\/\n\nhost:/s,
    );
  });
  test("an unknown key", async () => {
    expect(refused(await send(signAlibaba({ url: url() }, "LTAI", "secret")))).toContain(
      "404 InvalidAccessKeyId.NotFound",
    );
  });
  test("an altered query", async () => {
    expect(refused(await send({ ...signed("?MaxResults=3"), url: url("?MaxResults=4") }))).toContain(
      "400 SignatureDoesNotMatch",
    );
  });
  test("an altered body", async () => {
    const request = signAlibaba({ url: url(), method: "POST", body: "a=1" }, ...keys());
    expect(refused(await send({ ...request, body: "a=2" }))).toContain("400 SignatureDoesNotMatch");
  });
  test("a header that must be signed and is not", async () => {
    const request = signed();
    request.headers.authorization = (request.headers.authorization ?? "").replace("x-acs-date;", "");
    expect(refused(await send(request))).toContain("400 IncompleteSignature");
  });
  test.each([-16, 16])("a date %i minutes off", async (minutes) => {
    expect(
      refused(await send(signAlibaba({ url: url() }, ...keys(), Date.now() + minutes * MINUTE))),
    ).toContain("400 InvalidTimeStamp.Expired");
  });
  test("a date in another form", async () => {
    const request = signed();
    request.headers["x-acs-date"] = "today";
    expect(refused(await send(request))).toContain("400 InvalidTimeStamp.Format");
  });
  test("a nonce that was used", async () => {
    const request = signed();
    expect((await send(request)).status).toBe(200);
    expect(refused(await send(request))).toContain("400 SignatureNonceUsed");
  });
  test("a refused signature does not use up its nonce", async () => {
    const nonce = "only-once";
    await send(signAlibaba({ url: url() }, keys()[0], "wrong", Date.now(), nonce));
    expect((await send(signAlibaba({ url: url() }, ...keys(), Date.now(), nonce))).status).toBe(200);
  });
  test("a security token that the key does not have", async () => {
    expect(refused(await send(signed("", { "x-acs-security-token": "other" })))).toContain(
      "400 InvalidSecurityToken.MismatchWithAccessKey",
    );
  });
  test.each([
    ["an unknown action", { "x-acs-action": "ListNothing" }],
    ["another version", { "x-acs-version": "1999-01-01" }],
  ])("%s", async (_, headers) => {
    expect(refused(await send(signed("", headers)))).toContain("404 InvalidAction.NotFound");
  });
  test.each([
    ["an unknown parameter", "?Maximum=3", "Maximum is not a parameter"],
    ["a mistyped one", "?MaxResults=three", "MaxResults must be an integer"],
    ["one out of range", "?MaxResults=101", "MaxResults must be 1 to 100"],
    ["seconds instead of milliseconds", "?BeginTime=1700000000", "BeginTime is a time in milliseconds"],
  ])("%s", async (_, query, message) => {
    expect(refused(await send(signed(query)))).toContain(`400 InvalidParameter ${message}`);
  });

  describe("STS", () => {
    const assume = (form: Record<string, string>) =>
      send(
        signAlibaba(
          {
            url: `${cloud.endpoints.sts}/`,
            method: "POST",
            body: new URLSearchParams({
              RoleArn: cloud.accounts.alibabacloud.roleArn,
              RoleSessionName: "test",
              ...form,
            }).toString(),
            headers: {
              "content-type": "application/x-www-form-urlencoded",
              "x-acs-action": "AssumeRole",
              "x-acs-version": "2015-04-01",
            },
          },
          ...keys(),
        ),
      );

    test("gives a temporary key, which needs its token and ends", async () => {
      const { status, body } = await assume({ DurationSeconds: "900" });
      expect(status).toBe(200);
      const {
        AccessKeyId: id,
        AccessKeySecret: secret,
        SecurityToken: token,
      } = body.Credentials as Record<string, string>;
      const use = (headers: Record<string, string>, date = Date.now()) =>
        send(signAlibaba({ url: url(), headers }, id ?? "", secret ?? "", date));
      expect((await use({ "x-acs-security-token": token ?? "" })).status).toBe(200);
      expect(refused(await use({}))).toContain("400 MissingSecurityToken");
      cloud.set({ clockSkewMs: 901_000 });
      expect(refused(await use({ "x-acs-security-token": token ?? "" }, Date.now() + 901_000))).toContain(
        "400 InvalidSecurityToken.Expired",
      );
    });
    test.each([
      [{ RoleArn: "nonsense" }, "400 InvalidParameter.RoleArn"],
      [{ RoleArn: "acs:ram::1:role/x" }, "404 EntityNotExist.Role"],
      [{ RoleSessionName: "!" }, "400 InvalidParameter.RoleSessionName"],
      [{ DurationSeconds: "1" }, "400 InvalidParameter.DurationSeconds"],
    ])("refuses %j", async (form, code) => {
      expect(refused(await assume(form))).toContain(code);
    });
  });
});
