/** Where credentials come from if none are given, in browsers and workers: there is nowhere to look. */

import { ConfigError } from "./errors.js";

export const findCredentials = (): never => {
  throw new ConfigError(
    "give credentials: this platform has no environment variables and no files to find them in",
  );
};
