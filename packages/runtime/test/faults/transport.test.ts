/** F-T01 … F-T20 of the reliability catalogue: what goes wrong below HTTP, on real sockets, and what then happens. */

import dns from "node:dns";
import tls from "node:tls";
import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { generate } from "selfsigned";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import {
  AuthenticationError,
  ConnectionError,
  ProtocolError,
  ResponseFormatError,
  ResponseTooLargeError,
  TimeoutError,
  TlsError,
} from "../../src/errors.js";
import type { LogEvent } from "../../src/options.js";
import {
  closedPort,
  type Fault,
  type FaultServer,
  response,
  send,
  sendAndEnd,
  sendAndReset,
  startBlackHole,
  startFaults,
} from "../support/fault-server.js";
import { expectNoSecret, failure } from "../support/memory.js";
import { elb } from "../support/services.js";

const BODY = '{"jobs":[{"job_id":"a","status":"COMPLETE"}],"page_info":{"current_count":1}}';
const GOOD = send(response(BODY));
/** Like no other timer's: those of attempts are found by it. */
const TIMEOUT = 29_999;

/** A client whose pauses are 10, 20 and 40 ms, and what it logged. */
function client(endpoint: string, options: { timeoutMs?: number; maxResponseBytes?: number } = {}) {
  const events: LogEvent[] = [];
  const timers = vi.spyOn(globalThis, "setTimeout");
  const cleared = vi.spyOn(globalThis, "clearTimeout");
  onTestFinished(() => {
    expectNoSecret(events);
    timers.mock.calls.forEach(([, ms], index) => {
      const timer: unknown = timers.mock.results[index]?.value;
      if (ms === TIMEOUT)
        expect(
          cleared.mock.calls.some(([each]) => each === timer),
          "a timer was left",
        ).toBe(true);
    });
  });
  const { listJobs } = elb({
    endpoint,
    random: () => 0.05,
    timeoutMs: TIMEOUT,
    logger: (event) => events.push(event),
    ...options,
  });
  return { listJobs, events };
}

/** The fault, four times: four requests, growing pauses, a typed error. The fault, once: success with the second one. */
async function expectRetried(
  fault: Fault,
  type: typeof ConnectionError | typeof ResponseFormatError,
  code?: string | RegExp,
): Promise<void> {
  const server = await startFaults(fault);
  const { listJobs, events } = client(server.endpoint);
  const error = await failure(listJobs());
  expect(error).toBeInstanceOf(type);
  expect(error).toMatchObject({ attempts: 4, operation: "elb.listJobs" });
  if (code) expect(String((error as ConnectionError).code)).toMatch(code);
  expect(events.map(({ attempt, error: name }) => [attempt, name])).toEqual(
    [1, 2, 3, 4].map((n) => [n, error.name]),
  );
  expectPauses(server);

  const recovering = await startFaults([fault, GOOD]);
  expect(await client(recovering.endpoint).listJobs()).toEqual(JSON.parse(BODY));
  expect(recovering.times).toHaveLength(2);
}

function expectPauses({ times }: FaultServer): void {
  expect(times).toHaveLength(4);
  const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  for (const [index, least] of [10, 20, 40].entries())
    expect(pauses[index]).toBeGreaterThanOrEqual(least - 2);
}

test("F-T01 connection refused: four attempts, ConnectionError", async () => {
  const { listJobs, events } = client(`http://127.0.0.1:${await closedPort()}`);
  const error = await failure(listJobs());
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ code: "ECONNREFUSED", attempts: 4 });
  expect(error.message).toMatch(/^elb.listJobs: connect ECONNREFUSED 127.0.0.1:\d+$/);
  expect(events).toHaveLength(4);
});

test.each(["ENOTFOUND", "EAI_AGAIN"])(
  "F-T02 no such host (%s): four attempts, and the message names the host alone",
  async (code) => {
    vi.spyOn(dns, "lookup").mockImplementation(((host: string, _: unknown, done: (error: Error) => void) =>
      done(
        Object.assign(new Error(`getaddrinfo ${code} ${host}`), { code, hostname: host }),
      )) as typeof dns.lookup);
    const { listJobs, events } = client("https://elb.nowhere.invalid");
    const error = await failure(listJobs({ query: { job_id: "private" } }));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({
      code,
      attempts: 4,
      message: `elb.listJobs: getaddrinfo ${code} elb.nowhere.invalid`,
    });
    expect(events).toHaveLength(4);
  },
);

test("F-T03 a connection that never comes about: the attempt's time is up, four times", async () => {
  const { endpoint, connections } = await startBlackHole();
  const { listJobs } = client(endpoint, { timeoutMs: 40 });
  const error = await failure(listJobs());
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({ attempts: 4, message: "elb.listJobs: no answer within 40 ms" });
  expect(connections()).toBe(4);
});

describe("F-T04 a certificate that is not to be trusted: TlsError, one attempt", () => {
  const certificate = async (altName: string, days: number) => {
    const { private: key, cert } = await generate([{ name: "commonName", value: altName }], {
      keyType: "ec",
      notBeforeDate: new Date(Date.now() - 10 * 86_400_000),
      notAfterDate: new Date(Date.now() + days * 86_400_000),
      extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: altName }] }],
    });
    return { key, cert };
  };
  const trust = (cert: string) => {
    const before = tls.getCACertificates("default");
    tls.setDefaultCACertificates([cert]);
    onTestFinished(() => tls.setDefaultCACertificates(before));
  };
  test.each([
    ["self-signed", "localhost", 10, false, "DEPTH_ZERO_SELF_SIGNED_CERT"],
    ["expired", "localhost", -1, true, "CERT_HAS_EXPIRED"],
    ["of another host", "elsewhere.example.com", 10, true, "ERR_TLS_CERT_ALTNAME_INVALID"],
  ])("%s", async (_, host, days, trusted, code) => {
    const pair = await certificate(host, days);
    if (trusted) trust(pair.cert);
    const server = await startFaults(GOOD, pair);
    const error = await failure(client(server.endpoint).listJobs());
    expect(error).toBeInstanceOf(TlsError);
    expect(error).toMatchObject({ code, attempts: 1 });
    expect(server.connections()).toBe(1);
    expect(server.heads).toEqual([]);
  });
  test("one that is trusted is (so the others fail for what they say)", async () => {
    const pair = await certificate("localhost", 10);
    trust(pair.cert);
    const server = await startFaults(GOOD, pair);
    expect(await client(server.endpoint).listJobs()).toEqual(JSON.parse(BODY));
  });
  test.each([
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY"],
    ["SELF_SIGNED_CERT_IN_CHAIN"],
    ["ERR_SSL_WRONG_VERSION_NUMBER"],
  ])("%s", async (code) => {
    let requests = 0;
    const fetch = async () => {
      requests++;
      throw new TypeError("fetch failed", { cause: Object.assign(new Error("no"), { code }) });
    };
    expect(await failure(elb({ fetch }).listJobs())).toBeInstanceOf(TlsError);
    expect(requests).toBe(1);
  });
  test("no option turns the check off", () => {
    for (const option of ["rejectUnauthorized", "insecure", "agent", "tls"])
      expect(() => elb({ [option]: false })).toThrow(`"${option}" is not known`);
  });
});

test("F-T05 reset before the answer: retried", () =>
  expectRetried(sendAndReset(""), ConnectionError, "ECONNRESET"));

test("F-T06 closed before the answer: retried", () =>
  expectRetried(sendAndEnd(""), ConnectionError, "UND_ERR_SOCKET"));

test("F-T07 an idle connection that closes as it is used again: 200 calls, none fails", async () => {
  const server = await startFaults((socket) => {
    socket.write(response(BODY), () => setImmediate(() => socket.destroy()));
  });
  const { listJobs } = elb({ endpoint: server.endpoint });
  for (let call = 0; call < 200; call++) expect(await listJobs()).toEqual(JSON.parse(BODY));
  expect(server.connections()).toBeGreaterThan(100);
});

test("F-T08 reset in the middle of a body: retried, and no half of it is seen", () =>
  expectRetried(
    sendAndReset(response(BODY.slice(0, 30), [`content-length: ${BODY.length}`])),
    ConnectionError,
  ));

test("F-T09 a chunked body that breaks off: retried", () =>
  expectRetried(
    sendAndEnd(response(`20\r\n${BODY.slice(0, 32)}\r\n`, ["transfer-encoding: chunked"])),
    ConnectionError,
  ));

describe("F-T10 a body that ends with the connection, too early", () => {
  test.each([30, BODY.length - 1])("after %i bytes: retried", (length) =>
    expectRetried(sendAndEnd(response(BODY.slice(0, length), ["connection: close"])), ResponseFormatError),
  );
  test("in the middle of a character: retried", () =>
    expectRetried(
      sendAndEnd(response(Buffer.from('{"jobs":[{"job_id":"任').subarray(0, -1), ["connection: close"])),
      ResponseFormatError,
    ));
  test("a whole one is good", async () => {
    const server = await startFaults(sendAndEnd(response(BODY, ["connection: close"])));
    expect(await client(server.endpoint).listJobs()).toEqual(JSON.parse(BODY));
  });
});

describe.each<[string, Fault, string]>([
  ["F-T11 headers that never come", () => {}, "no answer within 60 ms"],
  [
    "F-T12 a body that stalls",
    send(response(BODY.slice(0, 30), [`content-length: ${BODY.length}`])),
    "an answer that did not end within 60 ms",
  ],
  [
    "F-T13 a byte now and then",
    (socket) => {
      socket.write(response("", ["content-length: 1000"]));
      const timer = setInterval(() => socket.write(" "), 10);
      socket.on("close", () => clearInterval(timer));
    },
    "an answer that did not end within 60 ms",
  ],
])("%s", (_, fault, message) => {
  test("time is up, four times", async () => {
    const server = await startFaults(fault);
    const error = await failure(client(server.endpoint, { timeoutMs: 60 }).listJobs());
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ attempts: 4, message: `elb.listJobs: ${message}` });
    expect(server.times).toHaveLength(4);
    await vi.waitFor(() => expect(server.open.size).toBe(0)); // and no connection is left
  });
  test("once: the second attempt is good", async () => {
    const server = await startFaults([fault, GOOD]);
    expect(await client(server.endpoint, { timeoutMs: 60 }).listJobs()).toEqual(JSON.parse(BODY));
  });
});

test("F-T14 what is not HTTP: retried", () =>
  expectRetried(sendAndEnd("SSH-2.0-OpenSSH_9.6\r\n\r\n"), ConnectionError));

test("F-T15 headers of more than 16 KB: ProtocolError, one attempt", async () => {
  const server = await startFaults(send(response(BODY, [`x-large: ${"x".repeat(40_000)}`])));
  const error = await failure(client(server.endpoint).listJobs());
  expect(error).toBeInstanceOf(ProtocolError);
  expect(error).toMatchObject({ code: "UND_ERR_HEADERS_OVERFLOW", attempts: 1 });
  expect(server.times).toHaveLength(1);
});

test("F-T16 a body that says it is too large: ResponseTooLargeError, before it is read", async () => {
  const server = await startFaults(send(response(BODY, ["content-length: 999999999", "x-request-id: r-1"])));
  const error = await failure(client(server.endpoint).listJobs());
  expect(error).toBeInstanceOf(ResponseTooLargeError);
  expect(error).toMatchObject({ status: 200, requestId: "r-1", attempts: 1 });
  expect(error.message).toContain("the body is larger than maxResponseBytes (33554432)");
  await vi.waitFor(() => expect(server.open.size).toBe(0));
});

test("F-T17 a chunked body that is too large: cut off at the bound", async () => {
  const chunk = Buffer.concat([Buffer.from("10000\r\n"), Buffer.alloc(65_536, " "), Buffer.from("\r\n")]);
  let sent = 0;
  const server = await startFaults((socket) => {
    socket.write(response("", ["transfer-encoding: chunked"]));
    const more = () => {
      while (!socket.destroyed && socket.write(chunk)) sent += chunk.length;
      sent += chunk.length;
      socket.once("drain", more);
    };
    more();
  });
  const before = process.memoryUsage().arrayBuffers;
  const error = await failure(client(server.endpoint, { maxResponseBytes: 2 ** 20 }).listJobs());
  expect(error).toBeInstanceOf(ResponseTooLargeError);
  expect(error).toMatchObject({ attempts: 1 });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 * 2 ** 20 + 5 * 2 ** 20); // and what the sockets hold
  expect(sent).toBeLessThan(16 * 2 ** 20);
  await vi.waitFor(() => expect(server.open.size).toBe(0));
});

test("F-T18 a gzip bomb: the bound counts what it becomes", async () => {
  const bomb = gzipSync(Buffer.alloc(50 * 2 ** 20, " "));
  expect(bomb.length).toBeLessThan(60_000);
  const server = await startFaults(send(response(bomb, ["content-encoding: gzip"])));
  const error = await failure(client(server.endpoint, { maxResponseBytes: 2 ** 20 }).listJobs());
  expect(error).toBeInstanceOf(ResponseTooLargeError);
  expect(error).toMatchObject({ attempts: 1 });
});

test("F-T19 corrupt gzip: retried", () => {
  const bytes = gzipSync(BODY);
  bytes.fill(0xff, 12, 30);
  return expectRetried(send(response(bytes, ["content-encoding: gzip"])), ConnectionError);
});

test("F-T20 hints before the answer are ignored", async () => {
  const hints =
    "HTTP/1.1 103 Early Hints\r\nlink: </style.css>; rel=preload\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n";
  const server = await startFaults(send(Buffer.concat([Buffer.from(hints), response(BODY)])));
  expect(await client(server.endpoint).listJobs()).toEqual(JSON.parse(BODY));
  expect(server.times).toHaveLength(1);
});

test("F-T20 an answer to a question that was not asked (100) is a broken connection to Node: retried", () =>
  expectRetried(
    send(Buffer.concat([Buffer.from("HTTP/1.1 100 Continue\r\n\r\n"), response(BODY)])),
    ConnectionError,
  ));

describe("a refusal whose body never comes whole is that refusal: the status counts, and it is sent once", () => {
  const head = `HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\ncontent-length: 500\r\nx-request-id: r-1\r\n\r\n{"error_`;
  const faults: [string, Fault, object][] = [
    ["reset", sendAndReset(head), {}],
    ["ended too early", sendAndEnd(head), {}],
    ["stalled", send(head), { timeoutMs: 100 }],
    [
      "bad gzip",
      send(
        response(Buffer.from("no gzip"), ["content-encoding: gzip", "x-request-id: r-1"], "401 Unauthorized"),
      ),
      {},
    ],
  ];
  test.each(faults)("%s", async (_, fault, options) => {
    const server = await startFaults(fault);
    const { listJobs } = client(server.endpoint, options);
    const error = await failure(listJobs());
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error).toMatchObject({ status: 401, requestId: "r-1", attempts: 1 });
    expect(server.times).toHaveLength(1);
  });
});

test.each<[string, { timeoutMs?: number }, () => AbortSignal | undefined, string]>([
  ["a timeout", { timeoutMs: 40 }, () => undefined, "TimeoutError"],
  ["an abort", {}, () => AbortSignal.timeout(40), "AbortError"],
])(
  "%s says where the call was made, and prints no field that it has not",
  async (_, options, signalOf, name) => {
    const server = await startFaults(() => {});
    const { listJobs } = elb({ endpoint: server.endpoint, maxAttempts: 1, ...options });
    const askForJobs = async (): Promise<unknown> => await listJobs({ signal: signalOf() });
    const error = await failure(askForJobs());
    expect(error).toMatchObject({ name });
    expect(error.stack).toContain("askForJobs");
    expect(inspect(error)).not.toContain("undefined");
  },
);
