import { MIMEType } from "node:util";
import { Failure } from "../failure.ts";

/** The text of a page, in the encoding that its server or the page itself names. */
export function decode(bytes: Uint8Array, contentType: string, address: string): string {
  const label = fromHeader(contentType) ?? encodingOf(bytes) ?? "utf-8";
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    throw new Failure(`${address}: the page is in "${label}", which is no encoding that is known here.`);
  }
}

function fromHeader(contentType: string): string | undefined {
  try {
    return new MIMEType(contentType).params.get("charset") ?? undefined;
  } catch {
    return undefined;
  }
}

/** HTML names its encoding in its first kilobyte, in ASCII. */
function encodingOf(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString("latin1");
  return /<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{1,40})/i.exec(head)?.[1];
}

/** The mark that some files begin with says more than the page: it may have been saved in another encoding. */
const MARKS: readonly (readonly [string, readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/** Browsers save pages as UTF-8, as UTF-16, or in the encoding that the page names. */
export function decodeSaved(bytes: Uint8Array, name: string): string {
  const [mark] = MARKS.find(([, start]) => start.every((byte, index) => bytes[index] === byte)) ?? [];
  const encoding = mark ?? encodingOf(bytes) ?? "utf-8";
  const decode = (stream: boolean) => new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream });
  try {
    return decode(false);
  } catch {
    throw new Failure(
      isAccepted(() => decode(true))
        ? `${name}: it ends in the middle of a character: it was cut short. Save it again.`
        : `${name}: this is no text in ${encoding.toUpperCase()}. Save it as UTF-8.`,
    );
  }
}

function isAccepted(decode: () => string): boolean {
  try {
    decode();
    return true;
  } catch {
    return false;
  }
}
