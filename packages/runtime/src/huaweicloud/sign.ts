/**
 * Huawei Cloud's request signatures: SDK-HMAC-SHA256, and V11-HMAC-SHA256 with a derived key.
 *
 * Pure and synchronous: the same request, keys and date always give the same headers. The steps follow the API Request
 * Signing Guide. Where the official Node SDK departs from it and from the Python and Go SDKs (it encodes paths twice,
 * sorts headers by locale, does not trim values), the guide is followed.
 */

import { hkdfSha256, hmacSha256, sha256 } from "#hash";
import { canonicalPath, canonicalQuery, compare, EMPTY_SHA256, type Signed } from "../canonical.js";
import type { UnsignedRequest } from "../provider.js";
import type { AccessKey } from "./credentials.js";

/** An access key, and the token that goes with it if it is temporary. */
export type SigningKeys = Pick<AccessKey, "ak" | "sk" | "securityToken">;

/** What a key is derived for: V11-HMAC-SHA256. */
export interface Derivation {
  readonly region: string;
  /** The service's name for derived keys, `"apigw"` for instance. */
  readonly service: string;
}

/** Signs a request. The date is in milliseconds since 1970. */
export function sign(
  request: UnsignedRequest,
  keys: SigningKeys,
  date: number,
  derivation?: Derivation,
): Signed {
  const timestamp = sdkDate(date);
  const headers: Record<string, string> = { ...request.headers, "x-sdk-date": timestamp };
  if (keys.securityToken !== undefined) headers["x-security-token"] = keys.securityToken;

  const names = signedHeaders(headers);
  const canonical = canonicalRequest(request, headers, names);
  const scope = derivation && `${timestamp.slice(0, 8)}/${derivation.region}/${derivation.service}`;
  const text = stringToSign(timestamp, canonical, scope);
  headers.authorization = authorization(keys, names, text, scope);
  return { headers, canonicalRequest: canonical, stringToSign: text };
}

/** `20191115T033655Z` */
export function sdkDate(date: number): string {
  const iso = new Date(date).toISOString(); // 2019-11-15T03:36:55.000Z
  return `${iso.slice(0, 4)}${iso.slice(5, 7)}${iso.slice(8, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}Z`;
}

/**
 * The headers that are signed: `host`, `content-type` and every `x-` header. Others may be changed on the way. Headers
 * with an underscore are left out, as the Python and Go SDKs do: some proxies drop or rename them.
 */
export const signedHeaders = (headers: Readonly<Record<string, string>>): string[] =>
  [
    "host",
    ...Object.keys(headers).filter((name) => /^(content-type$|x-)/.test(name) && !name.includes("_")),
  ].sort(compare);

/** Method, path, query, headers, their names, and the hash of the body: a line each. */
export function canonicalRequest(
  { method, url, body }: UnsignedRequest,
  headers: Readonly<Record<string, string>>,
  names: readonly string[],
): string {
  const path = canonicalPath(url.pathname);
  const lines = names.map(
    (name) => `${name}:${(name === "host" ? url.host : (headers[name] ?? "")).trim()}\n`,
  );
  return [
    method.toUpperCase(),
    path.endsWith("/") ? path : `${path}/`,
    canonicalQuery(url.search),
    lines.join(""),
    names.join(";"),
    headers["x-sdk-content-sha256"] ?? (body?.length ? sha256(body) : EMPTY_SHA256),
  ].join("\n");
}

/** What the key signs: algorithm, date, scope of a derived key, hash of the canonical request. */
export const stringToSign = (timestamp: string, canonical: string, scope?: string): string =>
  [
    scope === undefined ? "SDK-HMAC-SHA256" : `V11-HMAC-SHA256`,
    timestamp,
    ...(scope === undefined ? [] : [scope]),
    sha256(canonical),
  ].join("\n");

/** The value of `Authorization`. A derived key is used as the hex text that it is written in. */
export function authorization(
  { ak, sk }: SigningKeys,
  names: readonly string[],
  text: string,
  scope?: string,
): string {
  const credential =
    scope === undefined ? `SDK-HMAC-SHA256 Access=${ak}` : `V11-HMAC-SHA256 Credential=${ak}/${scope}`;
  const signature = hmacSha256(scope === undefined ? sk : hkdfSha256(sk, ak, scope), text);
  return `${credential}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
}
