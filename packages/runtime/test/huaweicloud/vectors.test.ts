/** Signatures that Huawei has published, every step of them. */

import { describe, expect, test } from "vitest";
import { canonicalQuery } from "../../src/canonical.js";
import * as nodeHash from "../../src/hash.node.js";
import * as webHash from "../../src/hash.web.js";
import {
  authorization,
  canonicalRequest,
  sdkDate,
  sign,
  signedHeaders,
  stringToSign,
} from "../../src/huaweicloud/sign.js";

const EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const query = (pairs: [string, string][]) =>
  `?${pairs.map((pair) => pair.map(encodeURIComponent).join("=")).join("&")}`;

describe("API Request Signing Guide, the example of the VPC list", () => {
  const request = {
    method: "GET",
    url: new URL(
      "https://service.region.example.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0",
    ),
    headers: { "content-type": "application/json" },
  };
  const keys = { ak: "QTWAOYTTINDUT2QVKYUC", sk: "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc" };
  const date = Date.UTC(2019, 10, 15, 3, 36, 55);
  const headers = { ...request.headers, "x-sdk-date": "20191115T033655Z" };
  const names = ["content-type", "host", "x-sdk-date"];

  test("date", () => expect(sdkDate(date)).toBe("20191115T033655Z"));
  test("signed headers", () => expect(signedHeaders(headers)).toEqual(names));
  test("canonical request and its hash", () => {
    const canonical = canonicalRequest(request, headers, names);
    expect(canonical.split("\n")).toEqual([
      "GET",
      "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs/",
      "limit=2&marker=13551d6b-755d-4757-b956-536f674975c0",
      "content-type:application/json",
      "host:service.region.example.com",
      "x-sdk-date:20191115T033655Z",
      "",
      "content-type;host;x-sdk-date",
      EMPTY,
    ]);
    expect(nodeHash.sha256(canonical)).toBe(
      "b25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a",
    );
  });
  test("string to sign, signature and header", () => {
    const signed = sign(request, keys, date);
    expect(signed.stringToSign).toBe(
      "SDK-HMAC-SHA256\n20191115T033655Z\nb25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a",
    );
    expect(signed.headers).toEqual({
      ...headers,
      authorization:
        "SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, " +
        "Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe",
    });
  });
});

describe("tests of the Python SDK", () => {
  const keys = { ak: "AccessKey", sk: "SecretKey" };
  const date = Date.UTC(2020, 5, 8, 2, 39, 0);
  const url = new URL("https://service.endpoint.myhuaweicloud.com/resources?size=1");
  const headers = { test_underscore: "TEST_VALUE" };
  const get = { method: "GET", url, headers };
  const post = { method: "POST", url, headers, body: '{"name":"test","id":1}' };
  const derivation = { region: "test-region-1", service: "demo" };
  const prefix = "SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=host;x-sdk-date, Signature=";
  const derived =
    "V11-HMAC-SHA256 Credential=AccessKey/20200608/test-region-1/demo, SignedHeaders=host;x-sdk-date, Signature=";

  test.each([
    [
      "test_signer1: GET",
      get,
      undefined,
      `${prefix}cfb4171acec81de07d50e53d57eb77edd537414d66ddb1d7d780f128e12cd842`,
    ],
    [
      "test_signer2: POST",
      post,
      undefined,
      `${prefix}436b1ac0a1ae03705934bb70ef2f2e09f7bfed2117d731a38235053199323a1f`,
    ],
    [
      "test_derived_signer1: GET",
      get,
      derivation,
      `${derived}f7dfee056692e58dede80fc80cb89bbfabf45552dd7cd8d18a0a13484455b98e`,
    ],
    [
      "test_derived_signer2: POST",
      post,
      derivation,
      `${derived}8e2d91eaf9656ec5d6fab27812e2d898a35aaaa5e16ee0a0365c38527ccfb3cf`,
    ],
  ])("%s", (_, request, derive, expected) => {
    expect(sign(request, keys, date, derive).headers.authorization).toBe(expected);
  });

  test("the derived string to sign names what the key is good for", () => {
    const signed = sign(get, keys, date, derivation);
    expect(signed.stringToSign.split("\n")).toEqual([
      "V11-HMAC-SHA256",
      "20200608T023900Z",
      "20200608/test-region-1/demo",
      nodeHash.sha256(signed.canonicalRequest),
    ]);
  });

  test("test_process_canonical_query_string", () => {
    const pairs: [string, string][] = [
      ["limit", "1"],
      ["enable", "true"],
      ["test", "一 (&=?!#%.*)"],
      ["path", "/tmp/123"],
      ["multi", "1"],
      ["multi", "2"],
      ["multi", "3"],
    ];
    expect(canonicalQuery(query(pairs))).toBe(
      "enable=true&limit=1&multi=1&multi=2&multi=3&path=%2Ftmp%2F123&test=%E4%B8%80%20%28%26%3D%3F%21%23%25.%2A%29",
    );
  });
});

describe("tests of the Go SDK, which signs x-sdk-date only", () => {
  const keys = { ak: "AccessKey", sk: "SecretKey" };
  const headers = { "x-sdk-date": "20060102T150405Z", "content-type": "application/json" };
  const get = { method: "GET", url: new URL("https://example.huaweicloud.com/path?limit=1"), headers };
  const post = {
    method: "POST",
    url: new URL("https://example.huaweicloud.com/path?key=value"),
    headers,
    body: '{"Name":"test","Id":1}\n',
  }; // Go's encoder ends with a newline
  const scope = "20060102/test-region-1/demo";

  test.each([
    [
      "signer, GET",
      get,
      undefined,
      "SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=x-sdk-date, Signature=5a2ce64c865e0e6046321c6f3d5a77ba8413eeaf355c3166c03d58d02ac79624",
    ],
    [
      "signer, POST",
      post,
      undefined,
      "SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=x-sdk-date, Signature=cecc2af119b18ab70b4d094c0750f3b42c02f254903179a0fc2cc72fc9db4f59",
    ],
    [
      "derived signer, GET",
      get,
      scope,
      "V11-HMAC-SHA256 Credential=AccessKey/20060102/test-region-1/demo, SignedHeaders=x-sdk-date, Signature=8fd3610508884bb19718317797c7378716a94bc740d97502e569322e366341cc",
    ],
    [
      "derived signer, POST",
      post,
      scope,
      "V11-HMAC-SHA256 Credential=AccessKey/20060102/test-region-1/demo, SignedHeaders=x-sdk-date, Signature=4112f88b92d82dd1e1b7dd142f1e99e4f1762c42ca8fe0968b3045120870a903",
    ],
  ])("%s", (_, request, derive, expected) => {
    const names = ["x-sdk-date"];
    const text = stringToSign(headers["x-sdk-date"], canonicalRequest(request, headers, names), derive);
    expect(authorization(keys, names, text, derive)).toBe(expected);
  });
});

describe("tests of the APIG signing kit", () => {
  const url = new URL(
    "https://30030113-3657-4fb6-a7ef-90764239b038.apigw.cn-north-1.huaweicloud.com/app1?a=1",
  );
  const headers = { "x-stage": "RELEASE" };

  test("test_CanonicalRequest", () => {
    expect(canonicalRequest({ method: "POST", url, headers, body: "body" }, headers, ["x-stage"])).toBe(
      "POST\n/app1/\na=1\nx-stage:RELEASE\n\nx-stage\n230d8358dc8e8890b4c58deeb62912ee2f20357ae92a5cc861b98e68fe31acb5",
    );
  });
  test("test_StringToSign", () => {
    const indented = [
      "POST",
      "/app1%3Fa%3D1/",
      "a=1",
      "host:30030113-3657-4fb6-a7ef-90764239b038.apigw.cn-north-1.huaweicloud.com",
      "x-sdk-date:20240326T030801Z",
      "x-stage:RELEASE",
      "",
      "host;x-sdk-date;x-stage",
      "230d8358dc8e8890b4c58deeb62912ee2f20357ae92a5cc861b98e68fe31acb5",
    ].join(`\n${" ".repeat(12)}`);
    expect(stringToSign("20240326T030801Z", indented)).toBe(
      "SDK-HMAC-SHA256\n20240326T030801Z\n5847720941657701137ad8098b63585092cea7d982e14b2efd0a668460f2da2a",
    );
  });
  test("test_SignStringToSign, test_AuthHeaderValue", () => {
    const names = ["host", "x-sdk-date", "x-stage"];
    expect(authorization({ ak: "ABCDE12345", sk: "abc" }, names, "abc")).toBe(
      "SDK-HMAC-SHA256 Access=ABCDE12345, SignedHeaders=host;x-sdk-date;x-stage, " +
        "Signature=2f02e24ae2e1fe880399f27600afa88364e6062bf9bbe114b32fa8f23d03608a",
    );
  });
});

test("a reply of the real gateway (nodejs-v3#2): a path is encoded once, and ends with a slash", () => {
  const gateway =
    "DELETE|/v2/0bcc05efb100f2a92f53c011f262dfa0/fgs/functions/urn%3Afss%3Acn-north-4%3A0bcc05efb100f2a92f53c011f262dfa0%3Afunction%3Adefault%3Afunction_test_node/||host:functiongraph.cn-north-4.myhuaweicloud.com|x-project-id:0bcc05efb100f2a92f53c011f262dfa0|x-sdk-date:20210824T025548Z||host;x-project-id;x-sdk-date|44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
  const path =
    "/v2/0bcc05efb100f2a92f53c011f262dfa0/fgs/functions/urn:fss:cn-north-4:0bcc05efb100f2a92f53c011f262dfa0:function:default:function_test_node";
  const headers = { "x-project-id": "0bcc05efb100f2a92f53c011f262dfa0" };
  for (const spelling of [path, path.replaceAll(":", "%3A"), path.replaceAll(":", "%3a")]) {
    const url = new URL(spelling, "https://functiongraph.cn-north-4.myhuaweicloud.com");
    const { canonicalRequest } = sign(
      { method: "DELETE", url, headers, body: "{}" },
      { ak: "ak", sk: "sk" },
      Date.UTC(2021, 7, 24, 2, 55, 48),
    );
    expect(canonicalRequest.replaceAll("\n", "|")).toBe(gateway);
  }
});

describe.each([
  ["node", nodeHash],
  ["web", webHash],
])("hashes on %s", (_, { sha256, hmacSha256, hkdfSha256 }) => {
  test("SHA-256 of text and bytes", () => {
    expect(sha256("")).toBe(EMPTY);
    expect(sha256("body")).toBe("230d8358dc8e8890b4c58deeb62912ee2f20357ae92a5cc861b98e68fe31acb5");
    expect(sha256(new TextEncoder().encode("一"))).toBe(sha256("一"));
  });
  test("HMAC-SHA-256, test_hmacsha256 of the signing kit", () => {
    expect(hmacSha256("abc", "abc")).toBe("2f02e24ae2e1fe880399f27600afa88364e6062bf9bbe114b32fa8f23d03608a");
  });
  test("HKDF-SHA-256, TestNew of the Go SDK", () => {
    expect(hkdfSha256("secret", "salt", "info").slice(0, 32)).toBe("f6d2fcc47cb939deafe3853a1e641a27");
  });
});
