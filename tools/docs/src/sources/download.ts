import { Failure } from "../commands/context.ts";
import type { Source } from "./sources.ts";

/** A page as its server sent it; without text if it has not changed since. */
export interface Download {
  readonly text: string | undefined;
  readonly etag?: string;
  readonly lastModified?: string;
}

const LARGEST = 8 * 1024 * 1024;
const PATIENCE = 30_000;

/** Gets a page, unless it is still the one that was seen last. */
export async function download(
  address: string,
  seen: Pick<Source, "etag" | "lastModified">,
): Promise<Download> {
  if (!address.startsWith("https://")) throw new Failure(`${address}: only https is fetched.`);
  const headers: Record<string, string> = {
    accept: "text/html, text/plain;q=0.9",
    "user-agent": "typedcloud-docs (reads one page a week, one at a time)",
  };
  if (seen.etag !== undefined) headers["if-none-match"] = seen.etag;
  if (seen.lastModified !== undefined) headers["if-modified-since"] = seen.lastModified;
  const response = await request(address, headers);
  if (response.status === 304) return { text: undefined };
  if (!response.ok) {
    const [when] = [response.headers.get("retry-after")];
    throw new Failure(
      `${address}: the server answered ${response.status}${when === null ? "" : `, and asks to wait ${when}`}.`,
    );
  }
  const type = response.headers.get("content-type") ?? "";
  if (!/html|text|markdown/i.test(type))
    throw new Failure(`${address}: the server sent ${type || "no content type"}, not a page.`);
  const text = await readText(address, response);
  const [etag, lastModified] = [response.headers.get("etag"), response.headers.get("last-modified")];
  return { text, ...(etag === null ? {} : { etag }), ...(lastModified === null ? {} : { lastModified }) };
}

async function request(address: string, headers: Record<string, string>): Promise<Response> {
  try {
    return await fetch(address, { headers, signal: AbortSignal.timeout(PATIENCE) });
  } catch (error) {
    const cause =
      error instanceof Error
        ? error.cause instanceof Error
          ? error.cause.message
          : error.message
        : String(error);
    throw new Failure(`${address}: ${cause}`);
  }
}

async function readText(address: string, response: Response): Promise<string> {
  const length = Number(response.headers.get("content-length") ?? 0);
  if (length > LARGEST) throw new Failure(`${address}: ${length} bytes are no page.`);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > LARGEST) throw new Failure(`${address}: more than ${LARGEST} bytes are no page.`);
    parts.push(part);
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}
