import { Failure } from "../failure.ts";
import { decode } from "./charset.ts";
import type { Source } from "./sources.ts";

/** A page as its server sent it; without text if it has not changed since. */
export interface Download {
  readonly text: string | undefined;
  readonly etag?: string;
  readonly lastModified?: string;
}

/** How long a server is waited for, and how much is taken from it. */
export interface Limits {
  /** Milliseconds, for the whole of a page. */
  readonly patience?: number;
  /** Bytes, unpacked. */
  readonly largest?: number;
}

const LARGEST = 8 * 1024 * 1024;
const PATIENCE = 30_000;
const REDIRECTS = 5;

/** The server is there, and asks not to be asked now. */
export class Busy extends Failure {}

/** Gets a page, unless it is still the one that was seen last. */
export async function download(
  address: string,
  seen: Pick<Source, "etag" | "lastModified">,
  { patience = PATIENCE, largest = LARGEST }: Limits = {},
): Promise<Download> {
  const headers: Record<string, string> = {
    accept: "text/html, text/plain;q=0.9",
    "user-agent": "typedcloud-docs (reads one page a week, one at a time)",
  };
  if (seen.etag !== undefined) headers["if-none-match"] = seen.etag;
  if (seen.lastModified !== undefined) headers["if-modified-since"] = seen.lastModified;
  const signal = AbortSignal.timeout(patience);
  try {
    const response = await request(address, headers, signal);
    if (response.status === 304) return { text: undefined };
    refuse(address, response);
    const text = decode(
      await bytesOf(address, response, largest),
      response.headers.get("content-type") ?? "",
      address,
    );
    const [etag, lastModified] = [response.headers.get("etag"), response.headers.get("last-modified")];
    return { text, ...(etag === null ? {} : { etag }), ...(lastModified === null ? {} : { lastModified }) };
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (signal.aborted) throw new Failure(`${address}: no page within ${patience / 1000} s.`);
    throw new Failure(`${address}: ${causeOf(error)}`);
  }
}

/** Follows redirections by itself: none of them may lead away from https. */
async function request(
  address: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Response> {
  let url = new URL(address);
  for (let count = 0; count <= REDIRECTS; count++) {
    if (!isSafe(url))
      throw new Failure(`${address}: only https is fetched${count > 0 ? `, not ${url.href}` : ""}.`);
    const response = await fetch(url, { headers, signal, redirect: "manual" });
    const location = response.headers.get("location");
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return response;
    await response.body?.cancel();
    url = new URL(location, url);
  }
  throw new Failure(`${address}: the server redirects more than ${REDIRECTS} times.`);
}

/** A server on this machine needs no https. */
const isSafe = ({ protocol, hostname }: URL): boolean =>
  protocol === "https:" || (protocol === "http:" && ["127.0.0.1", "[::1]", "localhost"].includes(hostname));

function refuse(address: string, response: Response): void {
  const { status, headers } = response;
  const when = headers.get("retry-after");
  const said = `${address}: the server answered ${status}${when === null ? "" : `, and asks to wait ${when}`}.`;
  if (status === 429 || status === 503) throw new Busy(said);
  if (!response.ok) throw new Failure(said);
  const type = headers.get("content-type") ?? "";
  if (!/html|text|markdown/i.test(type))
    throw new Failure(`${address}: the server sent ${type || "no content type"}, not a page.`);
}

async function bytesOf(address: string, response: Response, largest: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > largest) throw new Failure(`${address}: more than ${largest} bytes are no page.`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** What `fetch` tells is in the cause. */
const causeOf = (error: unknown): string =>
  error instanceof Error
    ? error.cause instanceof Error
      ? error.cause.message || String(error.cause)
      : error.message
    : String(error);
