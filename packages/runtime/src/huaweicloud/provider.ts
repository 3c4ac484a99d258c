/** Huawei Cloud, as the rest of the runtime sees it. */

import { findCredentials } from "#credentials/huaweicloud";
import { orAborted } from "../abort.js";
import { type CredentialSource, checkNames, checkOptional, fixed } from "../credentials.js";
import { CredentialCache, credentialsError, shared } from "../credentials-cache.js";
import { checkEndpoint, resolveEndpoint } from "../endpoint.js";
import { readEnvelope, readEnvelopeOfSuccess, readRequestId } from "../envelope.js";
import { ConfigError, ValidationError } from "../errors.js";
import type { Service } from "../operation.js";
import { type ServiceOptions, serviceOptionNames } from "../options.js";
import type { Context, Provider, UnsignedRequest } from "../provider.js";
import { createSigning, type SignedHeaders } from "../signing.js";
import {
  type HuaweiCloudContext,
  type HuaweiCloudCredentialProvider,
  type HuaweiCloudCredentials,
  type Snapshot,
  takeSnapshot,
} from "./credentials.js";
import { canonicalRequestIn, errorKind, refusal } from "./refusal.js";
import { sign } from "./sign.js";

/** Options of every Huawei Cloud client. */
export interface HuaweiCloudOptions extends ServiceOptions {
  /** The region's id, `"cn-north-4"`. It decides on the address. */
  region?: string | undefined;
  /** The address, instead of the region's own: `https://` and a host, with a path before every other if need be. */
  endpoint?: string | undefined;
  /**
   * The project whose resources are meant. Default: the one that comes with the credentials, or else the project that
   * is called like the region, which is asked of IAM once.
   */
  projectId?: string | undefined;
  /** The account's id, sent as `X-Domain-Id` where no project is meant. */
  domainId?: string | undefined;
  /**
   * An access key, a token, or a function that gives one of them. Default on Node: environment variables,
   * `~/.huaweicloud/credentials`, the metadata service of an ECS. The package's README says more.
   */
  credentials?: HuaweiCloudCredentials | HuaweiCloudCredentialProvider | undefined;
  /** The address of IAM, which gives tokens and knows projects. Default: the region's. */
  iamEndpoint?: string | undefined;
  /** The service's name for keys derived per region: requests are signed with V11-HMAC-SHA256 then. */
  derivedAuthServiceName?: string | undefined;
}

const NAMES: readonly string[] = [
  "region",
  "endpoint",
  "projectId",
  "domainId",
  "credentials",
  "iamEndpoint",
  "derivedAuthServiceName",
  ...serviceOptionNames,
];

/** How long before their end credentials are renewed: half an hour, and up to fifteen minutes more at random. */
const REFRESH_BEFORE_MS = 30 * 60_000;

/** Binds Huawei Cloud to one client's options. */
export function createProvider(service: Service, options: HuaweiCloudOptions): Provider {
  checkNames("options", options, NAMES);
  const { region, derivedAuthServiceName } = options;
  const projectId = checkOptional("projectId", options.projectId);
  const domainId = checkOptional("domainId", options.domainId);
  const baseUrl = resolveEndpoint(service, options);
  if (derivedAuthServiceName !== undefined && region === undefined)
    throw new ConfigError("derivedAuthServiceName needs a region beside it");
  const derivation =
    derivedAuthServiceName !== undefined && region !== undefined
      ? { region, service: derivedAuthServiceName }
      : undefined;
  const iamEndpoint = checkEndpoint("iamEndpoint", options.iamEndpoint ?? defaultIamEndpoint(region));
  const source = sourceOf(options.credentials, {
    iamEndpoint,
    ...(region !== undefined && { region }),
    ...(projectId !== undefined && { projectId }),
  });

  const signing = createSigning<Snapshot>(source, {
    sign: (request, credentials, date): SignedHeaders =>
      "token" in credentials
        ? { headers: { ...request.headers, "x-auth-token": credentials.token } }
        : sign(
            withScope(request, projectId ?? credentials.projectId, domainId ?? credentials.domainId),
            credentials,
            date,
            derivation,
          ),
    secretsOf: (credentials) =>
      "token" in credentials ? [credentials.token] : [credentials.sk, credentials.securityToken],
    canonicalRequestIn,
    refusal,
  });

  let found: Promise<{ id: string } | { failure: unknown }> | undefined;
  const findProjectId = async (context: Context): Promise<string> => {
    if (projectId !== undefined) return projectId;
    const credentials = await orAborted(source.get(context), context.signal);
    if (credentials.projectId !== undefined) return credentials.projectId;
    const iam = options.iamEndpoint === undefined ? (credentials.iamEndpoint ?? iamEndpoint) : iamEndpoint;
    found ??= import("./project-id.js")
      .then(({ findProject }) => findProject(provider, iam, region, context))
      .then(
        (id) => ({ id }),
        (failure: unknown) => {
          found = undefined; // a failure is not remembered
          return { failure };
        },
      );
    const outcome = await orAborted(found, context.signal);
    if ("id" in outcome) return outcome.id;
    throw credentialsError(outcome.failure, `the project of ${region} could not be looked up`);
  };

  const provider: Provider = {
    baseUrl,
    route: ({ path }) => ({ path }),
    async pathParameters(names, context) {
      return names.includes("project_id") ? { project_id: await findProjectId(context) } : {};
    },
    *flatten(name, value) {
      if (!Array.isArray(value))
        throw new ValidationError(`query.${name}`, "must be a scalar or an array, not an object");
      for (const item of value) yield [name, item]; // scalars: whoever writes the query looks
    },
    sign: signing.sign,
    redact: signing.redact,
    readError(body, status, request) {
      const envelope = status < 400 ? readEnvelopeOfSuccess(body) : readEnvelope(body);
      return envelope && signing.clean(envelope, request);
    },
    requestId: readRequestId,
    errorKind,
    recover: signing.recover,
  };
  return provider;
}

const defaultIamEndpoint = (region: string | undefined): string =>
  `https://iam.${region === undefined ? "" : `${region}.`}myhuaweicloud.${region === "eu-west-101" ? "eu" : "com"}`;

/** Says which project, or else which account, an access key acts for. A path that names another project goes first. */
function withScope(
  request: UnsignedRequest,
  projectId: string | undefined,
  domainId: string | undefined,
): UnsignedRequest {
  const inPath = projectId !== undefined && request.url.pathname.split("/").includes(projectId);
  if (inPath) return { ...request, headers: { ...request.headers, "x-project-id": projectId } };
  return domainId === undefined
    ? request
    : { ...request, headers: { ...request.headers, "x-domain-id": domainId } };
}

function sourceOf(
  given: HuaweiCloudOptions["credentials"],
  client: Omit<HuaweiCloudContext, keyof Context>,
): CredentialSource<Snapshot> {
  if (given !== undefined && typeof given !== "function") return fixed(takeSnapshot(given));
  const from = given ?? findCredentials;
  const load = async (context: Context) => takeSnapshot(await from({ ...context, ...client }));
  const create = () => new CredentialCache(load, REFRESH_BEFORE_MS);
  return given ? shared(given, JSON.stringify(client), create) : create();
}
