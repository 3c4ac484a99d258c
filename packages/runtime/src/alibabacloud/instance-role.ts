/** The RAM role of the ECS that this runs on, as environment variables and profiles name it. */

import { enabled, env } from "../credentials-host.js";
import { CredentialsError, NotConfiguredError } from "../errors.js";
import type { AlibabaCloudContext, AlibabaCloudCredentials } from "./credentials.js";
import { ecsRamRole } from "./metadata.js";

const ROLE = "ALIBABA_CLOUD_ECS_METADATA";

/** The role that the environment names, or else the one that the ECS has, if it is one. */
export async function fromMetadata(context: AlibabaCloudContext): Promise<AlibabaCloudCredentials> {
  if (isDisabled()) throw new NotConfiguredError("it is disabled");
  return env(ROLE) ? meantRole(ROLE, context) : ask(context);
}

/** The role that somebody named at `place`, who means it: without it, no other account may be used instead. */
export async function meantRole(
  place: string,
  context: AlibabaCloudContext,
  roleName?: string,
): Promise<AlibabaCloudCredentials> {
  if (isDisabled()) throw new CredentialsError(`${place}: the metadata service is disabled`);
  try {
    return await ask(context, roleName);
  } catch (error) {
    throw error instanceof NotConfiguredError ? new CredentialsError(`${place}: ${error.message}`) : error;
  }
}

const isDisabled = (): boolean => enabled("ALIBABA_CLOUD_ECS_METADATA_DISABLED");

function ask(
  context: AlibabaCloudContext,
  roleName = env(ROLE),
): AlibabaCloudCredentials | Promise<AlibabaCloudCredentials> {
  const disableImdsV1 = enabled("ALIBABA_CLOUD_IMDSV1_DISABLED");
  return ecsRamRole({ ...(roleName !== undefined && { roleName }), disableImdsV1 })(context);
}
