/** One attempt: sign, send, and read, in time. */

import { abortError, onAbort, orAborted } from "./abort.js";
import { apiError, readData } from "./answer.js";
import {
  ApiError,
  CloudError,
  ConfigError,
  ConnectionError,
  ProtocolError,
  ResponseError,
  TimeoutError,
  TlsError,
} from "./errors.js";
import { isObject } from "./fields.js";
import type { Operation } from "./operation.js";
import type { Provider, UnsignedRequest } from "./provider.js";

/** A call on its way: what to send, and all that is needed to judge the answer. */
export interface Exchange {
  /** What its answer is to be. */
  readonly operation: Pick<Operation, "pages" | "job" | "noContent">;
  /** For messages: `"elb.listJobs"`. */
  readonly name: string;
  readonly request: UnsignedRequest;
  readonly provider: Omit<Provider, "baseUrl" | "route" | "pathParameters" | "flatten">;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  readonly signal?: AbortSignal;
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
}

/** A failed attempt. `response` is there if the server answered. */
export interface Failure {
  readonly error: CloudError;
  readonly response?: Response;
}

/** A successful one: the parsed body, undefined where none is documented. */
export interface Success {
  readonly data: unknown;
  readonly response: Response;
}

/** Makes one attempt. Never throws: a failure is a value, so that the caller can weigh it. */
export async function attempt(exchange: Exchange): Promise<Success | Failure> {
  const { signal, timeoutMs, name } = exchange;
  if (signal?.aborted) return { error: abortError(signal, name) };
  let headers: Record<string, string>;
  try {
    // Before the clock of the attempt starts: credentials may have to be fetched first, and that has limits of its own.
    headers = await signedHeaders(exchange);
  } catch (thrown) {
    return { error: asCloudError(thrown, name) };
  }
  if (signal?.aborted) return { error: abortError(signal, name) }; // meanwhile
  const controller = new AbortController();
  let stop: (failure: () => Failure) => void = () => {};
  // A fetch that does not heed its signal must not hold the caller.
  const stopped = new Promise<() => Failure>((resolve) => {
    stop = (failure) => {
      resolve(failure);
      controller.abort();
    };
  });
  let response: Response | undefined;
  const answered = (begun: Response) => {
    response = begun;
  };
  const timer = setTimeout(() => stop(() => late(exchange, response)), timeoutMs);
  const forget = signal && onAbort(signal, () => stop(() => ({ error: abortError(signal, name) })));
  try {
    const outcome = await Promise.race([
      exchangeOnce(exchange, headers, controller.signal, answered),
      stopped,
    ]);
    // Made here and not where it happened: a timer's stack leads nowhere, this one to the caller.
    return typeof outcome === "function" ? outcome() : outcome;
  } finally {
    clearTimeout(timer);
    forget?.();
  }
}

/** What it means that an attempt did not end in time. Of a refusal the status counts, whether its body ends or not. */
function late(exchange: Exchange, response: Response | undefined): Failure {
  if (response && response.status >= 400) return { error: apiError(exchange, response, {}), response };
  const phase = response ? "an answer that did not end" : "no answer";
  return { error: new TimeoutError(`${exchange.name}: ${phase} within ${exchange.timeoutMs} ms`) };
}

/** Throws, before anything is sent, what finding credentials throws; or ConfigError for a header that cannot be sent. */
async function signedHeaders(exchange: Exchange): Promise<Record<string, string>> {
  const { request, provider, name, fetch, now, signal } = exchange;
  const signed = provider.sign(request, { fetch, now, ...(signal && { signal }) });
  const headers = await orAborted(signed, signal, name);
  for (const [header, value] of Object.entries(headers)) checkHeader(header, value);
  return headers;
}

async function exchangeOnce(
  exchange: Exchange,
  headers: Record<string, string>,
  signal: AbortSignal,
  answered: (response: Response) => void,
): Promise<Success | Failure> {
  const { request, provider, name, fetch } = exchange;
  let response: Response | undefined;
  try {
    response = await fetch(request.url.href, {
      method: request.method,
      headers,
      signal,
      redirect: "manual",
      ...(request.body !== undefined && { body: request.body as BodyInit }), // string or bytes: both are bodies
    });
    answered(response);
    return { data: await readData(exchange, response), response };
  } catch (thrown) {
    const error = asCloudError(thrown, name);
    if (!response) return { error };
    if (error instanceof ResponseError && !(error instanceof ApiError)) {
      const { status, headers } = response;
      const type = headers.get("content-type");
      error.message = `${name}: status ${status} (${type === null ? "no content type" : provider.redact(type, request)}): ${error.message}`;
      error.status = status;
      const requestId = provider.requestId(headers);
      if (requestId !== undefined) error.requestId = provider.redact(requestId, request);
    }
    return { error, response };
  }
}

function asCloudError(thrown: unknown, name: string): CloudError {
  const error = thrown instanceof CloudError ? thrown : connectionError(thrown, name);
  error.operation ??= name;
  return error;
}

/** Node's own error for a bad header prints its value: a token would end up in a log. */
function checkHeader(name: string, value: string): void {
  if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
    throw new ConfigError(`the header ${name} holds a character that cannot be sent (a newline, perhaps)`);
  }
}

/** Turns what `fetch` threw into one of our errors, keeping only what is safe to log. */
function connectionError(thrown: unknown, name: string): ConnectionError {
  const [code, reason] = deepest(thrown);
  const type =
    code && /CERT|TLS|SSL|SELF_SIGNED|VERIFY/.test(code)
      ? TlsError
      : code?.includes("OVERFLOW")
        ? ProtocolError
        : ConnectionError;
  const error = new type(`${name}: ${reason}${code && !reason.includes(code) ? ` (${code})` : ""}`);
  if (code) error.code = code;
  return error;
}

/** The system's code and words: they stand at the end of a chain of causes. */
function deepest(thrown: unknown): [code: string | undefined, reason: string] {
  let code: string | undefined;
  let reason = "the connection failed";
  let error = thrown;
  // By its shape: what comes from another realm (a test runner's, for instance) is no instance of this one's Error.
  for (let depth = 0; depth < 10 && isObject(error); depth++) {
    if (typeof error.code === "string") code = error.code;
    if (typeof error.message === "string" && error.message) reason = error.message;
    error = error.cause;
  }
  return [code, reason];
}
