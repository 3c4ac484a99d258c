/** Where credentials come from if none are given, on Node: loaded when they are needed. */

import type { HuaweiCloudCredentialProvider } from "./credentials.js";

export const findCredentials: HuaweiCloudCredentialProvider = async (context) =>
  (await import("./chain.js")).findCredentials(context);
