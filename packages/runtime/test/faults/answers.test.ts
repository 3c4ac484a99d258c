/** Answers and failures in forms that no cloud sends every day, but may. */

import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { attempt, type Exchange } from "../../src/attempt.js";
import { ResponseFormatError, ResponseShapeError, TlsError } from "../../src/errors.js";
import { createProvider } from "../../src/huaweicloud/provider.js";
import { huaweiService } from "../support/clients.js";
import { failure, json, memory } from "../support/memory.js";
import { elb } from "../support/services.js";

const answer = (rest: string) => new Response(`{"jobs":[],"page_info":{},${rest}}`);

test("a string of millions of characters beside a long number: read, and read once", async () => {
  const long = "a".repeat(14_000_000);
  for (const text of [long, '\\"1234567890123456789'.repeat(700_000)]) {
    const server = memory(() => answer(`"text":"${text}","number":1234567890123456`));
    expect(await elb(server).listJobs()).toMatchObject({ number: 1234567890123456 });
    expect(server.asked).toHaveLength(1);
  }
  const server = memory(() => answer(`"text":"${long}","number":12345678901234567890`));
  expect(await failure(elb(server).listJobs())).toBeInstanceOf(ResponseFormatError);
});

test.each([
  ['"a\\\\":12345678901234567890', true],
  ['"a":"\\"12345678901234567890"', false],
  ['"a":"\\\\","b":-12345678901234567890', true],
  ['"12345678901234567890":[1.2345678901234567890,12345678901234567890e1,0.12345678901234567890]', false],
  ['"a":[9007199254740991,-9007199254740991]', false],
  ['"a":[9007199254740992]', true],
])("%s is refused: %j", async (text, refused) => {
  const call = elb(memory(() => answer(text))).listJobs();
  if (refused) expect(await failure(call)).toBeInstanceOf(ResponseFormatError);
  else await expect(call).resolves.toBeDefined();
});

test("a certificate's error of another realm, as test runners make them, is not tried again", async () => {
  const error: unknown = runInNewContext(
    `Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error("self-signed certificate"), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" }) })`,
  );
  let asked = 0;
  const fetch = (): never => {
    asked++;
    throw error;
  };
  const failed = await failure(elb({ fetch }).listJobs());
  expect(failed).toBeInstanceOf(TlsError);
  expect(failed.message).toContain("self-signed certificate (DEPTH_ZERO_SELF_SIGNED_CERT)");
  expect(asked).toBe(1);
});

/** One attempt of an operation. */
const attemptOf = (operation: Exchange["operation"], answer: Response) =>
  attempt({
    operation,
    name: "test.call",
    request: { method: "GET", url: new URL("https://example.com"), headers: {} },
    provider: createProvider(huaweiService, { region: "r", credentials: { ak: "ak", sk: "sk" } }),
    fetch: async () => answer,
    now: Date.now,
    timeoutMs: 1000,
    maxResponseBytes: 1000,
  });

test.each<[true | "sometimes" | undefined, Response, unknown]>([
  [true, new Response(null, { status: 204 }), undefined],
  [true, new Response("anything", { status: 200 }), undefined],
  ["sometimes", new Response(null, { status: 204 }), undefined],
  ["sometimes", new Response("", { status: 200 }), undefined],
  ["sometimes", json({ id: "a" }), { id: "a" }],
  [undefined, new Response(null, { status: 204 }), ResponseShapeError],
])("where the documentation has no body %s: %#", async (noContent, answer, expected) => {
  const call = attemptOf({ ...(noContent && { noContent }) }, answer);
  if (expected === ResponseShapeError)
    expect(await call).toMatchObject({ error: expect.any(ResponseShapeError) });
  else expect(await call).toMatchObject({ data: expected });
});

test("a page in between that answers 200 is shown by its first words", async () => {
  const html = "<html><title>Log in</title><body>Please accept the terms of Airport WiFi</body></html>";
  const error = await failure(
    elb(memory(() => new Response(html, { headers: { "content-type": "text/html" } }))).listJobs(),
  );
  expect(error.message).toBe(
    "elb.listJobs: status 200 (text/html): the body is not JSON: Log in Please accept the terms of Airport WiFi",
  );
});
