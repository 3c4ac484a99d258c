/** Nothing leaks: canaries in every secret, and every place that applications print. */

import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { assumeRole } from "../../src/alibabacloud/index.js";
import { RedirectError } from "../../src/errors.js";
import { iamToken } from "../../src/huaweicloud/index.js";
import { createProvider } from "../../src/huaweicloud/provider.js";
import { redact } from "../../src/redact.js";
import {
  ALIBABA_HOST,
  alibabaClient,
  HUAWEI_HOST,
  huaweiClient,
  huaweiService,
  IAM_HOST,
} from "../support/clients.js";
import { type Cloud, type Host, startCloud } from "../support/cloud.js";
import { runs, TIMEOUT } from "../support/count.js";
import { emptyHome, setEnv } from "../support/home.js";

const CANARIES = {
  sk: "CANARY-SK-9vq/+3Zt=",
  securityToken: "CANARY-STS-8kx+/2Yw==",
  token: "CANARY-IAM-7jw/+1Xv=",
  password: 'CANARY-PASSWORD "6iv',
} as const;

const hex = (text: string) => Buffer.from(text).toString("hex");
const formsOf = (secret: string) => [
  secret,
  encodeURIComponent(secret),
  JSON.stringify(secret).slice(1, -1),
  Buffer.from(secret).toString("base64"),
  Buffer.from(secret).toString("base64url"),
  hex(secret),
  hex(secret).toUpperCase(),
];

/** Everything that an application might print of a value. */
function sinks(value: unknown): string[] {
  const printed = [
    String(value),
    inspect(value, { depth: null, showHidden: true, getters: true }),
    inspect(value),
    JSON.stringify(value) ?? "",
  ];
  if (typeof value === "object" && value !== null) {
    printed.push(
      inspect(Object.entries(value), { depth: null }),
      inspect(Object.getOwnPropertyDescriptors(value), { depth: null, showHidden: true }),
    );
    try {
      printed.push(inspect(structuredClone(value), { depth: null }));
    } catch {
      // functions cannot be cloned
    }
  }
  for (let error = value, depth = 0; error instanceof Error && depth < 10; error = error.cause, depth++)
    printed.push(error.message, error.stack ?? "", inspect(error, { depth: null, showHidden: true }));
  return printed;
}

function expectClean(value: unknown, secrets: readonly string[] = Object.values(CANARIES)): void {
  const text = sinks(value).join("\n");
  for (const secret of secrets) for (const form of formsOf(secret)) expect(text).not.toContain(form);
  expect(text).not.toMatch(/CANARY/);
}

const key = { ak: "access-key", sk: CANARIES.sk, securityToken: CANARIES.securityToken };
const alibabaKey = { accessKeyId: "id", accessKeySecret: CANARIES.sk, securityToken: CANARIES.securityToken };
const user = { username: "user", password: CANARIES.password, domainName: "account" };

/** Calls, and gives the error and every request's signature. */
async function failing(call: (cloud: Cloud) => Promise<unknown>, hosts: Record<string, Host>) {
  const cloud = await startCloud(hosts);
  const error = await call(cloud).then(
    () => {
      throw new Error("it did not fail");
    },
    (thrown: unknown) => thrown,
  );
  const signatures = cloud.received.flatMap(
    ({ headers }) => /Signature=(\w+)/.exec(headers.authorization ?? "")?.[1] ?? [],
  );
  return { error, signatures };
}

describe("R1: options that are refused", () => {
  test.each([
    () => huaweiClient({ credentials: { ...key, sk: `${CANARIES.sk}\n` } }),
    () => huaweiClient({ credentials: { token: `Bearer ${CANARIES.token}` } }),
    () => huaweiClient({ credentials: { ...key, token: CANARIES.token } as never }),
    () => huaweiClient({ credentials: CANARIES.token as never }),
    () => huaweiClient({ credentials: { ...key, expiresAt: CANARIES.token as never } }),
    () => alibabaClient({ credentials: { ...alibabaKey, accessKeySecret: [CANARIES.sk] as never } }),
    () => iamToken({ ...user, username: 1 as never }),
    () => assumeRole({ roleArn: CANARIES.sk, credentials: alibabaKey }),
  ])("%#", (refused) => {
    let error: unknown;
    try {
      refused();
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(Error);
    expectClean(error);
  });
});

/** A server that repeats all that it was sent, as some do. */
const repeating =
  (status: number): Host =>
  ({ headers, body }) => ({
    status,
    body: {
      error_code: "X.1",
      error_msg: `${JSON.stringify(headers)} ${body} ${encodeURIComponent(String(headers["x-security-token"] ?? ""))}`,
      Code: "X",
      Message: JSON.stringify(headers),
    },
  });

describe("R2, R6: answers that repeat the request", () => {
  test.each([400, 401, 403, 404])("Huawei Cloud, signed, status %i", async (status) => {
    const { error, signatures } = await failing(
      ({ fetch }) => huaweiClient({ credentials: key, projectId: "p", fetch }).listThings(),
      { [HUAWEI_HOST]: repeating(status) },
    );
    expect(String(error)).toContain("[redacted]");
    expect(signatures).toHaveLength(1);
    expectClean(error, [...Object.values(CANARIES), ...signatures]);
  });
  test.each([400, 401])("Huawei Cloud, with a token, status %i", async (status) => {
    const { error } = await failing(
      ({ fetch }) =>
        huaweiClient({ credentials: { token: CANARIES.token }, projectId: "p", fetch }).listThings(),
      { [HUAWEI_HOST]: repeating(status) },
    );
    expect(String(error)).toContain("[redacted]");
    expectClean(error);
  });
  test.each([400, 403])("Alibaba Cloud, status %i", async (status) => {
    const { error, signatures } = await failing(
      ({ fetch }) => alibabaClient({ credentials: alibabaKey, fetch }).ListThings(),
      { [ALIBABA_HOST]: repeating(status) },
    );
    expect(String(error)).toContain("[redacted]");
    expectClean(error, [...Object.values(CANARIES), ...signatures]);
  });
  test("a bearer token", async () => {
    const { error } = await failing(
      ({ fetch }) => alibabaClient({ credentials: { bearerToken: CANARIES.token }, fetch }).ListThings(),
      { [ALIBABA_HOST]: repeating(400) },
    );
    expectClean(error);
  });
  test("an answer that is no JSON", async () => {
    const { error } = await failing(
      ({ fetch }) => huaweiClient({ credentials: key, projectId: "p", fetch }).listThings(),
      { [HUAWEI_HOST]: ({ headers }) => ({ body: `<html>${JSON.stringify(headers)}` }) },
    );
    expectClean(error);
  });
});

describe("wherever an answer repeats a token", () => {
  const { token } = CANARIES;
  const calling = (answer: Host) =>
    failing(({ fetch }) => huaweiClient({ credentials: { token }, projectId: "p", fetch }).listThings(), {
      [HUAWEI_HOST]: answer,
    });
  const html = token.replaceAll("=", "&#x3D;").replaceAll("/", "&#x2F;");
  const answers: [string, ReturnType<Host>][] = [
    ["as its code", { status: 400, body: { error_code: token, error_msg: "no" } }],
    ["as the request's id", { status: 400, body: { error_code: "X", error_msg: "no", request_id: token } }],
    [
      "as what is to be decoded",
      { status: 403, body: { error_code: "X", encoded_authorization_message: token } },
    ],
    ["as a header", { status: 400, body: {}, headers: { "x-request-id": token } }],
    ["as a type", { status: 200, body: "<html>", headers: { "content-type": `text/${token}` } }],
    ["as HTML writes it", { status: 500, body: `<p>${html}</p>` }],
    [
      "so often that it is cut",
      { status: 400, body: { error_code: "X", error_msg: `${token} `.repeat(500) } },
    ],
  ];
  test.each(answers)("%s", async (_, answer) => {
    const { error } = await calling(() => answer);
    expectClean(error, [token, html, token.slice(0, -4)]);
  });
});

test.each([
  ["as it is", "pass/wö'rd\"1&x (y)"],
  ["in a URL", "pass%2Fw%C3%B6'rd%221%26x%20(y)"],
  ["in a URL, in small letters", "pass%2fw%c3%b6%27rd%221%26x%20%28y%29"],
  ["in a form", "pass%2Fw%C3%B6%27rd%221%26x+%28y%29"],
  ["in JSON", "pass/wö'rd\\\"1&x (y)"],
  ["in JSON, as others write it", 'pass\\/w\\u00f6\\u0027rd\\"1\\u0026x (y)'],
  ["in HTML", "pass/wö'rd&quot;1&amp;x (y)"],
  ["in HTML, as Go writes it", "pass/wö&#39;rd&#34;1&amp;x (y)"],
  ["in HTML, as Python writes it", "pass/wö&#x27;rd&quot;1&amp;x (y)"],
])("a secret %s is taken out", (_, written) => {
  expect(redact(`before ${written} after`, ["pass/wö'rd\"1&x (y)"])).toBe("before [redacted] after");
});

test("a token as the host of a redirect", async () => {
  const token = "HOSTLIKETOKEN0123456789";
  const { error } = await failing(
    ({ fetch }) => huaweiClient({ credentials: { token }, projectId: "p", fetch }).listThings(),
    { [HUAWEI_HOST]: () => ({ status: 302, body: "", headers: { location: `https://${token}.example/` } }) },
  );
  expect(error).toBeInstanceOf(RedirectError);
  for (const text of sinks(error)) expect(text.toUpperCase()).not.toContain(token);
});

describe("R3, R4, R5: connections that break, and a fetch that talks too much", () => {
  test("the request is not in the error", async () => {
    const { error } = await failing(
      () =>
        huaweiClient({
          credentials: key,
          projectId: "p",
          maxAttempts: 1,
          fetch: (input, init) =>
            Promise.reject(
              Object.assign(new TypeError("fetch failed", { cause: { input, init } }), {
                request: new Request(input, init as RequestInit),
                config: init,
              }),
            ),
        }).listThings(),
      {},
    );
    expectClean(error);
  });
  test("a header that cannot be sent: its value is not shown", async () => {
    const credentials = () => ({ token: `${CANARIES.token}\r\nx: y` });
    const { error } = await failing(
      ({ fetch }) => huaweiClient({ credentials, projectId: "p", fetch }).listThings(),
      {},
    );
    expect(String(error)).toContain("credentials.token holds a line break");
    expectClean(error);
  });
});

describe("R7: logging in", () => {
  test("IAM repeats the password", async () => {
    const { error } = await failing(
      ({ fetch }) => huaweiClient({ credentials: iamToken(user), fetch }).listThings(),
      {
        [IAM_HOST]: ({ body }) => ({
          status: 401,
          body: { error: { code: 401, message: `wrong: ${body} ${CANARIES.password}` } },
        }),
      },
    );
    expect(String(error)).toContain("[redacted]");
    expectClean(error);
  });
  test("IAM repeats the access key", async () => {
    const { error } = await failing(
      ({ fetch }) =>
        huaweiClient({ credentials: iamToken({ ak: "ak", sk: CANARIES.sk }), fetch }).listThings(),
      { [IAM_HOST]: ({ body }) => ({ status: 400, body: { error_code: "IAM.1", error_msg: body } }) },
    );
    expectClean(error);
  });
  test("STS repeats the signature", async () => {
    const credentials = assumeRole({ roleArn: "acs:ram::1:role/r", credentials: alibabaKey });
    const { error, signatures } = await failing(
      ({ fetch }) => alibabaClient({ credentials, fetch }).ListThings(),
      { "sts.aliyuncs.com": repeating(403) },
    );
    expect(signatures).toHaveLength(1);
    expectClean(error, [...Object.values(CANARIES), ...signatures]);
  });
  test("IAM redirects", async () => {
    const { error } = await failing(
      ({ fetch }) => huaweiClient({ credentials: iamToken(user), fetch }).listThings(),
      {
        [IAM_HOST]: () => ({
          status: 307,
          headers: { location: `https://evil.example/${encodeURIComponent(CANARIES.token)}` },
        }),
      },
    );
    expectClean(error);
  });
  test("the refusal of a project's lookup", async () => {
    const { error, signatures } = await failing(
      ({ fetch }) => huaweiClient({ credentials: key, fetch }).listThings(),
      { [IAM_HOST]: repeating(403) },
    );
    expectClean(error, [...Object.values(CANARIES), ...signatures]);
  });
});

describe("R8: logs, and things that are printed", () => {
  test("the logger, and the console, which stays silent", async () => {
    const spoken = (["log", "info", "warn", "error", "debug", "trace"] as const).map((name) =>
      vi.spyOn(console, name),
    );
    const written = vi.spyOn(process.stderr, "write");
    const events: unknown[] = [];
    const logger = (event: unknown) => void events.push(event);
    const cloud = await startCloud({ [HUAWEI_HOST]: repeating(403), [ALIBABA_HOST]: repeating(503) });
    const { fetch } = cloud;
    await huaweiClient({ credentials: key, projectId: "p", fetch, logger })
      .listThings({ query: { name: CANARIES.token } })
      .catch(() => {});
    await alibabaClient({ credentials: alibabaKey, fetch, logger, random: () => 0 })
      .ListThings()
      .catch(() => {});
    expect(events.length).toBeGreaterThan(2);
    expectClean(events);
    for (const spy of [...spoken, written]) expect(spy).not.toHaveBeenCalled();
  });

  test("clients, providers, sources and the options of a client", async () => {
    const cloud = await startCloud({
      [HUAWEI_HOST]: () => ({ body: { ok: true } }),
      [ALIBABA_HOST]: () => ({ body: { ok: true } }),
      [IAM_HOST]: () => ({
        status: 201,
        headers: { "x-subject-token": CANARIES.token },
        body: { token: { project: { id: "p" } } },
      }),
    });
    const { fetch } = cloud;
    const login = iamToken(user);
    const role = assumeRole({ roleArn: "acs:ram::1:role/r", credentials: alibabaKey });
    const clients = [
      huaweiClient({ credentials: key, projectId: "p", fetch }),
      huaweiClient({ credentials: login, fetch }),
    ];
    for (const client of clients) await client.listThings();
    const alibaba = alibabaClient({ credentials: alibabaKey, fetch });
    await alibaba.ListThings();
    for (const value of [
      ...clients,
      clients[0]?.listThings,
      alibaba,
      login,
      role,
      createProvider(huaweiService, { region: "cn-north-4", credentials: key }),
    ])
      expectClean(value);
  });

  test("files and variables", async () => {
    const home = await emptyHome();
    await home.write(".huaweicloud/credentials", `[basic]\nak = ak\nsk = ${CANARIES.sk} x\n`);
    const broken = await failing(({ fetch }) => huaweiClient({ projectId: "p", fetch }).listThings(), {});
    expectClean(broken.error);
    setEnv({ ALIBABA_CLOUD_ACCESS_KEY_ID: "id", ALIBABA_CLOUD_ACCESS_KEY_SECRET: `${CANARIES.sk} ` });
    const spaced = await failing(({ fetch }) => alibabaClient({ fetch }).ListThings(), {});
    expect(String(spaced.error)).toContain("ALIBABA_CLOUD_ACCESS_KEY_SECRET holds a space");
    expectClean(spaced.error);
  });
});

test("Z13: pairs of secrets of any shape, in text that repeats them, even where one is part of the other", {
  timeout: TIMEOUT,
}, () => {
  const characters = fc.constantFrom(..."abcXYZ0123456789+/=%&\"\\ '<>éß一");
  const secret = fc.array(characters, { minLength: 6, maxLength: 40 }).map((parts) => `${parts.join("")}7`);
  fc.assert(
    fc.property(secret, secret, fc.boolean(), (first, other, nested) => {
      const second = nested ? `${other}${first}${other}` : other;
      const forms = [first, second].flatMap((each) => [
        each,
        encodeURIComponent(each),
        JSON.stringify(each).slice(1, -1),
      ]);
      const clean = redact(forms.join(" § "), [first, undefined, second]);
      expect(clean.split(" § ")).toEqual(forms.map(() => "[redacted]"));
    }),
    runs(10_000, 1000),
  );
});
