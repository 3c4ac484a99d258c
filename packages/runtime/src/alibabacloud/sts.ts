/** Alibaba Cloud's STS: temporary AccessKeys for roles. */

import { checkNames } from "../credentials.js";
import { ask, localExpiry } from "../credentials-http.js";
import { checkEndpoint } from "../endpoint.js";
import { ConfigError, CredentialsError } from "../errors.js";
import { at } from "../fields.js";
import type { Context } from "../provider.js";
import { createSigning } from "../signing.js";
import { writeQuery } from "../url.js";
import type {
  AccessKey,
  AlibabaCloudCredentialProvider,
  AlibabaCloudCredentials,
  AlicloudCredential,
} from "./credentials.js";
import { errorKind } from "./refusal.js";
import { createScheme } from "./scheme.js";
import { sourceOf } from "./source.js";

/** A role to act as. */
export interface AssumeRoleOptions {
  /** `acs:ram::<account>:role/<name>` */
  readonly roleArn: string;
  /** What audit logs call this session. Default `"typedcloud"`. */
  readonly roleSessionName?: string | undefined;
  /** How long a session lasts. Seconds, 900 or more; default 3600. */
  readonly durationSeconds?: number | undefined;
  /** A RAM policy, as JSON, that limits the session further. */
  readonly policy?: string | undefined;
  readonly externalId?: string | undefined;
  /** Who assumes the role. Default: what a client without `credentials` uses. */
  readonly credentials?:
    | AlibabaCloudCredentials
    | AlibabaCloudCredentialProvider
    | AlicloudCredential
    | undefined;
  /** The address of STS. Default `https://sts.aliyuncs.com`. */
  readonly stsEndpoint?: string | undefined;
}

const NAMES = [
  "roleArn",
  "roleSessionName",
  "durationSeconds",
  "policy",
  "externalId",
  "credentials",
  "stsEndpoint",
];

/** Acts as a role (AssumeRole). The temporary AccessKey is fetched once, and renewed before it ends. */
export function assumeRole(options: AssumeRoleOptions): AlibabaCloudCredentialProvider {
  checkNames("assumeRole", options, NAMES);
  const { policy, externalId } = options;
  const session = checkSession("assumeRole", options);
  const endpoint = checkEndpoint("assumeRole.stsEndpoint", options.stsEndpoint ?? "https://sts.aliyuncs.com");
  const source = sourceOf(options.credentials, undefined);
  const signing = createSigning(source, createScheme(true));
  return async (context) => {
    const credentials = await source.get(context);
    if ("bearerToken" in credentials)
      throw new ConfigError("assumeRole: a role is assumed with an AccessKey, not with a bearer token");
    const form = {
      ...session,
      ...(policy !== undefined && { Policy: policy }),
      ...(externalId !== undefined && { ExternalId: externalId }),
    };
    const { data, response } = await ask(context, {
      source: "assumeRole",
      name: "sts.assumeRole",
      request: {
        method: "POST",
        url: new URL(`${endpoint}/`),
        headers: { ...FORM, "x-acs-action": "AssumeRole", "x-acs-version": VERSION },
        body: writeQuery(form, () => [], "sts.assumeRole", "body"),
      },
      secrets: [credentials.accessKeySecret, credentials.securityToken],
      signing,
      errorKind,
      mend: "Check the role's ARN and trust policy, and that the AccessKey may call sts:AssumeRole",
    });
    return readCredentials("assumeRole", at(data, "Credentials"), response.headers, context.now());
  };
}

const VERSION = "2015-04-01";
const FORM = { accept: "application/json", "content-type": "application/x-www-form-urlencoded" };

/** A role to act as with the token of an OpenID Connect provider. */
export interface OidcRole
  extends Pick<AssumeRoleOptions, "roleArn" | "roleSessionName" | "durationSeconds" | "policy"> {
  readonly oidcProviderArn: string;
  readonly oidcToken: string;
  readonly stsEndpoint: string;
}

/** Changes the token of an OpenID Connect provider into a temporary AccessKey (AssumeRoleWithOIDC). Not signed. */
export async function assumeRoleWithOidc(context: Context, role: OidcRole): Promise<AccessKey> {
  const { oidcProviderArn, oidcToken, stsEndpoint, policy } = role;
  const timestamp = `${new Date(context.now()).toISOString().slice(0, 19)}Z`;
  const query = { Action: "AssumeRoleWithOIDC", Format: "JSON", Timestamp: timestamp, Version: VERSION };
  const form = {
    OIDCProviderArn: oidcProviderArn,
    OIDCToken: oidcToken,
    ...checkSession("OIDC role", role),
    ...(policy !== undefined && { Policy: policy }),
  };
  const { data, response } = await ask(context, {
    source: "OIDC role",
    name: "sts.assumeRoleWithOIDC",
    request: {
      method: "POST",
      url: new URL(`${stsEndpoint}/?${writeQuery(query, () => [], "sts.assumeRoleWithOIDC")}`),
      headers: FORM,
      body: writeQuery(form, () => [], "sts.assumeRoleWithOIDC", "body"),
    },
    secrets: [oidcToken],
    errorKind,
    mend: "Check the ARNs of role and OIDC provider, and that the token is valid and meant for them",
  });
  return readCredentials("OIDC role", at(data, "Credentials"), response.headers, context.now());
}

/** Reads a temporary AccessKey as STS, metadata services and credentials URIs write it. */
export function readCredentials(
  source: string,
  data: unknown,
  headers: Headers | undefined,
  now: number,
): AccessKey {
  const [accessKeyId, accessKeySecret, securityToken] = [
    "AccessKeyId",
    "AccessKeySecret",
    "SecurityToken",
  ].map((name) => at(data, name));
  if (
    typeof accessKeyId !== "string" ||
    typeof accessKeySecret !== "string" ||
    typeof securityToken !== "string"
  ) {
    throw new CredentialsError(`${source}: the answer lacks an AccessKey`);
  }
  const expiresAt = localExpiry(at(data, "Expiration"), undefined, headers, now);
  return { accessKeyId, accessKeySecret, securityToken, ...(expiresAt !== undefined && { expiresAt }) };
}

/** What every session of a role has. */
function checkSession(
  where: string,
  { roleArn, roleSessionName = "typedcloud", durationSeconds = 3600 }: Omit<AssumeRoleOptions, "credentials">,
) {
  if (typeof roleArn !== "string" || !/^acs:ram::\d+:role\/\S+$/.test(roleArn)) {
    throw new ConfigError(`${where}: roleArn must be a role's ARN, acs:ram::<account>:role/<name>`);
  }
  if (!Number.isSafeInteger(durationSeconds) || durationSeconds < 900) {
    throw new ConfigError(`${where}: durationSeconds must be an integer, 900 or more`);
  }
  return { RoleArn: roleArn, RoleSessionName: roleSessionName, DurationSeconds: durationSeconds };
}
