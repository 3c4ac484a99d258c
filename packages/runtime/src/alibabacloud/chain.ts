/** Where Alibaba Cloud's credentials are looked for if none are given: the places of the official SDKs, in their order. */

import { firstOf, type Place } from "../credentials-chain.js";
import type { AlibabaCloudContext, AlibabaCloudCredentials } from "./credentials.js";
import { fromEnvironment, fromOidc, fromUri } from "./environment.js";
import { fromMetadata } from "./instance-role.js";
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
