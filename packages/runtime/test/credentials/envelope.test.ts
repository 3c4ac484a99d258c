/** Error envelopes: the seven kinds, what is none, and anything at all. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createProvider } from "../../src/alibabacloud/provider.js";
import { errorKind as alibabaKind } from "../../src/alibabacloud/refusal.js";
import { readEnvelope, readEnvelopeOfSuccess, readRequestId } from "../../src/envelope.js";
import { BadRequestError } from "../../src/errors.js";
import { errorKind } from "../../src/huaweicloud/refusal.js";
import { alibabaService } from "../support/clients.js";
import { failure, json, memory } from "../support/memory.js";
import { elb } from "../support/services.js";

describe("the seven kinds", () => {
  test.each([
    [
      "error_code, error_msg",
      { error_code: "ELB.8902", error_msg: "no" },
      { code: "ELB.8902", message: "no" },
    ],
    [
      "encoded_authorization_message",
      { error_code: "SWR.403", error_msg: "no", encoded_authorization_message: "abc" },
      { code: "SWR.403", message: "no", encodedAuthorizationMessage: "abc" },
    ],
    [
      "request_id",
      { error_code: "APIGW.0101", error_msg: "no", request_id: "r" },
      { code: "APIGW.0101", message: "no", requestId: "r" },
    ],
    ["errorCode, errorMsg", { errorCode: "DBS.1", errorMsg: "no" }, { code: "DBS.1", message: "no" }],
    ["code, message", { code: "VPC.0003", message: "no" }, { code: "VPC.0003", message: "no" }],
    [
      "nested: IAM",
      { error: { code: 401, message: "no", title: "Unauthorized" } },
      { code: "401", message: "no" },
    ],
    ["nested: OpenStack", { itemNotFound: { message: "no", code: 404 } }, { code: "404", message: "no" }],
    [
      "nested: Neutron",
      { NeutronError: { type: "PortNotFound", message: "no", detail: "" } },
      { code: "PortNotFound", message: "no" },
    ],
    [
      "nested without a code",
      { conflictingRequest: { message: "no" } },
      { code: "conflictingRequest", message: "no" },
    ],
    [
      "Code, Message",
      {
        Code: "Throttling.User",
        Message: "no",
        RequestId: "R",
        HostId: "alb",
        Recommend: "https://example.com",
      },
      { code: "Throttling.User", message: "no", requestId: "R", recommend: "https://example.com" },
    ],
    ["a code alone", { error_code: "ELB.1", error_msg: "" }, { code: "ELB.1" }],
    ["a word alone", { error: "Not Found" }, { message: "Not Found" }],
  ])("%s", (_, body, expected) => expect(readEnvelope(body)).toEqual(expected));

  test.each([undefined, null, "", "text", 1, true, [], {}, { jobs: [] }, { code: "x" }, { message: {} }])(
    "%j is none",
    (body) => {
      expect(readEnvelope(body)?.code).toBeUndefined();
    },
  );
});

describe("with success", () => {
  test.each([
    [{ error_code: "ELB.1", error_msg: "no", request_id: "r" }, "ELB.1"],
    [{ Code: "InternalError", Message: "no", RequestId: "R", HostId: "h" }, "InternalError"],
  ])("%j is an error all the same", (body, code) => expect(readEnvelopeOfSuccess(body)?.code).toBe(code));

  test.each([
    ["a job that failed (EIP)", { job_id: "j", status: "FAIL", error_code: "VPC.0001", fail_reason: "no" }],
    ["one that has a message, too", { job_id: "j", status: "FAIL", error_code: "VPC.0001", error_msg: "no" }],
    ["no error, in words", { error_code: "", error_msg: "" }],
    ["no error, as null", { error_code: null, error_msg: null }],
    ["fields called code and message", { code: "A1", message: "hello" }],
    ["a success that says so", { Code: "Ok", Message: "", Success: false }],
    ["an error beside items", { error_code: "ELB.1", error_msg: "partly", jobs: [{ job_id: "a" }] }],
    ["a code of success", { Code: "OK", Message: "OK", RequestId: "R" }],
    ["a number of success", { Code: "200", Message: "successful", RequestId: "R", Success: true }],
    ["a list of errors that is data", { errors: [{ error_code: "x", error_msg: "y" }] }],
    ["an object called error that is data", { error: { code: 1, message: "x" } }],
  ])("%s is none", (_, body) => expect(readEnvelopeOfSuccess(body)).toBeUndefined());
});

test("Z09: 10,000 bodies of any shape: never an exception, and nothing but words", () => {
  const key = fc.constantFrom(
    "error_code",
    "error_msg",
    "code",
    "message",
    "Code",
    "Message",
    "RequestId",
    "request_id",
    "error",
    "errorCode",
    "__proto__",
    "constructor",
    "jobs",
  );
  const leaf = fc.oneof(
    fc.string(),
    fc.double(),
    fc.constant(null),
    fc.boolean(),
    fc.constant("x".repeat(100_000)),
  );
  const { body } = fc.letrec<{ body: unknown }>((tie) => ({
    body: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie("body"), { maxLength: 3 }),
      fc.dictionary(key, tie("body"), { maxKeys: 6 }),
    ),
  }));
  fc.assert(
    fc.property(body, (value) => {
      for (const envelope of [readEnvelope(value), readEnvelopeOfSuccess(value)]) {
        for (const word of Object.values(envelope ?? {})) {
          expect(typeof word).toBe("string");
        }
      }
    }),
    { numRuns: 10_000, seed: 20_261_122 },
  );
  expect(({} as { code?: unknown }).code).toBeUndefined();
}, 30_000);

test("the request's id stands in a header that depends on who answers", () => {
  for (const name of ["X-Request-Id", "X-IAM-Trace-Id", "x-acs-request-id"])
    expect(readRequestId(new Headers({ [name]: "id" }))).toBe("id");
  expect(readRequestId(new Headers())).toBeUndefined();
});

describe("what codes mean", () => {
  test.each([
    ["APIGW.0308", "throttled"],
    ["APIG.0308", "throttled"],
    ["APIGW.0301", "authentication"],
    ["APIG.0301", "authentication"],
    ["APIGW.0303", "authentication"],
    ["APIGW.0101", "api-not-found"],
    ["APIG.0101", "api-not-found"],
    ["APIGW.0302", undefined],
    ["VPC.0003", undefined],
    ["ELB.0308", undefined],
    [undefined, undefined],
  ])("Huawei Cloud: %s is %s", (code, kind) =>
    expect(errorKind(400, code === undefined ? {} : { code })).toBe(kind),
  );
  test("Huawei Cloud: services pass a gateway's words on under codes of their own", () => {
    expect(errorKind(403, { code: "SWR.403", message: "verify aksk signature fail" })).toBe("authentication");
  });
  test.each([
    ["Throttling", "throttled"],
    ["Throttling.User", "throttled"],
    ["Throttling.Api", "throttled"],
    ["SignatureDoesNotMatch", "authentication"],
    ["InvalidAccessKeyId.NotFound", "authentication"],
    ["InvalidSecurityToken.Expired", "authentication"],
    ["InvalidTimeStamp.Expired", "authentication"],
    ["SignatureNonceUsed", "authentication"],
    ["InvalidAction.NotFound", "api-not-found"],
    ["InvalidParameter", undefined],
    ["Forbidden.RAM", undefined],
    ["ServiceUnavailable", undefined],
  ])("Alibaba Cloud: %s is %s", (code, kind) => expect(alibabaKind(400, { code })).toBe(kind));
});

test.each([
  ["1500", 1500],
  ["0", 0],
  [" 20 ", 20],
  ["-1", undefined],
  ["1.5", undefined],
  ["NaN", undefined],
  ["", undefined],
  ["99999999999", undefined],
])("Alibaba Cloud: x-acs-retry-after %j means %s milliseconds", (value, expected) => {
  const provider = createProvider(alibabaService, {
    region: "cn-hangzhou",
    credentials: { accessKeyId: "a", accessKeySecret: "b" },
  });
  expect(provider.retryAfterMs?.(new Headers({ "x-acs-retry-after": value }))).toBe(expected);
});

test("the words of an error are short, however long the server's are", async () => {
  const long = "x".repeat(50_000);
  const server = memory(() =>
    json({ error_code: long, error_msg: long, request_id: long, Recommend: long }, 400),
  );
  const error = await failure(elb(server).listJobs());
  expect(error).toBeInstanceOf(BadRequestError);
  const { code = "", requestId = "", recommend = "" } = error as BadRequestError; // checked above
  expect([code.length, requestId.length, recommend.length]).toEqual([256, 256, 2048]);
  expect(error.message.length).toBeLessThan(3000);
});

test.each([
  ["an empty list", { error_code: "ELB.1", error_msg: "no", jobs: [], page_info: {} }],
  ["a count of nothing", { error_code: "ELB.1", error_msg: "no", jobs: [], page_info: { current_count: 0 } }],
  ["what nobody documented", { error_code: "ELB.1", error_msg: "no", trace_id: "t" }],
  ["nothing, in other words", { errorCode: "ELB.1", errorMsg: "no" }],
  ["nothing, as IAM writes it", { error: { code: "ELB.1", message: "no" } }],
])("200 with an error beside %s is that error, not an empty list", async (_, body) => {
  const error = await failure(elb(memory(() => json(body))).listJobs());
  expect(error).toMatchObject({ status: 200, code: "ELB.1", message: "elb.listJobs: 200 ELB.1: no" });
});

test("Success: false is an error, whatever stands beside it", () => {
  const body = {
    Code: "Forbidden.RAM",
    Message: "no",
    Success: false,
    Jobs: [],
    TotalCount: 0,
    MaxResults: 20,
  };
  expect(readEnvelopeOfSuccess(body)).toMatchObject({ code: "Forbidden.RAM", message: "no" });
});
