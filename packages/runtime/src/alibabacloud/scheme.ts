/** How Alibaba Cloud's requests are signed, and what its refusals mean. */

import type { UnsignedRequest } from "../provider.js";
import type { Scheme, SignedHeaders } from "../signing.js";
import type { Snapshot } from "./credentials.js";
import { canonicalRequestIn, refusal } from "./refusal.js";
import { commonHeaders, sign } from "./sign.js";

/** For services of the style RPC, or else ROA. */
export const createScheme = (rpc: boolean): Scheme<Snapshot> => ({
  sign: (request, credentials, date): SignedHeaders => {
    const nonce = crypto.randomUUID();
    if (!("bearerToken" in credentials)) return sign(request, credentials, date, nonce);
    if (rpc) addSignatureType(request);
    return {
      headers: {
        ...commonHeaders(request, date, nonce),
        "x-acs-bearer-token": credentials.bearerToken,
        ...(!rpc && { "x-acs-signature-type": "BEARERTOKEN" }),
      },
    };
  },
  secretsOf: (credentials) =>
    "bearerToken" in credentials
      ? [credentials.bearerToken]
      : [credentials.accessKeySecret, credentials.securityToken],
  canonicalRequestIn,
  refusal,
});

/** With a bearer token there is no signature, and RPC wants to be told so in the query. */
function addSignatureType({ url }: UnsignedRequest): void {
  if (!/[?&]SignatureType=/.test(url.search))
    url.search += `${url.search ? "&" : "?"}SignatureType=BEARERTOKEN`;
}
