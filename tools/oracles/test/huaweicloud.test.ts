/** Huawei Cloud's own signers, from `@huaweicloud/huaweicloud-sdk-core`, against ours. */

import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { type Derivation, type SigningKeys, sign } from "../../../packages/runtime/src/huaweicloud/sign.js";
import { verifyHuawei } from "../../../packages/runtime/test/support/verify.js";
import { differences, METHODS, type Random, RUNS, randomOf, SEED, text } from "../src/random.ts";

interface OfficialRequest {
  endpoint: string;
  method: string;
  headers: Record<string, string>;
  queryParams: Record<string, unknown>;
  data?: unknown;
}
interface OfficialCredential {
  getAk(): string;
  getSk(): string;
  getRegionId?(): string;
  getDerivedAuthServiceName?(): string;
}
interface OfficialSigner {
  sign(request: OfficialRequest, credential: OfficialCredential): Record<string, string>;
}

const require = createRequire(import.meta.url);
// Their classes are exported by file only, and without usable types.
const { AKSKSigner } = require("@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner") as {
  AKSKSigner: OfficialSigner;
};
const { DerivedAKSKSigner } = require("@huaweicloud/huaweicloud-sdk-core/auth/DerivedAKSKSigner") as {
  DerivedAKSKSigner: OfficialSigner;
};

const DATE = Date.UTC(2026, 0, 2, 3, 4, 5);
const HOST = "https://elb.cn-north-4.myhuaweicloud.com";

interface Request {
  method: string;
  path: string;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  data?: object;
}

const encode = (value: string) =>
  encodeURIComponent(value).replace(
    /[!'()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );

function search(query: Request["query"]): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((each) => `${encode(name)}=${encode(each)}`),
  );
  return pairs.length ? `?${pairs.join("&")}` : "";
}

function ours({ method, path, query, headers, data }: Request, keys: SigningKeys, derivation?: Derivation) {
  const url = new URL(HOST + path + search(query));
  return sign({ method, url, headers, ...(data && { body: JSON.stringify(data) }) }, keys, DATE, derivation);
}

function official(
  { method, path, query, headers, data }: Request,
  { ak, sk, securityToken }: SigningKeys,
  derivation?: Derivation,
) {
  const credential: OfficialCredential = {
    getAk: () => ak,
    getSk: () => sk,
    ...(derivation && {
      getRegionId: () => derivation.region,
      getDerivedAuthServiceName: () => derivation.service,
    }),
  };
  const signer = derivation ? DerivedAKSKSigner : AKSKSigner;
  const all = {
    ...headers,
    ...(securityToken !== undefined && { "x-security-token": securityToken }),
    "X-Sdk-Date": "20260102T030405Z",
  };
  // It sorts the caller's lists.
  const queryParams = Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      [value].flat().length === 1 ? [value].flat()[0] : [...value],
    ]),
  );
  const request = { endpoint: HOST + path, method, headers: all, queryParams, ...(data && { data }) };
  return signer.sign(request, credential).Authorization;
}

/** Where the two must agree: paths that need no encoding or have raw letters, names that every locale sorts alike. */
function request(random: Random): Request {
  const query: Request["query"] = {};
  for (const name of random.list(5, () => text(random, 4))) {
    const values = random.list(3, () => text(random));
    if (name !== "__proto__") query[name] = values.length ? values : "";
  }
  const segment = () => random.word("abcXYZ019-._~:@!$&()*+,;=一é😀", 1, 8);
  const headers: Record<string, string> = {};
  for (const name of random.list(4, () => `x-${random.word("abcdefghij", 1, 8)}`))
    headers[name] = random.word("abc XYZ;=/", 0, 10).trim();
  if (random.below(2))
    headers["content-type"] = random.pick([
      "application/json",
      "application/json;charset=utf8",
      "text/plain",
    ]);
  const path = `/${random
    .list(5, segment)
    .filter((each) => !/^\.+$/.test(each))
    .join("/")}`;
  const data = random.below(2)
    ? { [text(random)]: text(random), n: random.below(1000), list: random.list(3, () => text(random)) }
    : undefined;
  return { method: random.pick(METHODS), path, query, headers, ...(data && { data }) };
}

const keysOf = (random: Random): SigningKeys => ({
  ak: random.word("ABCDEFGH0123", 20, 20),
  sk: random.word("abcXYZ0189+/=", 40, 40),
  ...(random.below(2) && { securityToken: random.word("abcXYZ0189+/=", 10, 200) }),
});

test(`${RUNS} random requests from ${SEED}: SDK-HMAC-SHA256`, () => {
  const found = differences(SEED, (random) => {
    const [of, keys] = [request(random), keysOf(random)];
    return { of, ours: ours(of, keys).headers.authorization, theirs: official(of, keys) };
  });
  expect(found).toBeUndefined();
}, 60_000);

test(`${RUNS} random requests from ${SEED + 1}: V11-HMAC-SHA256`, () => {
  const found = differences(SEED + 1, (random) => {
    const [of, keys] = [request(random), keysOf(random)];
    const derivation = { region: random.word("abc-019", 1, 12), service: random.word("abc", 1, 8) };
    return {
      of,
      ours: ours(of, keys, derivation).headers.authorization,
      theirs: official(of, keys, derivation),
    };
  });
  expect(found).toBeUndefined();
}, 60_000);

test("the verifier that the runtime's tests trust accepts the official signature, and nothing else", () => {
  const random = randomOf(SEED + 2);
  for (let run = 0; run < 500; run++) {
    const [each, { ak, sk }] = [request(random), keysOf(random)];
    const url = new URL(HOST + each.path.replace(/[^\w./-]/gu, "") + search(each.query));
    const plain = { ...each, path: url.pathname };
    const authorization = official(plain, { ak, sk });
    const body = each.data ? JSON.stringify(each.data) : "";
    const arrived = {
      host: url.host,
      method: each.method,
      target: url.pathname + url.search,
      body,
      headers: { ...each.headers, "x-sdk-date": "20260102T030405Z", authorization },
    };
    expect(verifyHuawei(arrived, { [ak]: sk })).toBe(ak);
    expect(verifyHuawei({ ...arrived, body: `${body} ` }, { [ak]: sk })).toBeUndefined();
  }
});

describe("deliberate differences", () => {
  const keys = { ak: "ak", sk: "sk" };
  const get = { method: "GET", path: "/", query: {}, headers: {} };
  const differ = (each: Request) =>
    expect(official(each, keys)).not.toBe(ours(each, keys).headers.authorization);
  const agree = (theirs: Request, mine: Request) =>
    expect(official(theirs, keys)).toBe(ours(mine, keys).headers.authorization);

  test("a path that is encoded already is not encoded again: the guide, the Python SDK and the gateway's own replies", () => {
    const encoded = { ...get, path: "/urn%3Afss%3Acn-north-4" };
    differ(encoded);
    agree({ ...get, path: "/urn:fss:cn-north-4" }, encoded);
  });

  test("headers are sorted by code unit: theirs by locale where they are written and by code unit where they are named, which no server accepts", () => {
    const headers = { "x-a_b": "1", "x-a-b": "2" };
    const arrived = {
      host: new URL(HOST).host,
      method: "GET",
      target: "/",
      body: "",
      headers: { ...headers, "x-sdk-date": "20260102T030405Z" },
    };
    const accepts = (authorization: string | undefined) =>
      verifyHuawei({ ...arrived, headers: { ...arrived.headers, authorization } }, { ak: "sk" });
    expect(accepts(official({ ...get, headers }, keys))).toBeUndefined();
    expect(accepts(ours({ ...get, headers }, keys).headers.authorization)).toBe("ak");
  });

  test("values of headers are trimmed, as the guide, Go and Python do, and as every server receives them", () => {
    differ({ ...get, headers: { "x-a": "  1 " } });
    agree({ ...get, headers: { "x-a": "1" } }, { ...get, headers: { "x-a": "  1 " } });
  });

  test("headers with an underscore are not signed, as in Go and Python: proxies drop them", () => {
    differ({ ...get, headers: { x_a: "1" } });
    agree(get, { ...get, headers: { x_a: "1" } });
  });

  test("what proxies may change is not signed: accept, user-agent, an older authorization", () => {
    const headers = { accept: "a", "user-agent": "b", authorization: "c" };
    differ({ ...get, headers });
    agree(get, { ...get, headers });
  });

  test("a body of any type is signed: theirs travels as UNSIGNED-PAYLOAD unless it is JSON", () => {
    const form = {
      ...get,
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      data: { a: 1 },
    };
    const { canonicalRequest } = ours(form, keys);
    expect(canonicalRequest.split("\n").at(-1)).toMatch(/^[0-9a-f]{64}$/);
    expect(canonicalRequest).not.toContain("UNSIGNED-PAYLOAD");
  });

  test("a query value that is null or undefined is not sent, and not signed: theirs is signed as the word, and sent as nothing", () => {
    const nothing = { ...get, query: { a: null as never } };
    expect(official(nothing, keys)).toBe(official({ ...get, query: { a: "null" } }, keys));
    agree(get, get);
  });
});
