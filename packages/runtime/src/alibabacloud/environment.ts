/** Alibaba Cloud's environment variables. */

import { checkOptional, checkSecret } from "../credentials.js";
import { allOrNone } from "../credentials-chain.js";
import { enabled, env, readToken } from "../credentials-host.js";
import { ask, checkAddress } from "../credentials-http.js";
import { CredentialsError, NotConfiguredError } from "../errors.js";
import { at } from "../fields.js";
import type { AccessKey, AlibabaCloudContext } from "./credentials.js";
import { assumeRoleWithOidc, readCredentials } from "./sts.js";

/** An AccessKey. */
export function fromEnvironment(): AccessKey {
  const [id, secret, token] = [
    "ALIBABA_CLOUD_ACCESS_KEY_ID",
    "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
    "ALIBABA_CLOUD_SECURITY_TOKEN",
  ] as const;
  const found = allOrNone([id, secret], env);
  if (!found) throw new NotConfiguredError(`${id} and ${secret} are not set`);
  const securityToken = checkOptional(token, env(token));
  return {
    accessKeyId: checkSecret(id, found[id]),
    accessKeySecret: checkSecret(secret, found[secret]),
    ...(securityToken !== undefined && { securityToken }),
  };
}

/** A role that is assumed with an OpenID Connect token (RRSA of ACK, for instance). */
export async function fromOidc(context: AlibabaCloudContext): Promise<AccessKey> {
  const names = ["ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "ALIBABA_CLOUD_OIDC_TOKEN_FILE"] as const;
  const found = allOrNone(names, env);
  if (!found) throw new NotConfiguredError(`${names.join(" and ")} are not set`);
  const roleArn = env("ALIBABA_CLOUD_ROLE_ARN");
  if (roleArn === undefined)
    throw new CredentialsError(`ALIBABA_CLOUD_ROLE_ARN must be set too, because ${names.join(" and ")} is`);
  const file = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";
  const roleSessionName = env("ALIBABA_CLOUD_ROLE_SESSION_NAME");
  return assumeRoleWithOidc(context, {
    roleArn,
    oidcProviderArn: found.ALIBABA_CLOUD_OIDC_PROVIDER_ARN,
    oidcToken: checkSecret(file, await readToken(file, found[file])),
    stsEndpoint: stsEndpoint(),
    ...(roleSessionName !== undefined && { roleSessionName }),
  });
}

/** A local service that gives a temporary AccessKey. */
export async function fromUri(context: AlibabaCloudContext): Promise<AccessKey> {
  const name = "ALIBABA_CLOUD_CREDENTIALS_URI";
  const value = env(name);
  if (value === undefined) throw new NotConfiguredError(`${name} is not set`);
  const { data, response } = await ask(context, {
    source: name,
    name: "credentialsUri.get",
    request: { method: "GET", url: checkAddress(name, value), headers: { accept: "application/json" } },
    secrets: [value],
    mend: `Check that ${name} is the right address`,
  });
  const code = at(data, "Code");
  if (code !== undefined && code !== "Success")
    throw new CredentialsError(`${name}: the answer is not a success`);
  return readCredentials(name, data, response.headers, context.now());
}

/** The address of STS: a region's if one is named, within its network if that is switched on. */
export function stsEndpoint(
  region = env("ALIBABA_CLOUD_STS_REGION"),
  vpc = enabled("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED"),
): string {
  if (region === undefined) return "https://sts.aliyuncs.com";
  if (!/^[a-z0-9-]+$/.test(region)) throw new CredentialsError("the region of STS must be a region's id");
  return `https://sts${vpc ? "-vpc" : ""}.${region}.aliyuncs.com`;
}
