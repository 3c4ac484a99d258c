/** Alibaba Cloud's own signer, from `@alicloud/openapi-core`, against ours; and its credentials in our clients. */

import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { type SigningKeys, sign } from "../../../packages/runtime/src/alibabacloud/sign.js";
import { ALIBABA_HOST, alibabaClient } from "../../../packages/runtime/test/support/clients.js";
import { startCloud } from "../../../packages/runtime/test/support/cloud.js";
import { verifyAlibaba } from "../../../packages/runtime/test/support/verify.js";
import { differences, METHODS, type Random, RUNS, randomOf, SEED, text } from "../src/random.ts";

interface OfficialUtil {
  getAuthorization(
    request: {
      method: string;
      pathname: string;
      query: Record<string, string>;
      headers: Record<string, string>;
    },
    algorithm: string,
    payload: string,
    accessKeyId: string,
    accessKeySecret: string,
  ): string;
  query(parameters: object): Record<string, string>;
}
const require = createRequire(import.meta.url);
// CommonJS whose default export ESM does not see.
const { OpenApiUtil } = require("@alicloud/openapi-core") as { OpenApiUtil: OfficialUtil };
const Credentials = require("@alicloud/credentials") as {
  default: new (
    config: object,
  ) => {
    getCredential(): Promise<{ accessKeyId?: string; accessKeySecret?: string; securityToken?: string }>;
  };
  Config: new (values: object) => object;
};

const DATE = Date.UTC(2026, 0, 2, 3, 4, 5);
const NONCE = "0b5f3b1e-6f0c-4f6e-9d5e-000000000000";
const sha256 = (data: string) => createHash("sha256").update(data).digest("hex");
const encode = (value: string) =>
  encodeURIComponent(value).replace(
    /[!'()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );

interface Request {
  method: string;
  /** Encoded. */
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body?: string;
}

function ours({ method, path, query, headers, body }: Request, keys: SigningKeys) {
  const pairs = Object.entries(query).map((pair) => pair.map(encode).join("="));
  const url = new URL(`https://${ALIBABA_HOST}${path}${pairs.length ? `?${pairs.join("&")}` : ""}`);
  return sign({ method, url, headers, ...(body !== undefined && { body }) }, keys, DATE, NONCE);
}

function official(
  { method, path, query, headers, body = "" }: Request,
  { accessKeyId, accessKeySecret, securityToken }: SigningKeys,
) {
  const all = {
    ...headers,
    host: ALIBABA_HOST,
    "x-acs-date": "2026-01-02T03:04:05Z",
    "x-acs-signature-nonce": NONCE,
    "x-acs-content-sha256": sha256(body),
    ...(securityToken !== undefined && {
      "x-acs-accesskey-id": accessKeyId,
      "x-acs-security-token": securityToken,
    }),
  };
  return OpenApiUtil.getAuthorization(
    { method, pathname: path, query, headers: all },
    "ACS3-HMAC-SHA256",
    sha256(body),
    accessKeyId,
    accessKeySecret,
  );
}

/** Where the two must agree: names of parameters that need no encoding. */
function request(random: Random): Request {
  const query: Request["query"] = {};
  for (const name of random.list(6, () => random.word("abcXYZ019._-~", 1, 10))) query[name] = text(random);
  const rpc = random.below(2) === 1;
  const headers: Record<string, string> = {
    accept: "application/json",
    "user-agent": "u",
    "x-acs-version": "2020-06-16",
    "x-acs-action": random.word("abcABC", 1, 12),
  };
  for (const name of random.list(3, () => `x-acs-${random.word("abc-_", 1, 6)}`))
    headers[name] = random.word("abc XYZ;=/", 0, 10);
  const segments = random
    .list(4, () => encode(text(random)))
    .filter((each) => each && !/^(\.|%2E)+$/i.test(each));
  const body = random.below(2) ? text(random, 40) : undefined;
  if (body !== undefined)
    headers["content-type"] = random.pick([
      "application/json; charset=utf-8",
      "application/x-www-form-urlencoded",
    ]);
  return {
    method: random.pick(METHODS),
    path: rpc ? "/" : `/${segments.join("/")}`,
    query,
    headers,
    ...(body !== undefined && { body }),
  };
}

const keysOf = (random: Random): SigningKeys => ({
  accessKeyId: random.word("ABCDEFGH0123", 24, 24),
  accessKeySecret: random.word("abcXYZ0189", 30, 30),
  ...(random.below(2) && { securityToken: random.word("abcXYZ0189+/=", 10, 200) }),
});

test(`${RUNS} random requests from ${SEED}: ACS3-HMAC-SHA256, RPC and ROA`, () => {
  const found = differences(SEED, (random) => {
    const [of, keys] = [request(random), keysOf(random)];
    return { of, ours: ours(of, keys).headers.authorization, theirs: official(of, keys) };
  });
  expect(found).toBeUndefined();
}, 60_000);

test("the verifier that the runtime's tests trust accepts the official signature, and nothing else", () => {
  const random = randomOf(SEED + 1);
  for (let run = 0; run < 500; run++) {
    const each = { ...request(random), path: "/" };
    const { accessKeyId, accessKeySecret } = keysOf(random);
    const { headers } = ours(each, { accessKeyId, accessKeySecret });
    const target = `/?${Object.entries(each.query)
      .map((pair) => pair.map(encode).join("="))
      .join("&")}`;
    for (const name of Object.keys(headers)) headers[name] = headers[name]?.trim() ?? "";
    const arrived = {
      host: ALIBABA_HOST,
      method: each.method,
      target,
      body: each.body ?? "",
      headers: { ...headers, authorization: official(each, { accessKeyId, accessKeySecret }) },
    };
    expect(verifyAlibaba(arrived, { [accessKeyId]: accessKeySecret })).toBe(accessKeyId);
    expect(
      verifyAlibaba({ ...arrived, target: `${target}&x=1` }, { [accessKeyId]: accessKeySecret }),
    ).toBeUndefined();
  }
});

test("lists and objects are flattened as theirs", async () => {
  const cloud = await startCloud({ [ALIBABA_HOST]: () => ({ body: { ok: true } }) });
  const client = alibabaClient({
    credentials: { accessKeyId: "id", accessKeySecret: "secret" },
    fetch: cloud.fetch,
  });
  const random = randomOf(SEED + 2);
  for (let run = 0; run < 200; run++) {
    const body = {
      Name: text(random),
      Tags: [text(random), text(random)],
      More: [{ Key: text(random), Deep: [[1, true, null, undefined, text(random)]] }],
    };
    await client.CreateThing({ body });
    expect(Object.fromEntries(new URLSearchParams(cloud.received.at(-1)?.body))).toEqual(
      OpenApiUtil.query(body),
    );
  }
});

test("a client of the package @alicloud/credentials is taken as it is", async () => {
  const cloud = await startCloud({ [ALIBABA_HOST]: () => ({ body: { ok: true } }) });
  const config = new Credentials.Config({
    type: "sts",
    accessKeyId: "their-id",
    accessKeySecret: "their-secret",
    securityToken: "their-token",
  });
  await alibabaClient({ credentials: new Credentials.default(config), fetch: cloud.fetch }).ListThings();
  expect(cloud.received.map((each) => verifyAlibaba(each, { "their-id": "their-secret" }))).toEqual([
    "their-id",
  ]);
  expect(cloud.received[0]?.headers["x-acs-security-token"]).toBe("their-token");
});

describe("deliberate differences", () => {
  const keys = { accessKeyId: "id", accessKeySecret: "secret" };
  const get = { method: "GET", path: "/", query: {}, headers: {} };

  test("names of parameters are encoded in the canonical request, as the guide says and as they travel: theirs are not", () => {
    const query = { "a b": "1", c名: "2" };
    expect(official({ ...get, query }, keys)).not.toBe(ours({ ...get, query }, keys).headers.authorization);
    expect(ours({ ...get, query }, keys).canonicalRequest.split("\n")[2]).toBe("a%20b=1&c%E5%90%8D=2");
    const encoded = Object.fromEntries(Object.entries(query).map(([name, value]) => [encode(name), value]));
    expect(official({ ...get, query: encoded }, keys)).toBe(
      ours({ ...get, query }, keys).headers.authorization,
    );
  });

  test("a plus in a path is a plus (RFC 3986): theirs is signed as a space, but sent as a plus", () => {
    const path = "/a+b";
    expect(official({ ...get, path }, keys)).not.toBe(ours({ ...get, path }, keys).headers.authorization);
    expect(official({ ...get, path: "/a%2Bb" }, keys)).toBe(
      ours({ ...get, path }, keys).headers.authorization,
    );
  });
});
