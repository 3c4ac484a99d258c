/** What Huawei Cloud's error codes and messages mean for the request that was refused. */

import type { ApiError, ErrorEnvelope } from "../errors.js";
import type { ErrorKind } from "../provider.js";
import type { Refusal } from "../signing.js";
import type { Snapshot } from "./credentials.js";

/** Gateways write APIGW or APIG before the number. */
const GATEWAY = /^APIGW?\./;

export function errorKind(
  _status: number,
  { code = "", message = "" }: ErrorEnvelope,
): ErrorKind | undefined {
  switch (code.replace(GATEWAY, "APIG.")) {
    case "APIG.0308":
      return "throttled";
    case "APIG.0301":
    case "APIG.0303":
    case "APIG.0305":
    case "APIG.0307":
      return "authentication";
    case "APIG.0101":
      return "api-not-found";
    default:
      return /aksk signature|decrypt token fail|token expires/i.test(message) ? "authentication" : undefined;
  }
}

/** Of a token that is not good any more; a policy that denies something about tokens has other words. */
const ENDED_TOKEN =
  /token.{0,40}(expire|invalid|illegal|incorrect|fail|not found|not exist)|(expired|invalid|illegal|incorrect|decrypt).{0,40}token/i;

export function refusal(
  { status, code = "", message }: ApiError,
  credentials: Snapshot,
): Refusal | undefined {
  if ("token" in credentials) return status === 401 ? "expired" : undefined;
  if (status !== 401 && status !== 403 && !GATEWAY.test(code)) return undefined;
  if (/signature fail/i.test(message)) return "signature";
  if (credentials.securityToken !== undefined && ENDED_TOKEN.test(message)) return "expired";
  return /0303$/.test(code) || /x-sdk-date|timestamp|signature expired|time (expired|skew)/i.test(message)
    ? "clock"
    : undefined;
}

/** The gateway's canonical request stands at the end of its message, with bars for line ends. */
export function canonicalRequestIn(message: string): { message: string; canonicalRequest?: string } {
  const label = /canonicalRequest:/i.exec(message);
  if (!label) return { message };
  return {
    message: message.slice(0, label.index).trimEnd().replace(/[,.]$/, ""),
    canonicalRequest: message
      .slice(label.index + label[0].length)
      .trim()
      .replaceAll("|", "\n"),
  };
}
