/** Huawei Cloud's IAM: tokens for passwords, access keys for tokens. */

import { checkNames, checkSecret } from "../credentials.js";
import { ask, localExpiry } from "../credentials-http.js";
import { ConfigError, CredentialsError } from "../errors.js";
import { at } from "../fields.js";
import type { Context } from "../provider.js";
import type {
  AccessKey,
  AuthToken,
  HuaweiCloudContext,
  HuaweiCloudCredentialProvider,
} from "./credentials.js";

/** An IAM user. */
export interface IamUser {
  /** The IAM user's name. */
  readonly username: string;
  readonly password: string;
  /** The account that the user belongs to. */
  readonly domainName: string;
}

/** A permanent access key. */
export interface IamAccessKey {
  readonly ak: string;
  readonly sk: string;
}

/**
 * Logs in to IAM: requests carry an `X-Auth-Token` instead of a signature. The token is good for one project, the
 * client's; it is fetched once, renewed before it ends, and fetched anew when the server refuses it.
 */
export function iamToken(login: IamUser | IamAccessKey): HuaweiCloudCredentialProvider {
  checkNames("iamToken", login, ["username", "password", "domainName", "ak", "sk"]);
  const { identity, secrets } = "ak" in login ? accessKeyLogin(login) : passwordLogin(login);
  return (context) => createToken(context, identity, secrets);
}

interface Login {
  readonly identity: object;
  readonly secrets: readonly string[];
}

function passwordLogin({ username, password, domainName }: IamUser): Login {
  for (const [name, value] of Object.entries({ username, password, domainName })) {
    if (typeof value !== "string" || !value)
      throw new ConfigError(`iamToken: ${name} must be a string that is not empty`);
  }
  return {
    identity: {
      methods: ["password"],
      password: { user: { name: username, password, domain: { name: domainName } } },
    },
    secrets: [password],
  };
}

function accessKeyLogin({ ak, sk }: IamAccessKey): Login {
  const access = { key: checkSecret("iamToken.ak", ak) };
  const secret = { key: checkSecret("iamToken.sk", sk) };
  return { identity: { methods: ["hw_ak_sk"], hw_ak_sk: { access, secret } }, secrets: [sk] };
}

async function createToken(
  context: HuaweiCloudContext,
  identity: object,
  secrets: readonly string[],
): Promise<AuthToken> {
  const { projectId, region, iamEndpoint, now } = context;
  if (projectId === undefined && region === undefined)
    throw new ConfigError("iamToken: the client needs a projectId or a region");
  const project = projectId === undefined ? { name: region } : { id: projectId };
  const { data, response } = await ask(context, {
    source: "iamToken",
    name: "iam.keystoneCreateUserToken",
    // The catalog of services would make the answer larger than some proxies let pass.
    request: post(`${iamEndpoint}/v3/auth/tokens?nocatalog=true`, { auth: { identity, scope: { project } } }),
    secrets,
    mend: "Check the user, the password and the account's name, and that the user may use the project",
  });
  const token = response.headers.get("x-subject-token");
  if (!token) throw new CredentialsError("iamToken: IAM's answer has no X-Subject-Token");
  const found = at(data, "token.project.id");
  if (projectId !== undefined && typeof found === "string" && found !== projectId) {
    throw new CredentialsError("iamToken: IAM gave a token for another project than the client's");
  }
  const expiresAt = localExpiry(
    at(data, "token.expires_at"),
    at(data, "token.issued_at"),
    response.headers,
    now(),
  );
  return {
    token,
    ...(expiresAt !== undefined && { expiresAt }),
    ...(typeof found === "string" && { projectId: found }),
  };
}

/** Six hours: what the official SDKs ask for. */
const DURATION_SECONDS = 6 * 60 * 60;

/** Changes the token of an OpenID Connect provider into a temporary access key. */
export async function federate(
  context: Context & { iamEndpoint: string },
  idpId: string,
  idToken: string,
): Promise<AccessKey> {
  const { iamEndpoint, now } = context;
  const source = "OpenID Connect";
  const mend = "Check the identity provider's id, and that the id token is valid and meant for it";
  const unscoped = post(`${iamEndpoint}/v3.0/OS-AUTH/id-token/tokens`, {
    auth: { id_token: { id: idToken } },
  });
  const login = await ask(context, {
    source,
    name: "iam.createTokenWithIdToken",
    request: { ...unscoped, headers: { ...unscoped.headers, "x-idp-id": idpId } },
    secrets: [idToken],
    mend,
  });
  const id = login.response.headers.get("x-subject-token");
  if (!id) throw new CredentialsError(`${source}: IAM's answer has no X-Subject-Token`);
  const token = { id, duration_seconds: DURATION_SECONDS };
  const { data, response } = await ask(context, {
    source,
    name: "iam.createTemporaryAccessKeyByToken",
    request: post(`${iamEndpoint}/v3.0/OS-CREDENTIAL/securitytokens`, {
      auth: { identity: { methods: ["token"], token } },
    }),
    secrets: [id],
    mend,
  });
  return readAccessKey(source, data, response.headers, now());
}

/** Reads a temporary access key as IAM, metadata services and pod identity write it. */
export function readAccessKey(
  source: string,
  data: unknown,
  headers: Headers | undefined,
  now: number,
): AccessKey {
  const found = at(data, "credential") ?? at(data, "credentials") ?? data;
  const ak = at(found, "access") ?? at(found, "accessKeyId");
  const sk = at(found, "secret") ?? at(found, "secretAccessKey");
  const securityToken = at(found, "securitytoken") ?? at(found, "securityToken");
  if (typeof ak !== "string" || typeof sk !== "string" || typeof securityToken !== "string") {
    throw new CredentialsError(`${source}: the answer lacks an access key`);
  }
  const expiresAt = localExpiry(at(found, "expires_at") ?? at(found, "expiration"), undefined, headers, now);
  return { ak, sk, securityToken, ...(expiresAt !== undefined && { expiresAt }) };
}

function post(address: string, body: object) {
  const headers: Record<string, string> = { "content-type": "application/json;charset=utf8" };
  return { method: "POST", url: new URL(address), headers, body: JSON.stringify(body) };
}
