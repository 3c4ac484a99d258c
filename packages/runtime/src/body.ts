/** Reading a response's body: bounded in size, strict about what it is. */

import { ResponseFormatError, ResponseShapeError, ResponseTooLargeError } from "./errors.js";

/** The body as text. Never holds more than `maxBytes` of it, counted after decompression. */
export async function readText(response: Response, maxBytes: number): Promise<string> {
  const length = Number(response.headers.get("content-length") ?? Number.NaN);
  if (length > maxBytes) {
    await response.body?.cancel();
    throw tooLarge(maxBytes);
  }
  // A body of declared length that is not compressed cannot outgrow it: no need to count. To a page of another origin
  // browsers do not tell whether it was compressed.
  const bounded = length >= 0 && !response.headers.has("content-encoding") && response.type !== "cors";
  const bytes =
    bounded || !response.body ? await response.arrayBuffer() : await readBounded(response.body, maxBytes);
  if (bytes.byteLength > maxBytes) throw tooLarge(maxBytes); // a `fetch` that counts otherwise
  try {
    // Drops a byte order mark. A character that was cut off at the end goes, too: JSON ends with none that can be.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    throw new ResponseFormatError("the body is not UTF-8");
  }
}

async function readBounded(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw tooLarge(maxBytes);
    }
    chunks.push(read.value);
  }
  const [first] = chunks;
  if (first && chunks.length === 1) return first;
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

const tooLarge = (maxBytes: number) =>
  new ResponseTooLargeError(`the body is larger than maxResponseBytes (${maxBytes})`);

/**
 * Parses a body. An integer that a JavaScript number cannot hold is refused, not rounded: one that is wrong in its last
 * digits is worse than none.
 *
 * @throws ResponseShapeError when it is empty, ResponseFormatError when it is not JSON or a number would be rounded
 */
export function parseJson(text: string): unknown {
  if (!text) throw new ResponseShapeError("the body is empty");
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    const error = new ResponseFormatError("the body is not JSON");
    error.truncated = /^\s*[[{]/.test(text);
    throw error;
  }
  // After parsing: on text that is not JSON the expression below could take long.
  if (/\d{16}/.test(text)) refuseRounding(text);
  return body;
}

/** Numbers, and what begins and ends strings: a string as a whole, if it is long, is more than an expression can match. */
const QUOTE_OR_NUMBER = /\\.|"|-?\d+(?:[.eE][\d.eE+-]*)?/g;

/** Digits within strings do not count, and neither do fractions. */
function refuseRounding(text: string): void {
  let inString = false;
  for (const [token] of text.matchAll(QUOTE_OR_NUMBER)) {
    if (token === '"') inString = !inString;
    else if (!inString && /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)))
      throw new ResponseFormatError(
        `the number ${token.slice(0, 40)} is larger than JavaScript can hold exactly`,
      );
  }
}
