/** The temporary access key of an ECS, from its metadata service. The ECS needs an agency. */

import { parseSecretJson } from "../credentials.js";
import { askMetadata } from "../credentials-http.js";
import { CredentialsError, NotConfiguredError } from "../errors.js";
import type { Context } from "../provider.js";
import type { AccessKey, HuaweiCloudCredentialProvider } from "./credentials.js";
import { readAccessKey } from "./iam.js";

const ADDRESS = "http://169.254.169.254";
const TTL_SECONDS = 6 * 60 * 60;

/** Acts as the agency of the ECS that this runs on. */
export const ecsMetadata = (): HuaweiCloudCredentialProvider => (context) => fromMetadata(context);

/** Asks the metadata service: version 2, which wants a token, and version 1 where there is no 2. */
export async function fromMetadata(context: Context): Promise<AccessKey> {
  const session = await askMetadata(context, `${ADDRESS}/meta-data/latest/api/token`, {
    method: "PUT",
    headers: { "X-Metadata-Token-Ttl-Seconds": String(TTL_SECONDS) },
  });
  const version1 = [404, 405, 503].includes(session.status);
  // The address is every cloud's, and proxies answer there too.
  if (!version1 && session.status !== 200)
    throw new NotConfiguredError(
      `what answers at ${ADDRESS} is not an ECS's metadata service (${session.status})`,
    );
  const { status, text, headers } = await askMetadata(context, `${ADDRESS}/openstack/latest/securitykey`, {
    headers: version1 ? {} : { "X-Metadata-Token": session.text.trim() },
  });
  if (status === 404 || /configure Cloud Service Agency/i.test(text)) {
    throw new NotConfiguredError("the ECS has no agency: give it one in the console to use its identity");
  }
  if (status !== 200) throw new CredentialsError(`ECS metadata: no access key is given (${status})`);
  const data = parseSecretJson(text, () => new CredentialsError("ECS metadata: the answer is not JSON"));
  return readAccessKey("ECS metadata", data, headers, context.now());
}
