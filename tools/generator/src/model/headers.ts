import type { ParameterPlace } from "./parameters.ts";
import type { Report } from "./report.ts";

/** Headers of signing and transport. The runtime refuses callers who set them: test/accepted.test.ts compares the two. */
export const RESERVED =
  /^(authorization|host|content-length|content-type|connection|x-sdk-.*|x-acs-.*|x-auth-token|x-security-token|transfer-encoding|upgrade|expect|keep-alive|te|trailer)$/i;

/** Refuses header parameters that no caller could send. */
export function checkHeaders(headers: readonly ParameterPlace[], report: Report): void {
  for (const { name, place } of headers) {
    const refuse = (message: string) => report(place.at("name").problem("header", message));
    if (!/^[A-Za-z0-9-]+$/.test(name))
      refuse(`"${name}" is no header's name. Use letters, digits and hyphens.`);
    else if (RESERVED.test(name))
      refuse(`"${name}" is set by the client. Leave it out; credentials are security schemes.`);
  }
}
