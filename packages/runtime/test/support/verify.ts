/**
 * Checks signatures as a server does: from what arrived, byte for byte. Shares no code with the signers: paths and
 * queries are taken as they are on the wire, not encoded anew, so a URL that was signed differently does not pass.
 */

import { createHash, createHmac } from "node:crypto";
import type { Received } from "./cloud.js";

const sha256 = (data: string) => createHash("sha256").update(data).digest("hex");
const hmac = (key: string, data: string) => createHmac("sha256", key).update(data).digest("hex");

function canonical(
  { method, target, headers, host, body }: Received,
  signed: readonly string[],
  slash: boolean,
): string {
  const [path = "", query = ""] = target.split("?");
  const pairs = query
    .split("&")
    .filter(Boolean)
    .map((pair) => (pair.includes("=") ? pair : `${pair}=`));
  const decoded = (pair: string) => pair.split("=").map(decodeURIComponent);
  pairs.sort((a, b) => {
    const [[nameA = "", valueA = ""], [nameB = "", valueB = ""]] = [decoded(a), decoded(b)];
    return nameA < nameB ? -1 : nameA > nameB ? 1 : valueA < valueB ? -1 : valueA > valueB ? 1 : 0;
  });
  return [
    method,
    slash && !path.endsWith("/") ? `${path}/` : path,
    pairs.join("&"),
    ...signed.map((name) => `${name}:${name === "host" ? host : headers[name]}`),
    "",
    signed.join(";"),
    sha256(body),
  ].join("\n");
}

/** The access key that signed, if the signature is right. `secrets`: the secret of each access key. */
export function verifyHuawei(
  request: Received,
  secrets: Readonly<Record<string, string>>,
): string | undefined {
  const match = /^SDK-HMAC-SHA256 Access=(\S+), SignedHeaders=(\S+), Signature=([0-9a-f]{64})$/.exec(
    request.headers.authorization ?? "",
  );
  const [, ak = "", names = "", signature] = match ?? [];
  const signed = names.split(";");
  const sk = secrets[ak];
  if (sk === undefined || !signed.includes("host") || !signed.includes("x-sdk-date")) return undefined;
  if (request.headers["x-security-token"] !== undefined && !signed.includes("x-security-token"))
    return undefined;
  const text = `SDK-HMAC-SHA256\n${request.headers["x-sdk-date"]}\n${sha256(canonical(request, signed, true))}`;
  return hmac(sk, text) === signature ? ak : undefined;
}

/** The AccessKey that signed, if the signature is right. */
export function verifyAlibaba(
  request: Received,
  secrets: Readonly<Record<string, string>>,
): string | undefined {
  const match = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(
    request.headers.authorization ?? "",
  );
  const [, id = "", names = "", signature] = match ?? [];
  const signed = names.split(";");
  const secret = secrets[id];
  const mustSign = ["host", ...Object.keys(request.headers).filter((name) => name.startsWith("x-acs-"))];
  if (secret === undefined || mustSign.some((name) => !signed.includes(name))) return undefined;
  if (request.headers["x-acs-content-sha256"] !== sha256(request.body)) return undefined;
  return hmac(secret, `ACS3-HMAC-SHA256\n${sha256(canonical(request, signed, false))}`) === signature
    ? id
    : undefined;
}

/** The time in `x-sdk-date`, in milliseconds. */
export const sdkTime = ({ headers }: Received): number =>
  Date.parse(
    String(headers["x-sdk-date"]).replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"),
  );
