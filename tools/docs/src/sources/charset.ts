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
export function encodingOf(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString("latin1");
  return /<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{1,40})/i.exec(head)?.[1];
}
