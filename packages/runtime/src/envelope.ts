/** Error envelopes. Huawei Cloud's services use six, Alibaba Cloud's one; gateways in front of them use any. */

import type { ErrorEnvelope } from "./errors.js";
import { isObject, type Json } from "./fields.js";

/**
 * Reads an envelope from the body of a refusal, in full: secrets are looked for in it before it is cut. Undefined if there
 * is neither a code nor a message in it.
 */
export function readEnvelope(body: unknown): ErrorEnvelope | undefined {
  if (!isObject(body)) return undefined;
  const flat = readFlat(body);
  if (flat) return flat;
  // {"error": {"code": 401, "message": "…"}} of IAM, {"itemNotFound": {"message": "…"}} of OpenStack's descendants
  for (const [name, value] of Object.entries(body)) {
    if (typeof value === "string" && name === "error") return { message: value };
    const nested = isObject(value) ? readFlat(value) : undefined;
    if (nested) return { code: name, ...requestIdOf(body), ...nested };
  }
  return undefined;
}

/**
 * Reads an envelope from a body that came with success. Strict: an ordinary body may well have a field `code` or
 * `message`, a job may have an `error_code`, and Alibaba Cloud's services say `"Code": "OK"`.
 */
export function readEnvelopeOfSuccess(body: unknown): ErrorEnvelope | undefined {
  if (!isObject(body)) return undefined;
  const { error_code, error_msg, Code, Message, RequestId } = body;
  if (body.Success === false && isText(Code) && isText(Message)) return readFlat(body);
  const isError =
    (isText(error_code) && isText(error_msg)) ||
    (isText(Code) &&
      isText(Message) &&
      isText(RequestId) &&
      body.Success !== true &&
      !/^(ok|success|\d+)$/i.test(Code));
  // Beside an error, some services send the rest of the documented answer, with nothing in it.
  const isAlone = Object.entries(body).every(([name, value]) => ENVELOPE_FIELDS.has(name) || isEmpty(value));
  return isError && isAlone ? readFlat(body) : undefined;
}

const isEmpty = (value: unknown, depth = 0): boolean =>
  !value ||
  (depth < 9 && typeof value === "object" && Object.values(value).every((each) => isEmpty(each, depth + 1)));

const ENVELOPE_FIELDS: ReadonlySet<string> = new Set([
  "error_code",
  "error_msg",
  "request_id",
  "encoded_authorization_message",
  "details",
  "Code",
  "Message",
  "RequestId",
  "HostId",
  "Recommend",
  "AccessDeniedDetail",
  "Success",
  "HttpStatusCode",
  "DynamicCode",
  "DynamicMessage",
]);

/** The server's id for a request: gateways and services have names of their own for it. */
export function readRequestId(headers: Headers): string | undefined {
  return (
    headers.get("x-request-id") ??
    headers.get("x-iam-trace-id") ??
    headers.get("x-acs-request-id") ??
    undefined
  );
}

function readFlat(body: Json): ErrorEnvelope | undefined {
  const code = textOf(body.error_code ?? body.errorCode ?? body.Code ?? body.code ?? body.type);
  const message = textOf(body.error_msg ?? body.errorMsg ?? body.Message ?? body.message);
  if (
    message === undefined &&
    (code === undefined || !("error_code" in body || "errorCode" in body || "Code" in body))
  )
    return undefined;
  const encoded = textOf(body.encoded_authorization_message);
  const recommend = textOf(body.Recommend);
  return {
    ...(code !== undefined && { code }),
    ...(message !== undefined && { message }),
    ...requestIdOf(body),
    ...(encoded !== undefined && { encodedAuthorizationMessage: encoded }),
    ...(recommend !== undefined && { recommend }),
  };
}

function requestIdOf(body: Json): { requestId?: string } {
  const requestId = textOf(body.request_id ?? body.requestId ?? body.RequestId);
  return requestId === undefined ? {} : { requestId };
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

const textOf = (value: unknown): string | undefined =>
  isText(value) || Number.isFinite(value) ? String(value) : undefined;
