/** F-H14 … F-H20 of the reliability catalogue: what servers say about signatures, tokens and clocks. */

import { describe, expect, test } from "vitest";
import * as alibabacloud from "../../src/alibabacloud/refusal.js";
import { AuthenticationError } from "../../src/errors.js";
import { iamToken } from "../../src/huaweicloud/index.js";
import * as huaweicloud from "../../src/huaweicloud/refusal.js";
import { ALIBABA_HOST, alibabaClient, HUAWEI_HOST, huaweiClient, IAM_HOST } from "../support/clients.js";
import { type Answer, type Host, startCloud } from "../support/cloud.js";
import { iamHost } from "../support/iam.js";
import { sdkTime, verifyAlibaba, verifyHuawei } from "../support/verify.js";

const MINUTE = 60_000;
const huaweiKey = { ak: "ak", sk: "sk" };
const alibabaKey = { accessKeyId: "id", accessKeySecret: "secret" };
const user = { username: "user", password: "a good password", domainName: "account" };

const refuse = (code: string, message: string, headers: Record<string, string> = {}): Answer => ({
  status: 401,
  headers,
  body: { error_code: code, error_msg: message, request_id: "request-1" },
});
const refuseAlibaba = (code: string, headers: Record<string, string> = {}): Answer => ({
  status: 400,
  headers,
  body: { Code: code, Message: `${code} it is.`, RequestId: "request-1", HostId: ALIBABA_HOST },
});

test("F-H14: the token has ended: one login, one replay, success", async () => {
  const iam = iamHost();
  const cloud = await startCloud({
    [HUAWEI_HOST]: ({ headers }) =>
      headers["x-auth-token"] === "token-1"
        ? refuse(
            "APIG.0301",
            "Incorrect IAM authentication information: token expires, expires_at: 2026-01-01T00:00:00Z",
          )
        : { body: { ok: true } },
    [IAM_HOST]: iam,
  });
  const client = huaweiClient({ credentials: iamToken(user), fetch: cloud.fetch });
  expect(await client.listThings()).toEqual({ ok: true });
  expect(iam.issued).toBe(2);
  expect(cloud.to(HUAWEI_HOST).map(({ headers }) => headers["x-auth-token"])).toEqual(["token-1", "token-2"]);
});

test("F-H15: refused again with the new token: AuthenticationError, after exactly two requests", async () => {
  const cloud = await startCloud({
    [HUAWEI_HOST]: () => refuse("APIG.0301", "token expires"),
    [IAM_HOST]: iamHost(),
  });
  const client = huaweiClient({ credentials: iamToken(user), fetch: cloud.fetch });
  const error = await client.listThings().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AuthenticationError);
  expect(error).toMatchObject({ code: "APIG.0301", requestId: "request-1", attempts: 2 });
  expect(cloud.to(HUAWEI_HOST)).toHaveLength(2);
  expect(cloud.to(IAM_HOST)).toHaveLength(2);
});

describe("F-H16: a refused signature is never sent again, because clouds lock keys", () => {
  test.each([
    ["APIGW.0301", 401, "Incorrect IAM authentication information: verify aksk signature fail"],
    [
      "APIG.0301",
      401,
      "Incorrect IAM authentication information: AK access failed to reach the limit,forbidden.",
    ],
    [
      "APIGW.0301",
      401,
      "Incorrect IAM authentication information: Get secretKey failed,ak:ak,err:ak not exist",
    ],
    ["APIGW.0301", 403, "verify aksk signature fail"],
  ])("Huawei Cloud: %s with status %i: %s", async (code, status, message) => {
    const cloud = await startCloud({ [HUAWEI_HOST]: () => ({ ...refuse(code, message), status }) });
    const client = huaweiClient({ credentials: huaweiKey, projectId: "p", fetch: cloud.fetch });
    await expect(client.listThings()).rejects.toBeInstanceOf(AuthenticationError);
    expect(cloud.received).toHaveLength(1);
  });
  test.each([
    "SignatureDoesNotMatch",
    "IncompleteSignature",
    "InvalidAccessKeyId.NotFound",
    "InvalidAccessKeyId.Inactive",
  ])("Alibaba Cloud: %s", async (code) => {
    const cloud = await startCloud({ [ALIBABA_HOST]: () => refuseAlibaba(code) });
    await expect(
      alibabaClient({ credentials: alibabaKey, fetch: cloud.fetch }).ListThings(),
    ).rejects.toBeInstanceOf(AuthenticationError);
    expect(cloud.received).toHaveLength(1);
  });
  test("keys that the server gave itself are not renewed for it either", async () => {
    let asked = 0;
    const cloud = await startCloud({
      [HUAWEI_HOST]: () => refuse("APIGW.0301", "verify aksk signature fail"),
    });
    const credentials = () => {
      asked++;
      return { ...huaweiKey, securityToken: "a-token" };
    };
    await expect(
      huaweiClient({ credentials, projectId: "p", fetch: cloud.fetch }).listThings(),
    ).rejects.toBeInstanceOf(AuthenticationError);
    expect([cloud.received.length, asked]).toEqual([1, 1]);
  });
});

/** Two clouds whose clock is off by so much, seen from here, and which do not take dates more than 15 minutes off. */
const clocks = (offsetMs: number): Record<string, Host> => {
  const date = () => ({ date: new Date(Date.now() + offsetMs).toUTCString() });
  const late = (time: number) => !(Math.abs(time - Date.now() - offsetMs) < 15 * MINUTE);
  return {
    [HUAWEI_HOST]: (request) => {
      if (late(sdkTime(request)))
        return refuse("APIGW.0303", "Incorrect authentication information: signature expired", date());
      return verifyHuawei(request, { ak: "sk" })
        ? { headers: date(), body: { ok: true } }
        : refuse("APIGW.0301", "verify aksk signature fail", date());
    },
    [ALIBABA_HOST]: (request) => {
      if (late(Date.parse(String(request.headers["x-acs-date"]))))
        return refuseAlibaba("InvalidTimeStamp.Expired", date());
      return verifyAlibaba(request, { id: "secret" })
        ? { headers: date(), body: { ok: true } }
        : refuseAlibaba("SignatureDoesNotMatch", date());
    },
  };
};

describe.each([
  ["twenty minutes behind", 20 * MINUTE],
  ["a day ahead", -24 * 60 * MINUTE],
])("F-H17: a clock that is %s", (_, offset) => {
  test("Huawei Cloud: put right by the server's, signed anew, sent once more; and never off again", async () => {
    const cloud = await startCloud(clocks(offset));
    const client = huaweiClient({ credentials: huaweiKey, projectId: "p", fetch: cloud.fetch });
    expect(await client.listThings()).toEqual({ ok: true });
    expect(cloud.received).toHaveLength(2);
    await client.listThings();
    expect(cloud.received).toHaveLength(3);
  });
  test("Alibaba Cloud", async () => {
    const cloud = await startCloud(clocks(offset));
    const client = alibabaClient({ credentials: alibabaKey, fetch: cloud.fetch });
    expect(await client.ListThings()).toEqual({ ok: true });
    expect(cloud.received).toHaveLength(2);
    const nonces = cloud.received.map(({ headers }) => headers["x-acs-signature-nonce"]);
    expect(new Set(nonces).size).toBe(2);
    await client.ListThings();
    expect(cloud.received).toHaveLength(3);
  });
  test("a gateway that only says that the signature is wrong: the date is certainly why", async () => {
    const { [HUAWEI_HOST]: host } = clocks(offset);
    const cloud = await startCloud({
      [HUAWEI_HOST]: async (request) => {
        const answer = await host?.(request);
        return answer?.status === 401
          ? refuse("APIGW.0301", "verify aksk signature fail", answer.headers)
          : answer;
      },
    });
    expect(
      await huaweiClient({ credentials: huaweiKey, projectId: "p", fetch: cloud.fetch }).listThings(),
    ).toEqual({ ok: true });
    expect(cloud.received).toHaveLength(2);
  });
});

test("F-H17: a project id that has to be asked for first: IAM's refusal puts the clock right, too", async () => {
  const date = () => ({ date: new Date(Date.now() + 20 * MINUTE).toUTCString() });
  const cloud = await startCloud({
    ...clocks(20 * MINUTE),
    [IAM_HOST]: (request) =>
      Math.abs(sdkTime(request) - Date.now() - 20 * MINUTE) < 15 * MINUTE &&
      verifyHuawei(request, { ak: "sk" })
        ? { body: { projects: [{ id: "found", name: "cn-north-4" }] } }
        : refuse("APIGW.0303", "signature expired", date()),
  });
  await huaweiClient({ credentials: huaweiKey, fetch: cloud.fetch }).listThings();
  expect(cloud.to(IAM_HOST)).toHaveLength(2);
  expect(cloud.to(HUAWEI_HOST).map(({ target }) => target)).toEqual(["/v3/found/things"]);
});

test.each(["Huawei", "Alibaba"])(
  "F-H18: fifty requests under way at once when the clock turns out to be off: all succeed (%s)",
  async (which) => {
    const host = which === "Huawei" ? HUAWEI_HOST : ALIBABA_HOST;
    const { [host]: answer } = clocks(20 * MINUTE);
    let waiting = 0;
    let release = () => {};
    const all = new Promise<void>((resolve) => {
      release = resolve;
    });
    const cloud = await startCloud({
      [host]: async (request) => {
        if (++waiting === 50) release();
        await all; // so that each of the fifty was signed by the wrong clock
        return answer?.(request);
      },
    });
    const { fetch } = cloud;
    const huawei = huaweiClient({ credentials: huaweiKey, projectId: "p", fetch });
    const alibaba = alibabaClient({ credentials: alibabaKey, fetch });
    const calls = Array.from({ length: 50 }, () =>
      which === "Huawei" ? huawei.listThings() : alibaba.ListThings(),
    );
    expect(await Promise.all(calls)).toEqual(Array(50).fill({ ok: true }));
    expect(cloud.received).toHaveLength(100);
  },
);

test("F-H18: a refusal that says nothing of the time, when another one has put the clock right already", async () => {
  let release = () => {};
  const corrected = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { [HUAWEI_HOST]: host } = clocks(20 * MINUTE);
  const cloud = await startCloud({
    [HUAWEI_HOST]: async (request) => {
      const answer = await host?.(request);
      if (answer?.status === undefined) release();
      if (answer?.status === undefined || !request.target.includes("late")) return answer;
      await corrected;
      return { ...answer, headers: { date: "" } };
    },
  });
  const client = huaweiClient({ credentials: huaweiKey, projectId: "p", fetch: cloud.fetch });
  const calls = [client.listThings({ query: { name: "late" } }), client.listThings()];
  expect(await Promise.all(calls)).toEqual([{ ok: true }, { ok: true }]);
});

describe("F-H19: the server says that the date is off, but its own agrees: not sent again", () => {
  test("Huawei Cloud", async () => {
    const cloud = await startCloud({ [HUAWEI_HOST]: () => refuse("APIGW.0303", "signature expired") });
    await expect(
      huaweiClient({ credentials: huaweiKey, projectId: "p", fetch: cloud.fetch }).listThings(),
    ).rejects.toBeInstanceOf(AuthenticationError);
    expect(cloud.received).toHaveLength(1);
  });
  test("Alibaba Cloud", async () => {
    const cloud = await startCloud({ [ALIBABA_HOST]: () => refuseAlibaba("InvalidTimeStamp.Expired") });
    await expect(
      alibabaClient({ credentials: alibabaKey, fetch: cloud.fetch }).ListThings(),
    ).rejects.toBeInstanceOf(AuthenticationError);
    expect(cloud.received).toHaveLength(1);
  });
  test.each(["", "yesterday", "2026"])("nor if its date is no date: %j", async (date) => {
    const cloud = await startCloud({
      [ALIBABA_HOST]: () => refuseAlibaba("InvalidTimeStamp.Expired", { date }),
    });
    await expect(
      alibabaClient({ credentials: alibabaKey, fetch: cloud.fetch }).ListThings(),
    ).rejects.toBeInstanceOf(AuthenticationError);
    expect(cloud.received).toHaveLength(1);
  });
});

describe("F-H20: a nonce is good for one request", () => {
  test("SignatureNonceUsed: a new one, signed anew, sent once more", async () => {
    let first = true;
    const cloud = await startCloud({
      [ALIBABA_HOST]: (request) => {
        if (!verifyAlibaba(request, { id: "secret" })) return refuseAlibaba("SignatureDoesNotMatch");
        if (!first) return { body: { ok: true } };
        first = false;
        return refuseAlibaba("SignatureNonceUsed");
      },
    });
    expect(await alibabaClient({ credentials: alibabaKey, fetch: cloud.fetch }).ListThings()).toEqual({
      ok: true,
    });
    const [a, b] = cloud.received.map(({ headers }) => headers["x-acs-signature-nonce"]);
    expect(cloud.received).toHaveLength(2);
    expect(a).not.toBe(b);
  });
  test("twice: an error, after exactly two requests", async () => {
    const cloud = await startCloud({ [ALIBABA_HOST]: () => refuseAlibaba("SignatureNonceUsed") });
    await expect(
      alibabaClient({ credentials: alibabaKey, fetch: cloud.fetch }).ListThings(),
    ).rejects.toBeInstanceOf(AuthenticationError);
    expect(cloud.received).toHaveLength(2);
  });
  test("an ordinary retry is signed anew as well: another nonce, the date of its own time", async () => {
    let now = Date.now();
    const cloud = await startCloud({
      [ALIBABA_HOST]: (request) => {
        now += 2000;
        if (!verifyAlibaba(request, { id: "secret" })) return refuseAlibaba("SignatureDoesNotMatch");
        return cloud.received.length < 3 ? { status: 503, body: "" } : { body: { ok: true } };
      },
    });
    await alibabaClient({
      credentials: alibabaKey,
      fetch: cloud.fetch,
      now: () => now,
      random: () => 0,
    }).ListThings();
    const of = (name: string) => cloud.received.map(({ headers }) => headers[name]);
    expect(new Set(of("x-acs-signature-nonce")).size).toBe(3);
    expect(new Set(of("x-acs-date")).size).toBe(3);
  });
});

describe("a message that is made to be slow to read is read at once", () => {
  const hostile = [" ", ",", ".", "\n", "server ", "canonical request is ", "canonicalRequest", ". "];
  test.each(Object.entries({ huaweicloud, alibabacloud }))("%s", (_, cloud) => {
    for (const text of hostile) {
      const message = `signature fail${text.repeat(2 ** 20 / text.length)}.`;
      const started = performance.now();
      cloud.canonicalRequestIn(message);
      cloud.errorKind(401, { code: "X", message });
      expect(performance.now() - started, JSON.stringify(text)).toBeLessThan(1000); // a megabyte: minutes, if not linear
    }
  });
});
