/** Where a client's credentials come from. */

import { findCredentials } from "#credentials/alibabacloud";
import { type CredentialSource, fixed } from "../credentials.js";
import { CredentialCache, credentialsError, inTime, shared } from "../credentials-cache.js";
import { isObject } from "../fields.js";
import type { Context } from "../provider.js";
import {
  type AlibabaCloudCredentialProvider,
  type AlibabaCloudCredentials,
  type AlicloudCredential,
  type Snapshot,
  takeAlicloud,
  takeSnapshot,
} from "./credentials.js";

/** How long before their end credentials are renewed, as the official SDKs do; and up to half of it more at random. */
const REFRESH_BEFORE_MS = 15 * 60_000;

/** Credentials by value, from a function, from a client of `@alicloud/credentials`, or from wherever there are any. */
export function sourceOf(
  given: AlibabaCloudCredentials | AlibabaCloudCredentialProvider | AlicloudCredential | undefined,
  region: string | undefined,
): CredentialSource<Snapshot> {
  const from = given === undefined ? findCredentials : given; // null is a mistake, not a wish for any
  if (typeof from === "function") {
    const client = region === undefined ? {} : { region };
    const load = async (context: Context) => takeSnapshot(await from({ ...context, ...client }));
    const create = () => new CredentialCache(load, REFRESH_BEFORE_MS);
    return given ? shared(from, region ?? "", create) : create();
  }
  // It keeps and renews its credentials itself. What JavaScript callers give may be anything.
  if (isObject(from as unknown) && "getCredential" in from) {
    const get = () =>
      inTime(takeAlicloud(from)).catch((error: unknown) => {
        throw credentialsError(error);
      });
    return { get, invalidate: () => {}, renewable: true };
  }
  return fixed(takeSnapshot(from));
}
