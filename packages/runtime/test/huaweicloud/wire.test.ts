/** What arrives is what was signed, byte for byte: checked by a server that knows nothing of the signer. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sign as signAlibaba } from "../../src/alibabacloud/sign.js";
import { canonicalPath, canonicalQuery } from "../../src/canonical.js";
import { sign } from "../../src/huaweicloud/sign.js";
import { writeQuery } from "../../src/url.js";
import { ALIBABA_HOST, alibabaClient, HUAWEI_HOST, huaweiClient } from "../support/clients.js";
import { startCloud } from "../support/cloud.js";
import { verifyAlibaba, verifyHuawei } from "../support/verify.js";

const SEED = 20_261_122; // printed by fast-check, with the counterexample, when a property fails

/** Text with what URLs, forms and signatures treat specially. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(..." !'()*+,/:;=?@&#%$~-_.[]{}|^`\"<>\\"),
      fc.constantFrom("一", "é", "😀", "%2F", "%", "ß"),
      fc.string({ maxLength: 3, unit: "binary-ascii" }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join("").replace(/\p{Control}/gu, ""));
const query = fc.record(
  { limit: fc.integer(), name: text, tags: fc.array(text, { minLength: 1, maxLength: 4 }) },
  { requiredKeys: [] },
);
/** A path segment: it may be anything but empty, a dot segment or what holds a backslash. */
const segment = text.filter(
  (value) =>
    value.trim() !== "" &&
    !value.includes("\\") &&
    !/(^|\/)\.\.?(\/|$)/.test(value.replace(/%2e/gi, ".").replace(/%2f/gi, "/")),
);

test("Huawei Cloud: any query, path and body, with every method", async () => {
  const cloud = await startCloud({
    [HUAWEI_HOST]: (request) =>
      verifyHuawei(request, { ak: "sk" }) ? { body: { ok: true } } : { status: 400, body: {} },
  });
  const client = huaweiClient({
    credentials: { ak: "ak", sk: "sk", securityToken: "token" },
    projectId: "project",
    fetch: cloud.fetch,
  });
  const methods = [client.postThing, client.putThing, client.patchThing, client.deleteThing] as const;
  await fc.assert(
    fc.asyncProperty(
      query,
      segment,
      text,
      fc.integer({ min: 0, max: 4 }),
      async (parameters, thing_id, body, which) => {
        const before = cloud.received.length;
        const call = methods[which];
        await (call
          ? call({ path: { thing_id }, query: parameters, body: { text: body } })
          : client.listThings({ query: parameters }));
        const [request] = cloud.received.slice(before);
        if (!call) return;
        const [path] = request?.target.split("?") ?? [];
        expect(path?.split("/").length).toBe(5);
        expect(decodeURIComponent(path?.split("/")[4] ?? "")).toBe(thing_id);
        expect(JSON.parse(request?.body ?? "")).toEqual({ text: body });
      },
    ),
    { numRuns: 400, seed: SEED },
  );
}, 30_000);

test("Alibaba Cloud: any query, and any form", async () => {
  const cloud = await startCloud({
    [ALIBABA_HOST]: (request) =>
      verifyAlibaba(request, { id: "secret" }) ? { body: { ok: true } } : { status: 400, body: {} },
  });
  const client = alibabaClient({
    credentials: { accessKeyId: "id", accessKeySecret: "secret", securityToken: "token" },
    fetch: cloud.fetch,
  });
  await fc.assert(
    fc.asyncProperty(query, text, fc.boolean(), async (parameters, Name, list) => {
      const before = cloud.received.length;
      await (list
        ? client.ListThings({ query: parameters })
        : client.CreateThing({ query: parameters, body: { Name, Tags: [Name, "b"] } }));
      const [request] = cloud.received.slice(before);
      expect(request?.headers["x-acs-action"]).toBe(list ? "ListThings" : "CreateThing");
      const sent = new URLSearchParams(request?.target.split("?")[1]);
      for (const [index, tag] of (parameters.tags ?? []).entries())
        expect(sent.get(`tags.${index + 1}`)).toBe(tag);
      if (!list)
        expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
          Name,
          "Tags.1": Name,
          "Tags.2": "b",
        });
    }),
    { numRuns: 400, seed: SEED },
  );
}, 30_000);

describe("Z05: a canonical form is its own canonical form, whatever it was made of", () => {
  test("10,000 queries", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 6 }), (pairs) => {
        const search = `?${pairs.map(([name, value]) => writeQuery({ [name]: value }, () => [], "t")).join("&")}`;
        const canonical = canonicalQuery(search);
        expect(canonicalQuery(`?${canonical}`)).toBe(canonical);
        expect(canonicalQuery(new URL(`https://host/${search}`).search)).toBe(canonical);
        expect(canonicalQuery(`?${search.slice(1).split("&").reverse().join("&")}`)).toBe(canonical);
        expect([...new URLSearchParams(canonical)].sort()).toEqual(
          pairs.map(([name, value]) => [name, value]).sort(),
        );
      }),
      { numRuns: 10_000, seed: SEED },
    );
  }, 30_000);
  test("10,000 paths", () => {
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 5 }), (segments) => {
        const url = new URL(`https://host/${segments.map(encodeURIComponent).join("/")}`);
        const canonical = canonicalPath(url.pathname);
        expect(canonicalPath(canonical)).toBe(canonical);
        expect(canonical.split("/").slice(1).map(decodeURIComponent)).toEqual(
          segments.length ? segments : [""],
        );
        expect(canonical).toMatch(/^(\/[A-Za-z0-9\-_.~%]*)+$/);
      }),
      { numRuns: 10_000, seed: SEED },
    );
  }, 30_000);
  test.each([
    ["a plus is a space", "?a=b+c", "a=b%20c"],
    ["a percent sign that encodes nothing stands for itself", "?a=100%&b=%zz", "a=100%25&b=%25zz"],
    ["names without values", "?b&a", "a=&b="],
    ["empty parts", "?&&a=1&", "a=1"],
    ["an equals sign in a value", "?a=b=c", "a=b%3Dc"],
    ["capitals before small letters", "?a=1&B=2", "B=2&a=1"],
    ["by UTF-16 code unit", "?%EF%BC%A1=2&%F0%9F%98%80=1", "%F0%9F%98%80=1&%EF%BC%A1=2"],
    ["names sort before they are encoded", "?a%7B=2&az=1", "az=1&a%7B=2"],
  ])("%s", (_, search, expected) => expect(canonicalQuery(search)).toBe(expected));
});

describe("signers are pure", () => {
  const request = Object.freeze({
    method: "POST",
    url: new URL("https://host:8443/a?b=1"),
    headers: Object.freeze({ "content-type": "application/json" }),
    body: "{}",
  });
  const date = Date.UTC(2026, 0, 1);
  test("the same in, the same out; nothing that is given is changed", () => {
    const keys = Object.freeze({ ak: "ak", sk: "sk" });
    expect(sign(request, keys, date)).toEqual(sign(request, keys, date));
    expect(signAlibaba(request, { accessKeyId: "id", accessKeySecret: "s" }, date, "n")).toEqual(
      signAlibaba(request, { accessKeyId: "id", accessKeySecret: "s" }, date, "n"),
    );
    expect(request.headers).toEqual({ "content-type": "application/json" });
  });
  test("the port is part of the host", () => {
    expect(sign(request, { ak: "ak", sk: "sk" }, date).canonicalRequest).toContain("\nhost:host:8443\n");
  });
  test("a body of bytes counts as the text that it is", () => {
    const bytes = { ...request, body: new TextEncoder().encode("{}") };
    expect(sign(bytes, { ak: "ak", sk: "sk" }, date)).toEqual(sign(request, { ak: "ak", sk: "sk" }, date));
  });
});

test("a form may hold a newline, and nothing that UTF-8 cannot write", async () => {
  const cloud = await startCloud({ [ALIBABA_HOST]: () => ({ body: { ok: true } }) });
  const client = alibabaClient({
    credentials: { accessKeyId: "id", accessKeySecret: "secret" },
    fetch: cloud.fetch,
  });
  await client.CreateThing({ body: { Name: "a\n\tb", Tags: ["c"] } });
  expect(cloud.received.map(({ body }) => body)).toEqual(["Name=a%0A%09b&Tags.1=c"]);
  await expect(client.CreateThing({ body: { Name: "\ud800", Tags: [] } })).rejects.toThrow(
    /body.Name holds half of a surrogate pair/,
  );
  expect(cloud.received).toHaveLength(1);
});
