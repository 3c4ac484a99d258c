/** Where credentials come from if none are given, on Node: loaded when they are needed. */

import type { AlibabaCloudCredentialProvider } from "./credentials.js";

export const findCredentials: AlibabaCloudCredentialProvider = async (context) =>
  (await import("./chain.js")).findCredentials(context);
