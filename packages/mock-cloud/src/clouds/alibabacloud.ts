/** Alibaba Cloud: its gateway's refusals, its STS. */

import type { Answer, Refusal } from "../answer.js";
import { type Incoming, parametersOf } from "../incoming.js";
import { NonceMemory } from "../nonces.js";
import { hex, type Random } from "../random.js";
import { verify } from "./alibabacloud-signature.js";
import type { AccessKey, Cloud, IdentityService, Moment } from "./cloud.js";

/** An account for tests: none of it is secret. */
export interface AlibabaCloudAccount {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** The account's id. */
  readonly accountId: string;
  /** The ARN of a role that may be assumed, as may every other role of the account. */
  readonly roleArn: string;
}

export const sampleAccount: AlibabaCloudAccount = {
  accessKeyId: "MOCKALIBABAAK000000000001",
  accessKeySecret: "mock-alibaba-secret-for-tests1",
  accountId: "1234567890123456",
  roleArn: "acs:ram::1234567890123456:role/mock-role",
};

const STS_VERSION = "2015-04-01";

export function createAlibabaCloud(account: AlibabaCloudAccount, random: Random): Cloud {
  const keys = new Map<string, AccessKey>([[account.accessKeyId, { secret: account.accessKeySecret }]]);
  const nonces = new NonceMemory();

  const authenticate: Cloud["authenticate"] = (request, { now }) => {
    const verdict = verify(request, keys, nonces, now);
    return "refusal" in verdict ? verdict : { caller: { name: verdict.accessKeyId } };
  };

  const sts: IdentityService = {
    name: "sts",
    host: /^sts(-vpc)?\./,
    recognizes: ({ headers }) => headers.get("x-acs-version") === STS_VERSION,
    answer(request, _, moment) {
      const verdict = authenticate(request, moment);
      if ("refusal" in verdict) return verdict.refusal;
      const action = request.headers.get("x-acs-action");
      return action === "AssumeRole"
        ? assumeRole(request, moment, account, keys, random)
        : unknownApi(request.method, action ?? "");
    },
  };

  return {
    name: "alibabacloud",
    identity: [sts],
    account,
    recognizes: ({ headers }) => headers.has("x-acs-action") || headers.has("x-acs-version"),
    speaks: ({ headers }, { version }) => headers.get("x-acs-version") === version,
    authenticate,
    authorize: () => undefined,
    envelope: ({ status, code, message, headers }, requestId, host): Answer => ({
      status,
      ...(headers && { headers }),
      body: {
        RequestId: requestId,
        HostId: host,
        Code: code,
        Message: message,
        Recommend: `https://api.aliyun.com/troubleshoot?q=${code}&requestId=${requestId}`,
      },
    }),
    headers: (requestId) => ({ "x-acs-request-id": requestId, "x-acs-trace-id": hex(32, random) }),
    requestIdField: "RequestId",
    newRequestId: () => [8, 4, 4, 4, 12].map((length) => hex(length, random).toUpperCase()).join("-"),
    refusals: {
      unknownApi,
      throttled: (chance) => ({
        status: 400,
        code: chance < 0.5 ? "Throttling.User" : "Throttling.Api",
        message: "Request was denied due to user flow control.",
        // Milliseconds, in a header of its own.
        headers: { "x-acs-retry-after": String(100 + Math.floor(chance * 400)) },
      }),
      failed: (status) =>
        status === 500
          ? {
              status,
              code: "InternalError",
              message: "The request processing has failed due to some unknown error.",
            }
          : {
              status,
              code: "ServiceUnavailable",
              message: "The request has failed due to a temporary failure of the server.",
            },
      invalid: (message) => ({ status: 400, code: "InvalidParameter", message }),
    },
  };
}

const unknownApi = (method: string, path: string): Refusal => ({
  status: 404,
  code: "InvalidAction.NotFound",
  message: `Specified api is not found, please check your url and method. (${method} ${path})`,
});

function assumeRole(
  request: Incoming,
  { now }: Moment,
  { accountId }: AlibabaCloudAccount,
  keys: Map<string, AccessKey>,
  random: Random,
): Answer | Refusal {
  const form = { ...parametersOf(request.query), ...parametersOf(Buffer.from(request.body).toString()) };
  const { RoleArn = "", RoleSessionName = "", DurationSeconds = "3600" } = form;
  const refuse = (status: number, code: string, message: string): Refusal => ({ status, code, message });
  const [, owner, role] = /^acs:ram::(\d+):role\/(\S+)$/.exec(RoleArn) ?? [];
  if (role === undefined)
    return refuse(400, "InvalidParameter.RoleArn", "The parameter RoleArn is wrongly formed.");
  if (owner !== accountId) return refuse(404, "EntityNotExist.Role", `The role not exists: ${RoleArn}.`);
  if (!/^[\w.@-]{2,64}$/.test(RoleSessionName))
    return refuse(
      400,
      "InvalidParameter.RoleSessionName",
      "The parameter RoleSessionName is wrongly formed.",
    );
  const duration = Number(DurationSeconds);
  if (!Number.isInteger(duration) || duration < 900 || duration > 43_200)
    return refuse(
      400,
      "InvalidParameter.DurationSeconds",
      "The Min/Max value of DurationSeconds is 15min/12hr.",
    );

  const expiresAt = now + duration * 1000;
  const accessKeyId = `STS.${hex(20, random)}`;
  const secret = hex(40, random);
  const securityToken = hex(200, random);
  keys.set(accessKeyId, { secret, securityToken, expiresAt });
  return {
    status: 200,
    body: {
      RequestId: "", // the server fills it in
      AssumedRoleUser: {
        AssumedRoleId: `${hex(18, random)}:${RoleSessionName}`,
        Arn: `acs:ram::${accountId}:role/${role}/${RoleSessionName}`,
      },
      Credentials: {
        AccessKeyId: accessKeyId,
        AccessKeySecret: secret,
        SecurityToken: securityToken,
        Expiration: `${new Date(expiresAt).toISOString().slice(0, 19)}Z`,
      },
    },
  };
}
