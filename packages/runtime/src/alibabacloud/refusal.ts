/** What Alibaba Cloud's error codes mean for the request that was refused. */

import type { ApiError, ErrorEnvelope } from "../errors.js";
import type { ErrorKind } from "../provider.js";
import type { Refusal } from "../signing.js";
import type { Snapshot } from "./credentials.js";

export function errorKind(_status: number, { code = "" }: ErrorEnvelope): ErrorKind | undefined {
  if (code.startsWith("Throttling")) return "throttled"; // with status 400
  if (/^(InvalidAction|InvalidApi)\.NotFound|^InvalidVersion$/.test(code)) return "api-not-found";
  return AUTHENTICATION.test(code) ? "authentication" : undefined;
}

const AUTHENTICATION =
  /^(SignatureDoesNotMatch|IncompleteSignature|SignatureNonceUsed|InvalidTimeStamp|IllegalTimestamp|InvalidAccessKey|InactiveAccessKey|InvalidSecurityToken|MissingSecurityToken|InvalidBearerToken)/i;

export function refusal({ status, code = "" }: ApiError, credentials: Snapshot): Refusal | undefined {
  if (/^SignatureNonceUsed/i.test(code)) return "nonce";
  if (/^(InvalidTimeStamp|IllegalTimestamp)/i.test(code)) return "clock";
  if (/^(InvalidSecurityToken|InvalidBearerToken)|SecurityTokenExpired/i.test(code)) return "expired";
  return "bearerToken" in credentials && status === 401 ? "expired" : undefined;
}

/** The server's string to sign and canonical request stand in brackets at the end of its message. */
export function canonicalRequestIn(message: string): { message: string; canonicalRequest?: string } {
  const start = message.search(/server\s+(string\s?to\s?sign|canonical\s?request)\s+is/i);
  if (start < 0) return { message };
  const before = message.slice(0, start).trimEnd().replace(/\.$/, "");
  const canonical = /canonical\s?request\s+is\s*:?\s*\[?([^\]]*)/i.exec(message.slice(start))?.[1];
  return canonical === undefined
    ? { message: before }
    : { message: before, canonicalRequest: canonical.replaceAll("\\n", "\n") };
}
