/** Checks Alibaba Cloud's signatures, ACS3-HMAC-SHA256, by the V3 signature guide. Shares no code with the runtime's signer. */

import type { Refusal } from "../answer.js";
import { canonicalPath, canonicalQuery } from "../canonical.js";
import { hmacSha256, isSame, sha256 } from "../hash.js";
import type { Incoming } from "../incoming.js";
import type { NonceMemory } from "../nonces.js";
import type { AccessKey } from "./cloud.js";

const AUTHORIZATION =
  /^ACS3-HMAC-SHA256 Credential=([^,\s]+), ?SignedHeaders=([^,\s]+), ?Signature=([0-9a-f]{64})$/;

/** What decides on what is done, and when, must be signed. */
const MUST_BE_SIGNED = [
  "host",
  "x-acs-action",
  "x-acs-version",
  "x-acs-date",
  "x-acs-signature-nonce",
  "x-acs-content-sha256",
];

/** Signatures are good for so long, either side of their date. */
const WINDOW_MS = 15 * 60_000;

/** The AccessKey that signed, or why the request is refused. */
export function verify(
  request: Incoming,
  keys: ReadonlyMap<string, AccessKey>,
  nonces: NonceMemory,
  now: number,
): { readonly accessKeyId: string } | { readonly refusal: Refusal } {
  const { headers } = request;
  const authorization = headers.get("authorization");
  if (authorization === undefined)
    return refuse(400, "MissingAccessKeyId", "AccessKeyId is mandatory for this action.");
  const [, accessKeyId = "", names = "", signature = ""] = AUTHORIZATION.exec(authorization) ?? [];
  if (!accessKeyId)
    return refuse(400, "IncompleteSignature", "The request signature does not conform to Aliyun standards.");
  const signed = names.split(";");
  const token = headers.get("x-acs-security-token");
  const needed = token === undefined ? MUST_BE_SIGNED : [...MUST_BE_SIGNED, "x-acs-security-token"];
  const missing = needed.find((name) => !headers.has(name) || !signed.includes(name));
  if (missing !== undefined)
    return refuse(
      400,
      "IncompleteSignature",
      `The request signature does not conform to Aliyun standards: ${missing} must be sent and signed.`,
    );

  const time = timeOf(headers.get("x-acs-date") ?? "");
  if (Number.isNaN(time))
    return refuse(
      400,
      "InvalidTimeStamp.Format",
      "Specified time stamp or date value is not well formatted.",
    );
  if (Math.abs(now - time) > WINDOW_MS)
    return refuse(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.");

  const key = keys.get(accessKeyId);
  if (!key) return refuse(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
  if (token !== key.securityToken)
    return token === undefined
      ? refuse(400, "MissingSecurityToken", "SecurityToken is mandatory for this action.")
      : refuse(
          400,
          "InvalidSecurityToken.MismatchWithAccessKey",
          "Specified SecurityToken mismatch with AccessKey.",
        );
  if (key.expiresAt !== undefined && key.expiresAt <= now)
    return refuse(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.");

  const canonical = canonicalRequest(request, signed);
  const text = canonical === undefined ? undefined : `ACS3-HMAC-SHA256\n${sha256(canonical)}`;
  if (text === undefined || !isSame(hmacSha256(key.secret, text), signature))
    return refuse(
      400,
      "SignatureDoesNotMatch",
      `Specified signature does not match our calculation. server StringToSign is [${text ?? ""}] server CanonicalRequest is [${canonical ?? ""}]`,
    );
  // After the signature: a stranger cannot use up the nonces of others.
  const nonce = `${accessKeyId} ${headers.get("x-acs-signature-nonce")}`;
  return nonces.isNew(nonce, now)
    ? { accessKeyId }
    : refuse(400, "SignatureNonceUsed", "Specified signature nonce was used already.");
}

/** Method, path, query, headers, their names, hash of the body. Undefined where the request cannot be read. */
function canonicalRequest({ method, path, query, headers, body }: Incoming, signed: readonly string[]) {
  const hash = sha256(body);
  if (headers.get("x-acs-content-sha256") !== hash || signed.some((name) => !headers.has(name)))
    return undefined;
  try {
    return [
      method,
      canonicalPath(path),
      canonicalQuery(query),
      ...signed.map((name) => `${name}:${headers.get(name)?.trim()}`),
      "",
      signed.join(";"),
      hash,
    ].join("\n");
  } catch {
    return undefined; // what is not percent-encoded as it should be has no canonical form
  }
}

const timeOf = (date: string): number =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date) ? Date.parse(date) : Number.NaN;

const refuse = (status: number, code: string, message: string): { readonly refusal: Refusal } => ({
  refusal: { status, code, message },
});
