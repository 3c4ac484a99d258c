import { createHash, createHmac, timingSafeEqual } from "node:crypto";

export const sha256 = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");

export const hmacSha256 = (key: string, data: string): string =>
  createHmac("sha256", key).update(data).digest("hex");

export const md5 = (data: string): string => createHash("md5").update(data).digest("hex");

/** Compares two signatures without telling by its duration where they differ. */
export function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
