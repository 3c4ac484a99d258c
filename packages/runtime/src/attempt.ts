/** One attempt: sign, send, read, and say what came of it. */

import { abortError, onAbort, orAborted } from "./abort.js";
import { parseJson, readText } from "./body.js";
import {
  ApiError,
  ApiNotFoundError,
  AuthenticationError,
  BadRequestError,
  CloudError,
  ConfigError,
  ConflictError,
  ConnectionError,
  type ErrorEnvelope,
  NotFoundError,
  PermissionError,
  ProtocolError,
  RedirectError,
  ResponseError,
  ResponseShapeError,
  ServerError,
  ThrottledError,
  TimeoutError,
  TlsError,
} from "./errors.js";
import { at, isObject } from "./fields.js";
import type { Operation } from "./operation.js";
import type { ErrorKind, Provider, UnsignedRequest } from "./provider.js";
import { retryAfterMs } from "./retry-after.js";

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
  const controller = new AbortController();
  let stop: (failure: Failure) => void = () => {};
  // A fetch that does not heed its signal must not hold the caller.
  const stopped = new Promise<Failure>((resolve) => {
    stop = (failure) => {
      resolve(failure);
      controller.abort(failure.error);
    };
  });
  let response: Response | undefined;
  const answered = (begun: Response) => {
    response = begun;
  };
  const timer = setTimeout(() => stop(late(exchange, response)), timeoutMs);
  const forget = signal && onAbort(signal, () => stop({ error: abortError(signal, name) }));
  try {
    return await Promise.race([exchangeOnce(exchange, headers, controller.signal, answered), stopped]);
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

async function readData(exchange: Exchange, response: Response): Promise<unknown> {
  const { operation, provider, request } = exchange;
  const { status, ok } = response;
  if ((status >= 300 && status < 400) || response.type === "opaqueredirect") {
    await response.body?.cancel().catch(() => {});
    const error = new RedirectError(
      status === 304 ? "not modified, though nobody asked whether it was" : "redirects are not followed",
    );
    // Without secrets before it is parsed: hosts are written in lower case.
    const location = provider.redact(response.headers.get("location") ?? "", request);
    if (URL.canParse(location, request.url)) error.location = new URL(location, request.url).host;
    throw error;
  }
  let text = "";
  try {
    text = await readText(response, ok ? exchange.maxResponseBytes : MOST_ERROR_BYTES);
  } catch (error) {
    if (ok) throw error; // of a refusal the status counts, whatever its body is, and whether it comes
  }
  if (!ok) throw apiError(exchange, response, readRefusal(exchange, status, text));
  if (operation.noContent) return undefined;
  const body = parseJson(text);
  const envelope = provider.readError(body, status, request);
  if (envelope?.code) throw apiError(exchange, response, envelope);
  const problem = shapeProblem(operation, body);
  if (!problem) return body;
  // Not what was documented: if there are an error's words in it, they say why.
  const words = provider.readError(body, MISSHAPEN, request);
  throw words ? apiError(exchange, response, words) : new ResponseShapeError(problem);
}

/** The status that a success of another shape is read as. */
const MISSHAPEN = 400;

/** Of a refusal's body no more is read, and of a body that is no envelope no more is shown. */
const MOST_ERROR_BYTES = 2 ** 20;
const MOST_WORDS = 256;

/** An envelope, or the first words of what is none: a gateway's page often says why. */
function readRefusal({ provider, request }: Exchange, status: number, text: string): ErrorEnvelope {
  try {
    const envelope = provider.readError(parseJson(text), status, request);
    if (envelope) return envelope;
  } catch {
    // not JSON
  }
  const { message = "" } = provider.readError({ message: text }, status, request) ?? {}; // without secrets now
  const words = message
    .replace(/<[^<>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return words ? { message: words.slice(0, MOST_WORDS) } : {};
}

/** What a list's or a job's body lacks to be one; a wrong shape must never pass as an empty list. */
function shapeProblem({ pages, job }: Exchange["operation"], body: unknown): string | undefined {
  if (!pages && !job) return undefined;
  if (!isObject(body)) return "the body is not an object";
  const items = pages ? at(body, pages.items) : [body];
  const id = pages ? pages.id : job?.id;
  // A list that is counted as empty may be left out.
  if (items === undefined && pages?.total && at(body, pages.total) === 0) return undefined;
  if (!Array.isArray(items)) return `${pages?.items} is not an array`;
  // Without its id an item cannot be told from others. A status is not asked for here: whoever waits needs it, but one
  // job that lacks it must not hide the others.
  return id !== undefined && items.some((item) => !isId(at(item, id))) ? `${id} is missing` : undefined;
}

const isId = (id: unknown): boolean => (typeof id === "string" && id !== "") || Number.isFinite(id);

/** What statuses mean that servers send without a word. */
const LIMITS: Readonly<Record<number, string>> = {
  413: "the request's body is too large",
  414: "the URL is too long",
  431: "the headers are too large",
  494: "the headers are too large",
};

function apiError(exchange: Exchange, response: Response, envelope: ErrorEnvelope): ApiError {
  const { provider, name, request } = exchange;
  const { status, headers } = response;
  const type = errorType(status, provider.errorKind(status, envelope));
  const wait = provider.retryAfterMs?.(headers) ?? retryAfterMs(headers, exchange.now());
  const inHeader = provider.requestId(headers);
  const requestId = inHeader === undefined ? envelope.requestId : provider.redact(inHeader, request);
  const message = [LIMITS[status], envelope.message].filter(Boolean).join(": ");
  return new type({
    ...shortened(envelope, MOST_CHARACTERS),
    status,
    operation: name,
    ...(message && { message: message.slice(0, MOST_CHARACTERS) }),
    ...(requestId !== undefined && { requestId: requestId.slice(0, MOST_WORDS) }),
    ...(wait !== undefined && { retryAfterMs: wait }),
  });
}

/** No field of an error is longer; to be cut after its secrets are out, or a part of one would be left. */
const MOST_CHARACTERS = 2048;

function shortened(
  { code, encodedAuthorizationMessage, recommend }: ErrorEnvelope,
  most: number,
): ErrorEnvelope {
  return {
    ...(code !== undefined && { code: code.slice(0, MOST_WORDS) }),
    // To be decoded as a whole.
    ...(encodedAuthorizationMessage !== undefined && { encodedAuthorizationMessage }),
    ...(recommend !== undefined && { recommend: recommend.slice(0, most) }),
  };
}

function errorType(status: number, kind: ErrorKind | undefined): typeof ApiError {
  if (kind === "throttled" || status === 429) return ThrottledError;
  if (kind === "authentication" || status === 401) return AuthenticationError;
  if (kind === "api-not-found") return ApiNotFoundError;
  if (status === 403) return PermissionError;
  if (status === 404) return NotFoundError;
  if (status === 409) return ConflictError;
  if (status >= 500) return ServerError;
  return status >= 400 ? BadRequestError : ApiError;
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
