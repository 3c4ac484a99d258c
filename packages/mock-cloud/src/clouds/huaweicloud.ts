/** Huawei Cloud: its gateway's refusals, its IAM. */

import type { Answer, Refusal } from "../answer.js";
import { md5 } from "../hash.js";
import { type Incoming, parametersOf } from "../incoming.js";
import { hex, type Random } from "../random.js";
import type { AccessKey, Caller, Cloud, IdentityService, Moment } from "./cloud.js";
import { answerIam } from "./huaweicloud-iam.js";
import { verify } from "./huaweicloud-signature.js";

/** An account for tests: none of it is secret. */
export interface HuaweiCloudAccount {
  readonly ak: string;
  readonly sk: string;
  readonly username: string;
  readonly password: string;
  readonly domainName: string;
  readonly domainId: string;
  readonly userId: string;
  /** Project ids by region: of those below, and of any that were added. */
  readonly projects: Readonly<Record<Region, string> & Record<string, string>>;
}

type Region = (typeof REGIONS)[number];

const REGIONS = [
  "cn-north-4",
  "cn-east-3",
  "cn-south-1",
  "ap-southeast-1",
  "ap-southeast-3",
  "eu-west-101",
] as const;

export const sampleAccount: HuaweiCloudAccount = {
  ak: "MOCKHUAWEIAK00000001",
  sk: "mock-huawei-secret-key-for-tests-only-01",
  username: "mock-user",
  password: "mock-password",
  domainName: "mock-account",
  domainId: md5("domain"),
  userId: md5("user"),
  // The first is the one of the documentation's examples.
  projects: Object.fromEntries(
    REGIONS.map((region, index) => [region, index ? md5(region) : "7b7705dce1e847b08b3b16dda67fec24"]),
  ) as Record<Region, string>,
};

/** A token: whose it is, and until when. */
export interface Token {
  readonly projectId?: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** What IAM has given out. */
export interface IamState {
  readonly account: HuaweiCloudAccount;
  readonly keys: Map<string, AccessKey>;
  readonly tokens: Map<string, Token>;
  readonly random: Random;
  authenticate(request: Incoming, moment: Moment): ReturnType<Cloud["authenticate"]>;
}

export function createHuaweiCloud(account: HuaweiCloudAccount, random: Random): Cloud {
  const keys = new Map<string, AccessKey>([[account.ak, { secret: account.sk }]]);
  const tokens = new Map<string, Token>();

  const authenticate = (request: Incoming, { now }: Moment): ReturnType<Cloud["authenticate"]> => {
    if (request.headers.has("authorization")) {
      const verdict = verify(request, keys, now);
      return "refusal" in verdict ? verdict : { caller: { name: verdict.accessKeyId } };
    }
    const text = request.headers.get("x-auth-token");
    if (text === undefined) return { refusal: unauthorized("x-auth-token not found") };
    const token = tokens.get(text);
    if (!token) return { refusal: unauthorized("decrypt token fail") };
    if (token.expiresAt <= now) return { refusal: unauthorized("token expires") };
    return { caller: { name: account.username, ...(token.projectId && { projectId: token.projectId }) } };
  };

  const iam: IdentityService = {
    name: "iam",
    host: /^iam(-pub)?\./,
    recognizes: (_, path) => /^\/v3(\.0)?\/(auth|projects|regions|OS-CREDENTIAL)(\/|$)/.test(path),
    answer: (request, path, moment) =>
      answerIam(request, path, parametersOf(request.query), moment, {
        account,
        keys,
        tokens,
        random,
        authenticate,
      }),
  };

  return {
    name: "huaweicloud",
    identity: [iam],
    account,
    recognizes: ({ headers }) =>
      headers.has("x-sdk-date") || headers.has("x-auth-token") || headers.has("x-project-id"),
    speaks: () => true, // the version stands in the path
    authenticate,
    authorize: (caller, path) => authorize(account, caller, path),
    envelope: ({ status, code, message, headers }, requestId): Answer => ({
      status,
      ...(headers && { headers }),
      body: { error_msg: message, error_code: code, request_id: requestId },
    }),
    headers: (requestId) => ({ "x-request-id": requestId, server: "api-gateway" }),
    requestIdField: "request_id",
    newRequestId: () => hex(32, random),
    refusals: {
      unknownApi: (method, path) => ({
        status: 404,
        code: "APIGW.0101",
        message: `The API does not exist or has not been published in the environment: ${method} ${path}`,
      }),
      throttled: () => ({
        status: 429,
        code: "APIGW.0308",
        message:
          "The throttling threshold has been reached: policy user over ratelimit,limit:50,time:1 second",
      }),
      failed: (status) =>
        failures[status] ?? { status, code: "APIGW.0602", message: "Internal server error" },
      invalid: (message) => ({ status: 400, code: "APIGW.0201", message }),
    },
  };
}

const failures: Readonly<Record<number, Refusal>> = {
  502: { status: 502, code: "APIGW.0202", message: "Backend unavailable" },
  503: { status: 503, code: "APIGW.0202", message: "Service unavailable" },
  504: { status: 504, code: "APIGW.0203", message: "Backend timeout" },
};

const unauthorized = (reason: string): Refusal => ({
  status: 401,
  code: "APIGW.0301",
  message: `Incorrect IAM authentication information: ${reason}`,
});

/** A path's project must be one of the account's, and the token's if that is good for one only. */
function authorize(
  { projects }: HuaweiCloudAccount,
  caller: Caller,
  path: Readonly<Record<string, string>>,
): Refusal | undefined {
  const id = path.project_id;
  const allowed = caller.projectId === undefined ? Object.values(projects) : [caller.projectId];
  if (id === undefined || allowed.includes(id)) return undefined;
  return {
    status: 403,
    code: "APIGW.0302",
    message: `The IAM user is not authorized to access the API: no permission for project ${id}`,
  };
}
