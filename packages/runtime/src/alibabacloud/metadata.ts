/** The temporary AccessKey of an ECS, from its metadata service. The ECS needs a RAM role. */

import { parseSecretJson } from "../credentials.js";
import { askMetadata } from "../credentials-http.js";
import { CredentialsError, NotConfiguredError } from "../errors.js";
import { at } from "../fields.js";
import type { Context } from "../provider.js";
import type { AccessKey, AlibabaCloudCredentialProvider } from "./credentials.js";
import { readCredentials } from "./sts.js";

const ADDRESS = "http://100.100.100.200/latest";
const CREDENTIALS = `${ADDRESS}/meta-data/ram/security-credentials/`;
const TTL_SECONDS = 6 * 60 * 60;

/** Which role, and how it is asked for. */
export interface EcsRamRoleOptions {
  /** The RAM role's name. Default: the one that the ECS has. */
  readonly roleName?: string | undefined;
  /** Never ask version 1 of the metadata service, which takes no token. Default false. */
  readonly disableImdsV1?: boolean | undefined;
}

/** Acts as the RAM role of the ECS that this runs on. */
export const ecsRamRole =
  (options: EcsRamRoleOptions = {}): AlibabaCloudCredentialProvider =>
  async (context) => {
    const headers = await sessionHeaders(context, options.disableImdsV1 === true);
    const roleName = options.roleName ?? (await roleOf(context, headers));
    const answer = await askMetadata(context, CREDENTIALS + encodeURIComponent(roleName), { headers });
    if (answer.status !== 200)
      throw new CredentialsError(
        `ECS metadata: no AccessKey is given for the role ${roleName} (${answer.status})`,
      );
    return readAnswer(answer.text, answer.headers, context);
  };

async function sessionHeaders(context: Context, disableImdsV1: boolean): Promise<Record<string, string>> {
  const { status, text } = await askMetadata(context, `${ADDRESS}/api/token`, {
    method: "PUT",
    headers: { "X-aliyun-ecs-metadata-token-ttl-seconds": String(TTL_SECONDS) },
  });
  if (status === 200) return { "X-aliyun-ecs-metadata-token": text.trim() };
  if (disableImdsV1)
    throw new CredentialsError(`ECS metadata: no token is given (${status}), and version 1 is disabled`);
  return {};
}

async function roleOf(context: Context, headers: Record<string, string>): Promise<string> {
  const { status, text } = await askMetadata(context, CREDENTIALS, { headers });
  const name = text.trim();
  if (status === 404 || !name)
    throw new NotConfiguredError("the ECS has no RAM role: give it one in the console to use its identity");
  if (status !== 200)
    throw new NotConfiguredError(`what answers at ${ADDRESS} is not an ECS's metadata service (${status})`);
  return name;
}

function readAnswer(text: string, headers: Headers, { now }: Context): AccessKey {
  const data = parseSecretJson(text, () => new CredentialsError("ECS metadata: the answer is not JSON"));
  if (at(data, "Code") !== "Success") throw new CredentialsError("ECS metadata: the answer is not a success");
  return readCredentials("ECS metadata", data, headers, now());
}
