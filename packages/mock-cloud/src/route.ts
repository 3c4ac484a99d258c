/** Which service a request is for: by its host, by the first segment of its path, or by the operation. */

import type { Cloud, IdentityService } from "./clouds/cloud.js";
import type { Incoming } from "./incoming.js";
import type { MockedService } from "./mocked-service.js";
import { fullName, type Names } from "./names.js";

export interface Route {
  readonly cloud: Cloud;
  /** The path without the segment that led here. */
  readonly path: string;
  /** What the service is called. */
  readonly name?: string;
  readonly service?: MockedService;
  readonly identity?: IdentityService;
}

interface Target {
  readonly cloud: Cloud;
  readonly name: string;
  /** The path's first segments that lead here. */
  readonly prefixes: readonly string[];
  readonly host: RegExp;
  readonly service?: MockedService;
  readonly identity?: IdentityService;
}

export type Router = (incoming: Incoming, request: Request) => Route;

/** @param clouds at least one */
export function createRouter(
  clouds: readonly [Cloud, ...Cloud[]],
  services: readonly MockedService[],
  names: Names,
): Router {
  const targets = [
    ...services.flatMap((service) => targetOf(service, clouds, names)),
    ...clouds.flatMap((cloud) => identityTargets(cloud, names)),
  ];
  return (incoming, request) => {
    const { path, host } = incoming;
    const [, prefix = ""] = path.split("/");
    const name = host.replace(/:\d+$/, "").toLowerCase();
    const byHost = targets.find((target) => target.host.test(name));
    if (byHost) return { ...byHost, path };
    const named = targets.filter(({ prefixes }) => prefixes.includes(prefix));
    // A name that clouds share is that of the cloud whose signature the request has.
    const byPrefix = named.find(({ cloud }) => cloud.recognizes(incoming)) ?? named[0];
    if (byPrefix) return { ...byPrefix, path: path.slice(prefix.length + 1) };
    const byOperation = targets.find(({ cloud, service, identity }) =>
      service
        ? service.match(request) && cloud.speaks(incoming, service.data.service)
        : identity?.recognizes(incoming, path),
    );
    if (byOperation) return { ...byOperation, path };
    return { cloud: clouds.find((cloud) => cloud.recognizes(incoming)) ?? clouds[0], path };
  };
}

function targetOf(service: MockedService, clouds: readonly Cloud[], names: Names): Target[] {
  const { cloud: cloudName, name, servers } = service.data.service;
  const cloud = clouds.find((each) => each.name === cloudName);
  if (!cloud) throw new Error(`${service.data.specification}: nothing is known about the cloud ${cloudName}`);
  const hosts = servers.map(({ url }) =>
    new URL(url.replaceAll("{region}", "REGION")).hostname
      .replaceAll(".", "\\.")
      .replaceAll("region", "[a-z0-9-]+"),
  );
  return [
    {
      cloud,
      service,
      name: names.of(service.data.service),
      prefixes: [name, fullName(service.data.service)],
      host: new RegExp(`^(${hosts.join("|")})$`),
    },
  ];
}

const identityTargets = (cloud: Cloud, names: Names): Target[] =>
  cloud.identity.map((identity) => {
    const named = { cloud: cloud.name, name: identity.name };
    return {
      cloud,
      identity,
      name: names.of(named),
      prefixes: [named.name, fullName(named)],
      host: identity.host,
    };
  });
