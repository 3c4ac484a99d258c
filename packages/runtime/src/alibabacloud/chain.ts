/** Where Alibaba Cloud's credentials are looked for if none are given: the places of the official SDKs, in their order. */

import { firstOf, type Place } from "../credentials-chain.js";
import { enabled, env } from "../credentials-host.js";
import { CredentialsError, NotConfiguredError } from "../errors.js";
import type { AlibabaCloudContext, AlibabaCloudCredentials } from "./credentials.js";
import { fromEnvironment, fromOidc, fromUri } from "./environment.js";
import { ecsRamRole } from "./metadata.js";
import { fromProfile } from "./profile.js";

const PLACES: readonly Place<AlibabaCloudCredentials, AlibabaCloudContext>[] = [
  ["environment", fromEnvironment],
  ["OIDC role", fromOidc],
  ["profile", fromProfile],
  ["ECS metadata", fromMetadata],
  ["credentials URI", fromUri],
];

export const findCredentials = (context: AlibabaCloudContext): Promise<AlibabaCloudCredentials> =>
  firstOf(PLACES, context);

async function fromMetadata(context: AlibabaCloudContext): Promise<AlibabaCloudCredentials> {
  if (enabled("ALIBABA_CLOUD_ECS_METADATA_DISABLED")) throw new NotConfiguredError("it is disabled");
  const roleName = env("ALIBABA_CLOUD_ECS_METADATA");
  const role = ecsRamRole({
    ...(roleName && { roleName }),
    disableImdsV1: enabled("ALIBABA_CLOUD_IMDSV1_DISABLED"),
  });
  try {
    return await role(context);
  } catch (error) {
    // Whoever names a role means it.
    if (roleName && error instanceof NotConfiguredError)
      throw new CredentialsError(`ALIBABA_CLOUD_ECS_METADATA: ${error.message}`);
    throw error;
  }
}
