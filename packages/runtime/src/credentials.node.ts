/** Where credentials come from if none are given, on Node. Each cloud's sources are loaded when they are needed. */

import type { AlibabaCloudCredentialProvider } from "./alibabacloud/credentials.js";
import type { HuaweiCloudCredentialProvider } from "./huaweicloud/credentials.js";

export const huaweicloudCredentials: HuaweiCloudCredentialProvider = async (context) =>
  (await import("./huaweicloud/chain.js")).findCredentials(context);

export const alibabacloudCredentials: AlibabaCloudCredentialProvider = async (context) =>
  (await import("./alibabacloud/chain.js")).findCredentials(context);
