/** Huawei Cloud's credentials, as an application gives them. */

import { checkExpiry, checkNames, checkOptional, checkSecret, type Expiring } from "../credentials.js";
import { checkEndpoint } from "../endpoint.js";
import { ConfigError } from "../errors.js";
import { isObject } from "../fields.js";
import type { Context } from "../provider.js";

/** An access key: requests are signed with it. */
export interface AccessKey {
  /** Access key ID. */
  readonly ak: string;
  /** Secret access key. Never sent. */
  readonly sk: string;
  /** The token of a temporary access key. */
  readonly securityToken?: string | undefined;
  /** When a temporary access key ends. */
  readonly expiresAt?: Date | number | undefined;
  /** The project that goes with the key, where the source of the key knows it. */
  readonly projectId?: string | undefined;
  /** The account that goes with the key, where the source of the key knows it. */
  readonly domainId?: string | undefined;
  /** The address of IAM that goes with the key. */
  readonly iamEndpoint?: string | undefined;
}

/** An IAM token: it is sent as `X-Auth-Token` instead of a signature. */
export interface AuthToken {
  readonly token: string;
  /** When the token ends. */
  readonly expiresAt?: Date | number | undefined;
  /** The project that the token is good for, where the source of the token knows it. */
  readonly projectId?: string | undefined;
}

export type HuaweiCloudCredentials = AccessKey | AuthToken;

/** What a source of credentials may need to know of the client that asks. */
export interface HuaweiCloudContext extends Context {
  /** The client's region. */
  readonly region?: string;
  /** The client's project, if the client was given one. */
  readonly projectId?: string | undefined;
  /** The address of IAM. */
  readonly iamEndpoint: string;
}

/**
 * A source of credentials: asked when there are none yet, shortly before `expiresAt`, and after the server has refused
 * the last ones. One call at a time, however many requests wait for it. It has two minutes to answer. What it throws
 * becomes the cause of a CredentialsError, unless it is one.
 */
export type HuaweiCloudCredentialProvider = (
  context: HuaweiCloudContext,
) => HuaweiCloudCredentials | Promise<HuaweiCloudCredentials>;

/** Credentials as they are used: checked, and never changed. */
export type Snapshot = Readonly<
  (Omit<AccessKey, "expiresAt"> | Omit<AuthToken, "expiresAt">) &
    Expiring &
    Pick<AccessKey, "domainId" | "iamEndpoint">
>;

const NAMES = ["ak", "sk", "securityToken", "token", "expiresAt", "projectId", "domainId", "iamEndpoint"];

/** Checks credentials and copies them: whoever changes the object afterwards changes no request. */
export function takeSnapshot(given: unknown): Snapshot {
  if (!isObject(given)) throw new ConfigError("credentials must be an object, or a function that gives one");
  checkNames("credentials", given, NAMES);
  // Each is checked below.
  const { ak, sk, securityToken, token, expiresAt, projectId, domainId, iamEndpoint } = given as Partial<
    AccessKey & AuthToken
  >;
  const expiry = checkExpiry("credentials.expiresAt", expiresAt);
  const project = checkOptional("credentials.projectId", projectId);
  const domain = checkOptional("credentials.domainId", domainId);
  const rest = {
    ...(expiry !== undefined && { expiresAt: expiry }),
    ...(project !== undefined && { projectId: project }),
    ...(domain !== undefined && { domainId: domain }),
    ...(iamEndpoint !== undefined && { iamEndpoint: checkEndpoint("credentials.iamEndpoint", iamEndpoint) }),
  };
  if (token !== undefined) {
    if (ak !== undefined || sk !== undefined)
      throw new ConfigError("credentials: give a token or an access key, not both");
    return Object.freeze({ token: checkSecret("credentials.token", token), ...rest });
  }
  const security = checkOptional("credentials.securityToken", securityToken);
  return Object.freeze({
    ak: checkSecret("credentials.ak", ak),
    sk: checkSecret("credentials.sk", sk),
    ...(security !== undefined && { securityToken: security }),
    ...rest,
  });
}
