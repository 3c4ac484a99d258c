/** The services to serve, as data: shipped with the package, or read from specifications. */

import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Operation, Service } from "@typedcloud/runtime/operation";

/** A service as its specification describes it: what generated packages are made of. */
export interface ServiceData {
  /** Where the facts come from: `specs/huaweicloud/elb.yaml`. */
  readonly specification: string;
  readonly service: Service;
  readonly operations: Readonly<Record<string, Operation>>;
  /** The documented examples: for each operation, for each status. */
  readonly examples: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** The OpenAPI document; it refers to nothing outside it. */
  readonly document: Readonly<Record<string, unknown>>;
}

/**
 * The services that come with this package, and those of the given files. A file whose service has the cloud and name
 * of another takes its place.
 *
 * @param files `<cloud>/<service>.yaml`, with `<cloud>/common.yaml` beside it
 */
export async function loadServices(files: readonly string[] = []): Promise<ServiceData[]> {
  const services = new Map<string, ServiceData>();
  for (const data of [...(await ownServices()), ...(await Promise.all(files.map(readFile)))])
    services.set(`${data.service.cloud}-${data.service.name}`, data);
  return [...services.values()];
}

/** Built, the package has them beside it as JSON. Run from source, it reads the repository's specifications. */
function ownServices(): Promise<readonly ServiceData[]> {
  own ??= (async () => {
    const built = ["./services.json", "../services.json"]
      .map((path) => new URL(path, import.meta.url))
      .find((url) => existsSync(url));
    // Written by build-services.ts, of what `readSpecifications` gives.
    return built
      ? (JSON.parse(readFileSync(built, "utf8")) as ServiceData[])
      : readFolder(fileURLToPath(new URL("../../../specs", import.meta.url)));
  })();
  return own;
}

let own: Promise<readonly ServiceData[]> | undefined;

async function readFile(file: string): Promise<ServiceData> {
  const absolute = resolve(file);
  const services = await readFolder(dirname(dirname(absolute)));
  const cloud = basename(dirname(absolute));
  const name = basename(absolute).replace(/\.ya?ml$/, "");
  const found = services.find(({ service }) => service.cloud === cloud && service.name === name);
  if (!found) throw new Error(`${file}: no specification of a service. It must be <cloud>/<service>.yaml`);
  return found;
}

/** Reads `<folder>/<cloud>/<service>.yaml` with the generator, which refuses what is not as it should be. */
async function readFolder(folder: string): Promise<ServiceData[]> {
  const generator = await import("typedcloud/specifications").catch((error: unknown) => {
    throw new Error("specifications are read by the package typedcloud: install it beside this one", {
      cause: error,
    });
  });
  // It says `object` where these are the runtime's types, which it has checked and which it writes into packages.
  return (await generator.readSpecifications(folder)) as unknown as ServiceData[];
}
