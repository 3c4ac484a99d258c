/**
 * Alibaba Cloud's request signature, version 3: ACS3-HMAC-SHA256, the same for RPC and ROA.
 *
 * Pure and synchronous: the same request, keys, date and nonce always give the same headers. The steps follow "Request
 * syntax and signature method V3". Query names are encoded, as it says; the official Node SDK does not encode them.
 */

import { hmacSha256, sha256 } from "#hash";
import { canonicalPath, canonicalQuery, compare, EMPTY_SHA256, type Signed } from "../canonical.js";
import type { UnsignedRequest } from "../provider.js";
import type { AccessKey } from "./credentials.js";

/** An access key, and the token that goes with it if it is temporary. */
export type SigningKeys = Pick<AccessKey, "accessKeyId" | "accessKeySecret" | "securityToken">;

/** Signs a request. The date is in milliseconds since 1970; a nonce must never be used twice. */
export function sign(request: UnsignedRequest, keys: SigningKeys, date: number, nonce: string): Signed {
  const headers = commonHeaders(request, date, nonce);
  if (keys.securityToken !== undefined) {
    headers["x-acs-accesskey-id"] = keys.accessKeyId;
    headers["x-acs-security-token"] = keys.securityToken;
  }
  const names = signedHeaders(headers);
  const canonical = canonicalRequest(request, headers, names);
  const text = stringToSign(canonical);
  headers.authorization = authorization(keys, names, text);
  return { headers, canonicalRequest: canonical, stringToSign: text };
}

/** The request's headers with date, nonce and the hash of the body: what is sent with a bearer token too. */
export const commonHeaders = (
  { headers, body }: UnsignedRequest,
  date: number,
  nonce: string,
): Record<string, string> => ({
  ...headers,
  "x-acs-date": acsDate(date),
  "x-acs-signature-nonce": nonce,
  "x-acs-content-sha256": body?.length ? sha256(body) : EMPTY_SHA256,
});

/** `2023-10-26T10:22:32Z` */
export const acsDate = (date: number): string => `${new Date(date).toISOString().slice(0, 19)}Z`;

/** The headers that are signed: `host`, `content-type` and every `x-acs-` header. */
export const signedHeaders = (headers: Readonly<Record<string, string>>): string[] =>
  ["host", ...Object.keys(headers).filter((name) => /^(content-type$|x-acs-)/.test(name))].sort(compare);

/** Method, path, query, headers, their names, and the hash of the body: a line each. */
export function canonicalRequest(
  { method, url }: UnsignedRequest,
  headers: Readonly<Record<string, string>>,
  names: readonly string[],
): string {
  const lines = names.map(
    (name) => `${name}:${(name === "host" ? url.host : (headers[name] ?? "")).trim()}\n`,
  );
  return [
    method.toUpperCase(),
    canonicalPath(url.pathname),
    canonicalQuery(url.search),
    lines.join(""),
    names.join(";"),
    headers["x-acs-content-sha256"] ?? EMPTY_SHA256,
  ].join("\n");
}

/** What the key signs: the algorithm and the hash of the canonical request. */
export const stringToSign = (canonical: string): string => `ACS3-HMAC-SHA256\n${sha256(canonical)}`;

/** The value of `Authorization`. There are no spaces after its commas. */
export const authorization = (
  { accessKeyId, accessKeySecret }: SigningKeys,
  names: readonly string[],
  text: string,
): string =>
  `ACS3-HMAC-SHA256 Credential=${accessKeyId},SignedHeaders=${names.join(";")},Signature=${hmacSha256(accessKeySecret, text)}`;
