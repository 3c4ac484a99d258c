/** Which service a request is for: by its host, by the first segment of its path, or by the operation. */

import type { Cloud, IdentityService } from "./clouds/cloud.js";
import type { Incoming } from "./incoming.js";
import type { MockedService } from "./mocked-service.js";

export interface Route {
  readonly cloud: Cloud;
  /** The path without the segment that led here. */
  readonly path: string;
  readonly service?: MockedService;
  readonly identity?: IdentityService;
}

interface Target {
  readonly cloud: Cloud;
  readonly names: readonly string[];
  readonly host: RegExp;
  readonly service?: MockedService;
  readonly identity?: IdentityService;
}

export type Router = (incoming: Incoming, request: Request) => Route;

/** @param clouds at least one */
export function createRouter(
  clouds: readonly [Cloud, ...Cloud[]],
  services: readonly MockedService[],
): Router {
  const targets = [
    ...services.flatMap((service) => targetOf(service, clouds)),
    ...clouds.flatMap(identityTargets),
  ];
  return (incoming, request) => {
    const { path, host } = incoming;
    const [, prefix = ""] = path.split("/");
    const name = host.replace(/:\d+$/, "").toLowerCase();
    const byHost = targets.find((target) => target.host.test(name));
    if (byHost) return { ...byHost, path };
    const byPrefix = targets.find(({ names }) => names.includes(prefix));
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

/** `elb`, or `huaweicloud-elb` where two clouds have a service of that name. */
function targetOf(service: MockedService, clouds: readonly Cloud[]): Target[] {
  const { cloud: cloudName, name, servers } = service.data.service;
  const cloud = clouds.find((each) => each.name === cloudName);
  if (!cloud) throw new Error(`${service.data.specification}: nothing is known about the cloud ${cloudName}`);
  const hosts = servers.map(({ url }) =>
    new URL(url.replaceAll("{region}", "REGION")).hostname
      .replaceAll(".", "\\.")
      .replaceAll("region", "[a-z0-9-]+"),
  );
  return [
    { cloud, service, names: [name, `${cloudName}-${name}`], host: new RegExp(`^(${hosts.join("|")})$`) },
  ];
}

const identityTargets = (cloud: Cloud): Target[] =>
  cloud.identity.map((identity) => ({
    cloud,
    identity,
    names: [identity.name, `${cloud.name}-${identity.name}`],
    host: identity.host,
  }));
