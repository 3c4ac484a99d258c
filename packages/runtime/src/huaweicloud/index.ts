/** Clients of Huawei Cloud's services. */

import type { Client } from "../client.js";
import type { Operations, Service } from "../operation.js";
import { createService } from "../service.js";
import { createProvider, type HuaweiCloudOptions } from "./provider.js";

export type {
  AccessKey,
  AuthToken,
  HuaweiCloudContext,
  HuaweiCloudCredentialProvider,
  HuaweiCloudCredentials,
} from "./credentials.js";
export { type IamAccessKey, type IamUser, iamToken } from "./iam.js";
export { ecsMetadata } from "./metadata.js";
export type { HuaweiCloudOptions } from "./provider.js";

/** A client of one service. It fills the path's `project_id` in. */
export type HuaweiCloudService<Schema, Descriptors extends Operations<Schema>> = Client<
  Schema,
  Descriptors,
  "project_id"
>;

/**
 * Makes a client of a service's descriptors. The generated packages call it.
 *
 * @throws ConfigError if an option cannot be used. Nothing is sent, and credentials are not looked for, before the
 * first call.
 */
export const createHuaweiCloudService = <Schema, Descriptors extends Operations<Schema>>(
  service: Service,
  operations: Descriptors,
  options: HuaweiCloudOptions = {},
): HuaweiCloudService<Schema, Descriptors> =>
  createService(service, operations, createProvider(service, options), options);
