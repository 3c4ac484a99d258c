/**
 * Checks Huawei Cloud's signatures, SDK-HMAC-SHA256 and V11-HMAC-SHA256, by the API Request Signing Guide. Shares no
 * code with the runtime's signer.
 */

import { hkdfSync } from "node:crypto";
import type { Refusal } from "../answer.js";
import { canonicalPath, canonicalQuery } from "../canonical.js";
import { hmacSha256, isSame, sha256 } from "../hash.js";
import type { Incoming } from "../incoming.js";
import type { AccessKey } from "./cloud.js";

const AUTHORIZATION =
  /^(?:SDK-HMAC-SHA256 Access=([^,\s/]+)|V11-HMAC-SHA256 Credential=([^,\s/]+)\/(\d{8}\/[^,\s/]+\/[^,\s/]+)), ?SignedHeaders=([^,\s]+), ?Signature=([0-9a-f]{64})$/;

/** Signatures are good for so long, either side of their date. */
const WINDOW_MS = 15 * 60_000;

/** The access key that signed, or why the request is refused. */
export function verify(
  request: Incoming,
  keys: ReadonlyMap<string, AccessKey>,
  now: number,
): { readonly accessKeyId: string } | { readonly refusal: Refusal } {
  const { headers } = request;
  const [, plain, derived, scope, names = "", signature = ""] =
    AUTHORIZATION.exec(headers.get("authorization") ?? "") ?? [];
  const accessKeyId = plain ?? derived;
  if (accessKeyId === undefined) return refuse("the format of the Authorization header is incorrect");
  const signed = names.split(";");

  const date = headers.get("x-sdk-date") ?? "";
  const time = timeOf(date);
  if (Number.isNaN(time) || !signed.includes("x-sdk-date"))
    return refuse("the X-Sdk-Date header is missing, unsigned or malformed");
  if (Math.abs(now - time) > WINDOW_MS) return refuse("calc ak sk signature fail:signature expired");
  if (scope !== undefined && !scope.startsWith(`${date.slice(0, 8)}/`))
    return refuse("calc ak sk signature fail:the scope of the credential has another date");

  const key = keys.get(accessKeyId);
  if (!key) return refuse(`Get secretKey failed,ak:${accessKeyId},err:ak not exist`);
  const token = headers.get("x-security-token");
  if (token !== key.securityToken || (token !== undefined && !signed.includes("x-security-token")))
    return refuse("decrypt token fail");
  if (key.expiresAt !== undefined && key.expiresAt <= now) return refuse("the security token expires");

  const canonical = canonicalRequest(request, signed);
  if (canonical === undefined) return refuse("verify aksk signature fail");
  const text = [
    scope === undefined ? "SDK-HMAC-SHA256" : "V11-HMAC-SHA256",
    date,
    ...(scope === undefined ? [] : [scope]),
    sha256(canonical),
  ].join("\n");
  const secret =
    scope === undefined
      ? key.secret
      : Buffer.from(hkdfSync("sha256", key.secret, accessKeyId, scope, 32)).toString("hex");
  return isSame(hmacSha256(secret, text), signature)
    ? { accessKeyId }
    : refuse(`verify aksk signature fail, canonicalRequest:${canonical.replaceAll("\n", "|")}`);
}

/** Method, path, query, headers, their names, hash of the body. Undefined where the request cannot be read. */
function canonicalRequest({ method, path, query, headers, body }: Incoming, signed: readonly string[]) {
  if (signed.some((name) => !headers.has(name))) return undefined;
  const declared = headers.get("x-sdk-content-sha256");
  const hash =
    declared === "UNSIGNED-PAYLOAD" && signed.includes("x-sdk-content-sha256") ? declared : sha256(body);
  if (declared !== undefined && declared !== hash) return undefined;
  try {
    const uri = canonicalPath(path);
    return [
      method,
      uri.endsWith("/") ? uri : `${uri}/`,
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

/** `20191115T033655Z` in milliseconds since 1970, or NaN. */
function timeOf(date: string): number {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

const refuse = (reason: string): { readonly refusal: Refusal } => ({
  refusal: {
    status: 401,
    code: "APIGW.0301",
    message: `Incorrect IAM authentication information: ${reason}`,
  },
});
