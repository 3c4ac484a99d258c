/** Reading a response's body: bounded in size, strict about what it is. */

import { ResponseFormatError, ResponseTooLargeError } from "./errors.js";

/** The body as text. Never holds more than `maxBytes` of it, counted after decompression. */
export async function readText(response: Response, maxBytes: number): Promise<string> {
  const length = Number(response.headers.get("content-length") ?? Number.NaN);
  if (length > maxBytes) {
    await response.body?.cancel();
    throw tooLarge(response, maxBytes);
  }
  // A body of declared length that is not compressed cannot outgrow it: no need to count.
  const bounded = length >= 0 && !response.headers.has("content-encoding");
  const bytes =
    bounded || !response.body
      ? await response.arrayBuffer()
      : await readBounded(response, response.body, maxBytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes); // drops a byte order mark
  } catch {
    throw new ResponseFormatError(`the body of status ${response.status} is not UTF-8`);
  }
}

async function readBounded(
  response: Response,
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw tooLarge(response, maxBytes);
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

const tooLarge = (response: Response, maxBytes: number) =>
  new ResponseTooLargeError(
    `the body of status ${response.status} is larger than maxResponseBytes (${maxBytes})`,
  );

/**
 * Parses a body. Integers that a JavaScript number cannot hold are refused, not rounded.
 *
 * @throws SyntaxError when the text is not JSON, RangeError when a number would be rounded.
 */
export function parseJson(text: string): unknown {
  if (/\d{16}/.test(text)) refuseRounding(text);
  return JSON.parse(text);
}

/** Strings are matched first and passed over, so that digits within them do not count. */
const STRING_OR_INTEGER = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

function refuseRounding(text: string): void {
  for (const [token] of text.matchAll(STRING_OR_INTEGER)) {
    if (token[0] !== '"' && !Number.isSafeInteger(Number(token))) {
      throw new RangeError(`the number ${token} is larger than JavaScript can hold exactly`);
    }
  }
}
