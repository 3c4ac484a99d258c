/** The guides' signatures in a few lines, for requests that are to be wrong in one way. */

import { createHash, createHmac, randomUUID } from "node:crypto";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string, text: string): string => createHmac("sha256", key).update(text).digest("hex");

export interface Unsigned {
  readonly url: string;
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that can be sent, or changed first. */
export interface Signed {
  url: string;
  method: string;
  body: string;
  headers: Record<string, string>;
}

/** Method, path, query, headers, their names, hash of the body. The query must be in canonical form already. */
function canonical(
  { url, method, body }: Signed,
  headers: Readonly<Record<string, string>>,
  slash: string,
): string {
  const { pathname, search } = new URL(url);
  const names = Object.keys(headers).sort();
  return [
    method,
    pathname + slash,
    search.slice(1),
    ...names.map((name) => `${name}:${headers[name]}`),
    "",
    names.join(";"),
    sha256(body),
  ].join("\n");
}

export function signHuawei(request: Unsigned, ak: string, sk: string, date = Date.now()): Signed {
  const { url, method = "GET", body = "" } = request;
  const timestamp = new Date(date).toISOString().replace(/[-:]|\.\d+/g, "");
  const signed = {
    url,
    method,
    body,
    headers: { host: new URL(url).host, ...request.headers, "x-sdk-date": timestamp },
  };
  const text = `SDK-HMAC-SHA256\n${timestamp}\n${sha256(canonical(signed, signed.headers, "/"))}`;
  const authorization = `SDK-HMAC-SHA256 Access=${ak}, SignedHeaders=${Object.keys(signed.headers).sort().join(";")}, Signature=${hmac(sk, text)}`;
  return { ...signed, headers: { ...signed.headers, authorization } };
}

export function signAlibaba(
  request: Unsigned,
  id: string,
  secret: string,
  date = Date.now(),
  nonce: string = randomUUID(),
): Signed {
  const { url, method = "GET", body = "" } = request;
  const headers = {
    host: new URL(url).host,
    "x-acs-action": "ListAsynJobs",
    "x-acs-version": "2020-06-16",
    ...request.headers,
    "x-acs-content-sha256": sha256(body),
    "x-acs-date": `${new Date(date).toISOString().slice(0, 19)}Z`,
    "x-acs-signature-nonce": nonce,
  };
  const signed = { url, method, body, headers };
  const signature = hmac(secret, `ACS3-HMAC-SHA256\n${sha256(canonical(signed, headers, ""))}`);
  const authorization = `ACS3-HMAC-SHA256 Credential=${id},SignedHeaders=${Object.keys(headers).sort().join(";")},Signature=${signature}`;
  return { ...signed, headers: { ...headers, authorization } };
}

/** What an answer is about. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export async function send({ url, method, body, headers }: Signed): Promise<Answered> {
  const { host: _, ...sent } = headers; // fetch writes it from the URL
  const response = await fetch(url, { method, headers: sent, ...(body && { body }) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: JSON.parse(text || "{}") };
}
