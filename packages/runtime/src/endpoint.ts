/** Which address a client talks to. */

import { ConfigError } from "./errors.js";
import type { Service } from "./operation.js";

/** The options that decide on the address. */
export interface Address {
  readonly region?: string | undefined;
  readonly endpoint?: string | undefined;
}

/** The `https://` address that a service's paths are appended to, without a slash at its end. */
export function resolveEndpoint(service: Service, { region, endpoint }: Address): string {
  if (region !== undefined && (typeof region !== "string" || !/^[a-z0-9-]+$/.test(region))) {
    throw new ConfigError(
      `region must be a region's id, of lower-case letters, digits and hyphens: "cn-north-4"`,
    );
  }
  if (endpoint !== undefined) return checkEndpoint("endpoint", endpoint);
  if (region === undefined) throw new ConfigError(`${service.title}: give a region, or the endpoint of one`);

  const { servers } = service;
  const server =
    servers.find(({ regions }) => regions?.includes(region)) ?? servers.find(({ regions }) => !regions);
  if (server) return checkEndpoint("servers", server.url.replace("{region}", region));
  const known = servers.flatMap(({ regions }) => regions ?? []).sort();
  throw new ConfigError(
    `${service.title}: no endpoint is known for the region "${region}", only for ${known.join(", ")}. If the service is there, give its address as the option endpoint`,
  );
}

/** Instance metadata services hand out credentials: nothing else may be sent there, or come from there. */
const METADATA_HOSTS: readonly string[] = [
  "169.254.169.254",
  "100.100.100.200",
  "[fd00:ec2::254]",
  "[::ffff:a9fe:a9fe]",
  "[::ffff:6464:64c8]",
];

/** Checks an address that somebody typed. It is not repeated in the error: it may hold a password. */
export function checkEndpoint(option: string, value: string): string {
  const refuse = (why: string) => new ConfigError(`${option} ${why}`);
  if (typeof value !== "string" || !/^https?:\/\/[^/\\]/i.test(value))
    throw refuse("must be an https:// address");
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    throw refuse("is not a URL"); // Node's own error repeats it
  }
  if (url.username || url.password) throw refuse("must not hold a user name or password");
  if (/[?#\s\\]/.test(value)) throw refuse("must not hold a query, a fragment, a space or a backslash");
  if (url.port === "0" || url.hostname.endsWith(".")) throw refuse(`has an unusable host: ${url.host}`);
  if (/[^\x20-\x7e]/.test(value)) throw refuse(`must be written in ASCII: ${url.host}`);
  if (METADATA_HOSTS.includes(url.hostname)) throw refuse("must not be an instance metadata service");
  if (url.protocol === "http:" && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)) {
    throw refuse("must begin with https:// (http:// is for this machine itself)");
  }
  return url.origin + url.pathname.replace(/\/+$/, "");
}
