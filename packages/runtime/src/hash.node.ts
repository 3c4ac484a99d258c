/** Hashes on Node: synchronous, and about ten times cheaper than WebCrypto's asynchronous ones. */

let loaded: typeof import("node:crypto") | undefined;

/**
 * Loaded for the first signature, not with the client. An `import` would cost a third of a client's start, and nothing
 * is lost by waiting: the first `fetch` needs the module, too.
 */
const crypto = () => (loaded ??= process.getBuiltinModule("node:crypto"));

/** SHA-256, in lower-case hex. */
export const sha256 = (data: string | Uint8Array): string =>
  crypto().createHash("sha256").update(data).digest("hex");

/** HMAC-SHA-256, in lower-case hex. */
export const hmacSha256 = (key: string, data: string): string =>
  crypto().createHmac("sha256", key).update(data).digest("hex");

/** HKDF-SHA-256 (RFC 5869), 32 bytes, in lower-case hex. */
export const hkdfSha256 = (secret: string, salt: string, info: string): string =>
  Buffer.from(crypto().hkdfSync("sha256", secret, salt, info, 32)).toString("hex");
