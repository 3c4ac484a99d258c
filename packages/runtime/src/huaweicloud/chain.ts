/** Where Huawei Cloud's credentials are looked for if none are given: the places of the official SDKs, in their order. */

import { checkOptional, checkSecret } from "../credentials.js";
import { allOrNone, firstOf, type Place } from "../credentials-chain.js";
import { env, inHome, readOptional, readToken } from "../credentials-host.js";
import { ask, checkAddress } from "../credentials-http.js";
import { parseIni } from "../credentials-ini.js";
import { checkEndpoint } from "../endpoint.js";
import { CredentialsError, NotConfiguredError } from "../errors.js";
import type { AccessKey, HuaweiCloudContext, HuaweiCloudCredentials } from "./credentials.js";
import { federate, readAccessKey } from "./iam.js";
import { fromMetadata } from "./metadata.js";

const PLACES: readonly Place<HuaweiCloudCredentials, HuaweiCloudContext>[] = [
  ["environment", fromEnvironment],
  ["file", fromFile],
  ["ECS metadata", fromMetadata],
  ["pod identity", fromPodIdentity],
];

export const findCredentials = (context: HuaweiCloudContext): Promise<HuaweiCloudCredentials> =>
  firstOf(PLACES, context);

type Setting =
  | "ak"
  | "sk"
  | "security_token"
  | "project_id"
  | "domain_id"
  | "iam_endpoint"
  | "idp_id"
  | "id_token_file";

/** What stands in the environment or in a file, and what it is called there. */
interface Settings {
  get(name: Setting): string | undefined;
  say(name: Setting): string;
}

async function fromEnvironment(context: HuaweiCloudContext): Promise<AccessKey> {
  const say = (name: Setting) => `HUAWEICLOUD_SDK_${name.toUpperCase()}`;
  const found = await fromSettings({ say, get: (name) => env(say(name)) }, context);
  if (found) return found;
  // The names in the documentation's samples. Halves of the two are never put together.
  const sample = allOrNone(["CLOUD_SDK_AK", "CLOUD_SDK_SK"], env);
  if (sample) {
    return {
      ak: checkSecret("CLOUD_SDK_AK", sample.CLOUD_SDK_AK),
      sk: checkSecret("CLOUD_SDK_SK", sample.CLOUD_SDK_SK),
    };
  }
  throw new NotConfiguredError(
    "neither HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK nor CLOUD_SDK_AK and CLOUD_SDK_SK are set",
  );
}

async function fromFile(context: HuaweiCloudContext): Promise<AccessKey> {
  const named = env("HUAWEICLOUD_SDK_CREDENTIALS_FILE");
  const path = named ?? inHome(".huaweicloud", "credentials");
  const text = await readOptional(path);
  if (text === undefined) {
    if (named)
      throw new CredentialsError(`HUAWEICLOUD_SDK_CREDENTIALS_FILE: the file ${path} does not exist`);
    throw new NotConfiguredError(`there is no ${path}`);
  }
  const section = parseIni(text, path).get("basic");
  if (!section) {
    const why = `${path} has no section [basic]`;
    throw named
      ? new CredentialsError(`HUAWEICLOUD_SDK_CREDENTIALS_FILE: ${why}`)
      : new NotConfiguredError(why);
  }
  const found = await fromSettings(
    { say: (name) => `${path}: ${name}`, get: (name) => section.get(name) || undefined },
    context,
  );
  if (found) return found;
  throw new CredentialsError(
    `${path}: the section [basic] has neither ak and sk nor idp_id and id_token_file`,
  );
}

/** An identity provider goes before an access key, as in the official SDKs. */
async function fromSettings(
  { get, say }: Settings,
  context: HuaweiCloudContext,
): Promise<AccessKey | undefined> {
  const optional = <Name extends string>(name: Setting, key: Name): { [K in Name]?: string } => {
    const value = checkOptional(say(name), get(name));
    return value === undefined ? {} : ({ [key]: value } as { [K in Name]?: string }); // TypeScript widens computed keys
  };
  const rest = {
    ...optional("iam_endpoint", "iamEndpoint"),
    ...optional("project_id", "projectId"),
    ...optional("domain_id", "domainId"),
  };
  const provider = allOrNone(["idp_id", "id_token_file"], get, say);
  if (provider) {
    const idToken = await readToken(say("id_token_file"), provider.id_token_file);
    const iamEndpoint =
      rest.iamEndpoint === undefined
        ? context.iamEndpoint
        : checkEndpoint(say("iam_endpoint"), rest.iamEndpoint);
    const key = await federate(
      { ...context, iamEndpoint },
      checkSecret(say("idp_id"), provider.idp_id),
      checkSecret(say("id_token_file"), idToken),
    );
    return { ...key, ...rest };
  }
  const key = allOrNone(["ak", "sk"], get, say);
  return (
    key && {
      ak: checkSecret(say("ak"), key.ak),
      sk: checkSecret(say("sk"), key.sk),
      ...optional("security_token", "securityToken"),
      ...rest,
    }
  );
}

async function fromPodIdentity(context: HuaweiCloudContext): Promise<AccessKey> {
  const found = allOrNone(
    ["HC_CONTAINER_CREDENTIALS_FULL_URI", "HC_CONTAINER_AUTHORIZATION_TOKEN_FILE"],
    env,
  );
  if (!found) throw new NotConfiguredError("HC_CONTAINER_CREDENTIALS_FULL_URI is not set");
  const file = "HC_CONTAINER_AUTHORIZATION_TOKEN_FILE";
  const authorization = checkSecret(file, await readToken(file, found[file]));
  const url = checkAddress("HC_CONTAINER_CREDENTIALS_FULL_URI", found.HC_CONTAINER_CREDENTIALS_FULL_URI);
  const { data, response } = await ask(context, {
    source: "pod identity",
    name: "podIdentity.getCredentials",
    request: {
      method: "POST",
      url,
      headers: { authorization, "content-type": "application/json" },
      body: "{}",
    },
    secrets: [authorization],
    mend: "Check the pod's identity association",
  });
  return readAccessKey("pod identity", data, response.headers, context.now());
}
