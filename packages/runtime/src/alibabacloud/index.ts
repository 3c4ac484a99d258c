/** Clients of Alibaba Cloud's services. */

import type { Client } from "../client.js";
import type { Operations, Service } from "../operation.js";
import { createService } from "../service.js";
import { type AlibabaCloudOptions, createProvider } from "./provider.js";

export type {
  AccessKey,
  AlibabaCloudContext,
  AlibabaCloudCredentialProvider,
  AlibabaCloudCredentials,
  AlicloudCredential,
  BearerToken,
} from "./credentials.js";
export { type EcsRamRoleOptions, ecsRamRole } from "./metadata.js";
export type { AlibabaCloudOptions } from "./provider.js";
export { type AssumeRoleOptions, assumeRole } from "./sts.js";

/** A client of one service. */
export type AlibabaCloudService<Schema, Descriptors extends Operations<Schema>> = Client<
  Schema,
  Descriptors,
  never
>;

/**
 * Makes a client of a service's descriptors. The generated packages call it.
 *
 * @throws ConfigError if an option cannot be used. Nothing is sent, and credentials are not looked for, before the
 * first call.
 */
export const createAlibabaCloudService = <Schema, Descriptors extends Operations<Schema>>(
  service: Service,
  operations: Descriptors,
  options: AlibabaCloudOptions = {},
): AlibabaCloudService<Schema, Descriptors> =>
  createService(service, operations, createProvider(service, options), options);
