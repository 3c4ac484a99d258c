/** Alibaba Cloud's credentials, as an application gives them. */

import { checkExpiry, checkNames, checkOptional, checkSecret, type Expiring } from "../credentials.js";
import { ConfigError } from "../errors.js";
import { isObject } from "../fields.js";
import type { Context } from "../provider.js";

/** An AccessKey: requests are signed with it. */
export interface AccessKey {
  readonly accessKeyId: string;
  /** Never sent. */
  readonly accessKeySecret: string;
  /** The token of a temporary AccessKey (STS). */
  readonly securityToken?: string | undefined;
  /** When a temporary AccessKey ends. */
  readonly expiresAt?: Date | number | undefined;
}

/** A bearer token: it is sent instead of a signature. */
export interface BearerToken {
  readonly bearerToken: string;
  readonly expiresAt?: Date | number | undefined;
}

export type AlibabaCloudCredentials = AccessKey | BearerToken;

/** What a source of credentials may need to know of the client that asks. */
export interface AlibabaCloudContext extends Context {
  /** The client's region. */
  readonly region?: string;
}

/**
 * A source of credentials: asked when there are none yet, shortly before `expiresAt`, and after the server has refused
 * the last ones. One call at a time, however many requests wait for it. It has two minutes to answer. What it throws
 * becomes the cause of a CredentialsError, unless it is one.
 */
export type AlibabaCloudCredentialProvider = (
  context: AlibabaCloudContext,
) => AlibabaCloudCredentials | Promise<AlibabaCloudCredentials>;

/** The shape of a client of the package `@alicloud/credentials`. It renews its credentials itself. */
export interface AlicloudCredential {
  getCredential(): Promise<{
    accessKeyId?: string | undefined;
    accessKeySecret?: string | undefined;
    securityToken?: string | undefined;
    bearerToken?: string | undefined;
  }>;
}

/** Credentials as they are used: checked, and never changed. */
export type Snapshot = Readonly<(Omit<AccessKey, "expiresAt"> | Omit<BearerToken, "expiresAt">) & Expiring>;

const NAMES = ["accessKeyId", "accessKeySecret", "securityToken", "bearerToken", "expiresAt"];

/** Checks credentials and copies them: whoever changes the object afterwards changes no request. */
export function takeSnapshot(given: unknown): Snapshot {
  if (!isObject(given)) throw new ConfigError("credentials must be an object, or a function that gives one");
  checkNames("credentials", given, NAMES);
  // Each is checked below.
  const { accessKeyId, accessKeySecret, securityToken, bearerToken, expiresAt } = given as Partial<
    AccessKey & BearerToken
  >;
  const expiry = checkExpiry("credentials.expiresAt", expiresAt);
  const rest = expiry === undefined ? {} : { expiresAt: expiry };
  if (bearerToken !== undefined) {
    if (accessKeyId !== undefined || accessKeySecret !== undefined) {
      throw new ConfigError("credentials: give a bearer token or an AccessKey, not both");
    }
    return Object.freeze({ bearerToken: checkSecret("credentials.bearerToken", bearerToken), ...rest });
  }
  const token = checkOptional("credentials.securityToken", securityToken);
  return Object.freeze({
    accessKeyId: checkSecret("credentials.accessKeyId", accessKeyId),
    accessKeySecret: checkSecret("credentials.accessKeySecret", accessKeySecret),
    ...(token !== undefined && { securityToken: token }),
    ...rest,
  });
}

/** Reads what `@alicloud/credentials` gives: it fills what is not there with empty strings. */
export async function takeAlicloud(credential: AlicloudCredential): Promise<Snapshot> {
  const { accessKeyId, accessKeySecret, securityToken, bearerToken } = await credential.getCredential();
  return bearerToken
    ? takeSnapshot({ bearerToken })
    : takeSnapshot({ accessKeyId, accessKeySecret, ...(securityToken && { securityToken }) });
}
