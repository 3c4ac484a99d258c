/** Profiles: `~/.aliyun/config.json` of the command line tool, and `~/.alibabacloud/credentials`. */

import { checkSecret, parseSecretJson } from "../credentials.js";
import { enabled, env, inHome, readOptional, readToken } from "../credentials-host.js";
import { parseIni } from "../credentials-ini.js";
import { CredentialsError, NotConfiguredError } from "../errors.js";
import { at, isObject, type Json } from "../fields.js";
import type { AlibabaCloudContext, AlibabaCloudCredentials } from "./credentials.js";
import { stsEndpoint } from "./environment.js";
import { meantRole } from "./instance-role.js";
import { assumeRole, assumeRoleWithOidc } from "./sts.js";

/** Looks into both files for the profile that `ALIBABA_CLOUD_PROFILE` names, or else for their own default. */
export async function fromProfile(context: AlibabaCloudContext): Promise<AlibabaCloudCredentials> {
  const named = env("ALIBABA_CLOUD_PROFILE");
  const reasons: string[] = [];
  for (const file of [fromCommandLineTool, fromCredentialsFile]) {
    try {
      return await file(context, named);
    } catch (error) {
      if (!(error instanceof NotConfiguredError)) throw error;
      reasons.push(error.message);
    }
  }
  // Somebody means a certain account: another one must not be used instead.
  if (named)
    throw new CredentialsError(
      `ALIBABA_CLOUD_PROFILE: no file has the profile "${named}" (${reasons.join("; ")})`,
    );
  throw new NotConfiguredError(reasons.join("; "));
}

async function fromCommandLineTool(
  context: AlibabaCloudContext,
  named: string | undefined,
): Promise<AlibabaCloudCredentials> {
  if (enabled("ALIBABA_CLOUD_CLI_PROFILE_DISABLED"))
    throw new NotConfiguredError("profiles of the command line tool are disabled");
  const path = inHome(".aliyun", "config.json");
  const text = await readOptional(path);
  if (text === undefined) throw new NotConfiguredError(`there is no ${path}`);
  const config = parseSecretJson(text, () => new CredentialsError(`${path} is not JSON`));
  const profiles = at(config, "profiles");
  const name = named ?? at(config, "current") ?? "default";
  const profile = Array.isArray(profiles) ? profiles.find((each) => at(each, "name") === name) : undefined;
  if (!isObject(profile)) throw new NotConfiguredError(`${path} has no profile "${String(name)}"`);
  return readProfile(profile, {
    path: `${path}, profile "${String(name)}"`,
    all: profiles as unknown[],
    context,
  }); // an array: found in it
}

/** Where a profile stands: for messages, and for profiles that build on others. */
interface Place {
  readonly path: string;
  readonly all: readonly unknown[];
  readonly context: AlibabaCloudContext;
}

async function readProfile(profile: Json, place: Place, depth = 0): Promise<AlibabaCloudCredentials> {
  const { path, context } = place;
  const text = (name: string): string => {
    const value = profile[name];
    if (typeof value === "string" && value) return value;
    throw new CredentialsError(`${path}: ${name} is missing`);
  };
  const secret = (name: string): string => checkSecret(`${path}: ${name}`, text(name));
  const key = () => ({ accessKeyId: secret("access_key_id"), accessKeySecret: secret("access_key_secret") });
  const role = () => ({
    roleArn: text("ram_role_arn"),
    ...(profile.ram_session_name ? { roleSessionName: text("ram_session_name") } : {}),
    ...(profile.expired_seconds ? { durationSeconds: Number(profile.expired_seconds) } : {}),
    stsEndpoint: stsEndpoint(
      profile.sts_region ? text("sts_region") : undefined,
      profile.enable_vpc === true,
    ),
  });
  switch (profile.mode) {
    case "AK":
      return key();
    case "StsToken":
      return { ...key(), securityToken: secret("sts_token") };
    case "RamRoleArn": {
      const token = profile.sts_token ? { securityToken: secret("sts_token") } : {};
      return assumeRole({ ...role(), credentials: { ...key(), ...token } })(context);
    }
    case "EcsRamRole":
      return meantRole(path, context, profile.ram_role_name ? text("ram_role_name") : undefined);
    case "OIDC":
      return assumeRoleWithOidc(context, {
        ...role(),
        oidcProviderArn: text("oidc_provider_arn"),
        oidcToken: checkSecret(
          `${path}: oidc_token_file`,
          await readToken(`${path}: oidc_token_file`, text("oidc_token_file")),
        ),
      });
    case "ChainableRamRoleArn": {
      const name = text("source_profile");
      const source = place.all.find((each) => at(each, "name") === name);
      if (!isObject(source) || depth > 9) throw new CredentialsError(`${path}: source_profile leads nowhere`);
      const credentials = await readProfile(
        source,
        { ...place, path: `${path}, source_profile "${name}"` },
        depth + 1,
      );
      return assumeRole({ ...role(), credentials })(context);
    }
    default:
      throw new CredentialsError(
        `${path}: the mode "${String(profile.mode)}" is not supported. Supported are AK, StsToken, RamRoleArn, EcsRamRole, OIDC and ChainableRamRoleArn; for others give credentials: new Credential() of @alicloud/credentials`,
      );
  }
}

async function fromCredentialsFile(
  context: AlibabaCloudContext,
  named: string | undefined,
): Promise<AlibabaCloudCredentials> {
  const given = env("ALIBABA_CLOUD_CREDENTIALS_FILE");
  const path = given ?? inHome(".alibabacloud", "credentials");
  const text = await readOptional(path);
  if (text === undefined) {
    if (given) throw new CredentialsError(`ALIBABA_CLOUD_CREDENTIALS_FILE: the file ${path} does not exist`);
    throw new NotConfiguredError(`there is no ${path}`);
  }
  const name = named ?? "default";
  const section = parseIni(text, path).get(name);
  if (!section) {
    const why = `${path} has no section [${name}]`;
    throw given
      ? new CredentialsError(`ALIBABA_CLOUD_CREDENTIALS_FILE: ${why}`)
      : new NotConfiguredError(why);
  }
  const get = (key: string): string => {
    const value = section.get(key);
    if (value) return value;
    throw new CredentialsError(`${path}, [${name}]: ${key} is missing`);
  };
  const key = () => ({
    accessKeyId: checkSecret(`${path}, [${name}]: access_key_id`, get("access_key_id")),
    accessKeySecret: checkSecret(`${path}, [${name}]: access_key_secret`, get("access_key_secret")),
  });
  switch (get("type")) {
    case "access_key":
      return key();
    case "sts":
      return {
        ...key(),
        securityToken: checkSecret(`${path}, [${name}]: security_token`, get("security_token")),
      };
    case "ecs_ram_role":
      return meantRole(`${path}, [${name}]`, context, section.get("role_name") || undefined);
    case "ram_role_arn": {
      const [roleSessionName, policy] = [section.get("role_session_name"), section.get("policy")];
      return assumeRole({
        roleArn: get("role_arn"),
        ...(roleSessionName && { roleSessionName }),
        ...(policy && { policy }),
        stsEndpoint: stsEndpoint(),
        credentials: key(),
      })(context);
    }
    default:
      throw new CredentialsError(
        `${path}, [${name}]: the type "${get("type")}" is not supported. Supported are access_key, sts, ecs_ram_role and ram_role_arn`,
      );
  }
}
