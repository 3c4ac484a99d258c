/** Signatures that Alibaba Cloud has published, every step of them. */

import { describe, expect, test } from "vitest";
import { flatten } from "../../src/alibabacloud/provider.js";
import {
  acsDate,
  authorization,
  canonicalRequest,
  sign,
  signedHeaders,
  stringToSign,
} from "../../src/alibabacloud/sign.js";

const EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

describe("Request syntax and signature method V3, the example of RunInstances", () => {
  const keys = { accessKeyId: "YourAccessKeyId", accessKeySecret: "YourAccessKeySecret" };
  const date = Date.UTC(2023, 9, 26, 10, 22, 32);
  const nonce = "3156853299f313e23d1673dc12e1703d";
  const request = {
    method: "POST",
    url: new URL(
      "https://ecs.cn-shanghai.aliyuncs.com/?RegionId=cn-shanghai&ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd",
    ),
    headers: { "x-acs-action": "RunInstances", "x-acs-version": "2014-05-26" },
  };
  const headers = {
    ...request.headers,
    "x-acs-date": "2023-10-26T10:22:32Z",
    "x-acs-signature-nonce": nonce,
    "x-acs-content-sha256": EMPTY,
  };
  const names = [
    "host",
    "x-acs-action",
    "x-acs-content-sha256",
    "x-acs-date",
    "x-acs-signature-nonce",
    "x-acs-version",
  ];

  test("date", () => expect(acsDate(date)).toBe("2023-10-26T10:22:32Z"));
  test("signed headers", () =>
    expect(signedHeaders({ ...headers, accept: "application/json" })).toEqual(names));
  test("canonical request", () => {
    expect(canonicalRequest(request, headers, names).split("\n")).toEqual([
      "POST",
      "/",
      "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai",
      "host:ecs.cn-shanghai.aliyuncs.com",
      "x-acs-action:RunInstances",
      `x-acs-content-sha256:${EMPTY}`,
      "x-acs-date:2023-10-26T10:22:32Z",
      `x-acs-signature-nonce:${nonce}`,
      "x-acs-version:2014-05-26",
      "",
      names.join(";"),
      EMPTY,
    ]);
  });
  test("string to sign, signature and headers", () => {
    const signed = sign(request, keys, date, nonce);
    expect(signed.stringToSign).toBe(
      "ACS3-HMAC-SHA256\n7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259",
    );
    expect(signed.headers).toEqual({
      ...headers,
      authorization: `ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=${names.join(";")},Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0`,
    });
  });
});

describe("tests of the official SDK (darabonba-openapi)", () => {
  const keys = { accessKeyId: "acesskey", accessKeySecret: "secret" };

  test("getAuthorization should ok", () => {
    // Its request has neither a method nor a path, and its signer prints what it is not given.
    const payload = "55e12e91650d2fec56ec74e1d3e4ddbfce2ef3a65890c2a19ecf88a307e76a23";
    const canonical = `undefined\n\nempty=&test=ok\nx-acs-test:http,https\n\nx-acs-test\n${payload}`;
    expect(authorization(keys, ["x-acs-test"], stringToSign(canonical))).toBe(
      "ACS3-HMAC-SHA256 Credential=acesskey,SignedHeaders=x-acs-test,Signature=0f2d549523cf082c83bb8135b5863614f7fe16ca7c2c7fc537e74d67374eeeac",
    );
    expect(authorization(keys, [], stringToSign(`undefined\n\n\n\n\n${payload}`))).toBe(
      "ACS3-HMAC-SHA256 Credential=acesskey,SignedHeaders=,Signature=608b887e491f3e88e85276b188a4d24e29230a559464685ccbf2dcc458e1fde8",
    );
  });

  test("query should ok: lists and objects, and what is missing from a list keeps its number", () => {
    const value = ["1", 2, undefined, null, true, { val1: "string" }, ["substring"]];
    const pairs = [...flatten("val7", value)].filter(([, item]) => item !== undefined && item !== null);
    expect(Object.fromEntries(pairs)).toEqual({
      "val7.1": "1",
      "val7.2": 2,
      "val7.5": true,
      "val7.6.val1": "string",
      "val7.7.1": "substring",
    });
    expect(
      Object.fromEntries(flatten("val6", { subval1: "string", subval5: ["1", { val1: "string" }] })),
    ).toEqual({
      "val6.subval1": "string",
      "val6.subval5.1": "1",
      "val6.subval5.2.val1": "string",
    });
  });
});
