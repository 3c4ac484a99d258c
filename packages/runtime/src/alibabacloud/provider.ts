/** Alibaba Cloud, as the rest of the runtime sees it. */

import { checkNames } from "../credentials.js";
import { resolveEndpoint } from "../endpoint.js";
import { readEnvelope, readEnvelopeOfSuccess, readRequestId } from "../envelope.js";
import { isPlain } from "../fields.js";
import type { Service } from "../operation.js";
import { type ServiceOptions, serviceOptionNames } from "../options.js";
import type { Provider } from "../provider.js";
import { createSigning } from "../signing.js";
import type {
  AlibabaCloudCredentialProvider,
  AlibabaCloudCredentials,
  AlicloudCredential,
} from "./credentials.js";
import { errorKind } from "./refusal.js";
import { createScheme } from "./scheme.js";
import { sourceOf } from "./source.js";

/** Options of every Alibaba Cloud client. */
export interface AlibabaCloudOptions extends ServiceOptions {
  /** The region's id, `"cn-hangzhou"`. It decides on the address. */
  region?: string | undefined;
  /** The address, instead of the region's own: `https://` and a host. */
  endpoint?: string | undefined;
  /**
   * An AccessKey, a bearer token, a function that gives one of them, or a client of the package
   * `@alicloud/credentials`. Default on Node: environment variables, an OIDC role, `~/.aliyun/config.json`,
   * `~/.alibabacloud/credentials`, the metadata service of an ECS, a credentials URI. The package's README says more.
   */
  credentials?: AlibabaCloudCredentials | AlibabaCloudCredentialProvider | AlicloudCredential | undefined;
}

const NAMES: readonly string[] = ["region", "endpoint", "credentials", ...serviceOptionNames];

/** Binds Alibaba Cloud to one client's options. */
export function createProvider(service: Service, options: AlibabaCloudOptions): Provider {
  checkNames("options", options, NAMES);
  const baseUrl = resolveEndpoint(service, options);
  const rpc = service.style !== "ROA";
  const signing = createSigning(sourceOf(options.credentials, options.region), createScheme(rpc));

  return {
    baseUrl,
    route({ path }, id) {
      return {
        path: rpc ? "/" : path,
        headers: {
          accept: "application/json", // RPC answers in XML without it
          "x-acs-action": rpc ? path.slice(1) : id.charAt(0).toUpperCase() + id.slice(1),
          "x-acs-version": service.version,
        },
      };
    },
    pathParameters: async () => ({}),
    flatten,
    sign: signing.sign,
    redact: signing.redact,
    readError(body, status, request) {
      const envelope = status < 400 ? readEnvelopeOfSuccess(body) : readEnvelope(body);
      return envelope && signing.clean(envelope, request);
    },
    requestId: readRequestId,
    errorKind,
    retryAfterMs(headers) {
      const value = headers.get("x-acs-retry-after")?.trim();
      return value && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
    },
    recover: signing.recover,
  };
}

/**
 * `JobIds.1=a&JobIds.2=b`, `Tag.1.Key=k`. What is left out of a list keeps its number. What has nothing in it, or is no
 * plain object, is handed on as it is: whoever writes the query refuses it, or a filter would vanish without a word.
 */
export function* flatten(name: string, value: object, depth = 0): Generator<readonly [string, unknown]> {
  const entries = Array.isArray(value)
    ? value.map((item, index) => [index + 1, item] as const)
    : Object.entries(value);
  for (const [key, item] of entries) {
    const isParent =
      (Array.isArray(item) || isPlain(item)) && Object.keys(item).length > 0 && depth < DEEPEST;
    if (isParent) yield* flatten(`${name}.${key}`, item, depth + 1);
    else yield [`${name}.${key}`, item];
  }
}

/** No documented parameter is nested so deeply; an object that holds itself is. */
const DEEPEST = 20;
