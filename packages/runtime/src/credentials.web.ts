/** Where credentials come from if none are given, in browsers and workers: there is nowhere to look. */

import type { AlibabaCloudCredentialProvider } from "./alibabacloud/credentials.js";
import { ConfigError } from "./errors.js";
import type { HuaweiCloudCredentialProvider } from "./huaweicloud/credentials.js";

const refuse = (): never => {
  throw new ConfigError(
    "give credentials: this platform has no environment variables and no files to find them in",
  );
};

export const huaweicloudCredentials: HuaweiCloudCredentialProvider = refuse;
export const alibabacloudCredentials: AlibabaCloudCredentialProvider = refuse;
