/** What an answer says: data of the documented shape, or an error. */

import type { Exchange } from "./attempt.js";
import { parseJson, readText } from "./body.js";
import {
  ApiError,
  ApiNotFoundError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  type ErrorEnvelope,
  NotFoundError,
  PermissionError,
  RedirectError,
  ResponseFormatError,
  ResponseShapeError,
  ServerError,
  ThrottledError,
} from "./errors.js";
import { at, isObject } from "./fields.js";
import type { ErrorKind } from "./provider.js";
import { retryAfterMs } from "./retry-after.js";

/** The data of an answer; or throws what it says instead. */
export async function readData(exchange: Exchange, response: Response): Promise<unknown> {
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
  if (operation.noContent === true || (operation.noContent && !text)) return undefined;
  let body: unknown;
  try {
    body = parseJson(text);
  } catch (error) {
    // What is no JSON at all is a page of something in between, which often says what it is.
    const { message } =
      error instanceof ResponseFormatError && !error.truncated ? firstWords(exchange, text) : {};
    if (error instanceof ResponseFormatError && message) error.message += `: ${message}`;
    throw error;
  }
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
function readRefusal(exchange: Exchange, status: number, text: string): ErrorEnvelope {
  const { provider, request } = exchange;
  try {
    const envelope = provider.readError(parseJson(text), status, request);
    if (envelope) return envelope;
  } catch {
    // not JSON
  }
  return firstWords(exchange, text);
}

/** The first words of a text that is no JSON, without its tags and its secrets. */
function firstWords({ provider, request }: Exchange, text: string): ErrorEnvelope {
  const words = provider
    .redact(text, request)
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

/** The error of a refusal. */
export function apiError(exchange: Exchange, response: Response, envelope: ErrorEnvelope): ApiError {
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
