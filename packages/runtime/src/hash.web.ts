/** Hashes in browsers and workers: synchronous, as on Node, so that a signature is one plain function everywhere. */

import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 as sha } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

const bytes = (data: string | Uint8Array): Uint8Array =>
  typeof data === "string" ? utf8ToBytes(data) : data;

/** SHA-256, in lower-case hex. */
export const sha256 = (data: string | Uint8Array): string => bytesToHex(sha(bytes(data)));

/** HMAC-SHA-256, in lower-case hex. */
export const hmacSha256 = (key: string, data: string): string =>
  bytesToHex(hmac(sha, bytes(key), bytes(data)));

/** HKDF-SHA-256 (RFC 5869), 32 bytes, in lower-case hex. */
export const hkdfSha256 = (secret: string, salt: string, info: string): string =>
  bytesToHex(hkdf(sha, bytes(secret), bytes(salt), bytes(info), 32));
