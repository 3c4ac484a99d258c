import { relative, sep } from "node:path";
import { declaredNames } from "../emit/index.ts";
import type { SpecificationFile } from "../file.ts";
import { type CloudFolder, type Specifications, serviceName } from "../load.ts";
import type { Credentials, ServiceModel } from "../model.ts";
import { Place } from "../place.ts";
import { readOperations } from "./operations.ts";
import type { Report } from "./report.ts";
import { readSchemas } from "./schema-names.ts";
import { readServers } from "./servers.ts";
import { checkActions, readStyle } from "./style.ts";

/** What a folder or a specification may be called, for a package's name to be made of it. */
const NAME = /^[a-z0-9-]+$/;

/** Reads every service; where the specifications are wrong, tells so and reads on. */
export function readServices(specifications: Specifications, report: Report): ServiceModel[] {
  const services = specifications.clouds.flatMap((cloud) =>
    cloud.services.map((file) => readService(specifications.root, cloud, file, report)),
  );
  const owners = new Map<string, ServiceModel>();
  for (const service of services) {
    const owner = owners.get(service.folder);
    if (owner === undefined) owners.set(service.folder, service);
    else {
      const message = `@typedcloud/${service.folder} is already the package of ${owner.file.name}. Rename one of the two files.`;
      report(Place.root(service.file).problem("package-name", message));
    }
  }
  return services;
}

function readService(
  root: string,
  cloud: CloudFolder,
  file: SpecificationFile,
  report: Report,
): ServiceModel {
  const document = Place.root(file);
  const name = serviceName(file.absolute);
  const folder = `${cloud.name}-${name}`;
  if (!NAME.test(folder)) {
    const message = `"${folder}" cannot be a package's name. Use only a-z, 0-9 and - in the names of folder and file.`;
    report(document.problem("package-name", message));
  }
  const title = document.at("info").text("title") ?? "";
  const shared = readCloud(cloud, document, report);
  const stem = readStem(document, report);
  const style = shared && readStyle(document, shared.at("x-cloud").texts("styles"), report);
  const operations = readOperations(document, report);
  if (style === "RPC") checkActions(document, operations, report);
  const cloudStem = shared?.at("x-cloud").text("name") ?? "";
  return {
    specification: `specs/${relative(root, file.absolute).replaceAll(sep, "/")}`,
    file,
    folder,
    cloudStem,
    stem,
    description: document.at("info").text("description") ?? "",
    region: readRegion(document),
    service: {
      cloud: cloud.name,
      name,
      title,
      version: document.at("info").text("version") ?? "",
      ...(style ? { style } : {}),
      servers: readServers(document, report),
    },
    operations,
    schemas: readSchemas(document, declaredNames({ stem, cloudStem }), report),
    credentials: readCredentials(shared),
  };
}

/** The default region of the host that most regions have: the one that is not an exception. */
function readRegion(document: Place): string | undefined {
  const regions = document
    .at("servers")
    .children()
    .map((server) => server.at("variables", "region"));
  return (regions.find((region) => !region.has("enum")) ?? regions[0])?.text("default");
}

function readStem(document: Place, report: Report): string {
  if (!document.has("x-service")) {
    report(
      document.problem(
        "service",
        "x-service is missing. Add `x-service: { name: Elb }`: the stem of the package's names.",
      ),
    );
  }
  return document.at("x-service").text("name") ?? "";
}

/** What the cloud's services share; nothing if that cannot be read. */
function readCloud(cloud: CloudFolder, document: Place, report: Report): Place | undefined {
  if (cloud.common === undefined) {
    report(
      document.problem(
        "cloud",
        "common.yaml is missing beside this file. Add it, with `x-cloud: { name: … }`.",
      ),
    );
  }
  if (cloud.common === undefined || cloud.common === "unreadable") return undefined;
  const common = Place.root(cloud.common);
  if (!common.has("x-cloud")) {
    report(
      common.problem(
        "cloud",
        "x-cloud is missing. Add `x-cloud: { name: HuaweiCloud }`: the stem of the runtime's names.",
      ),
    );
  }
  if (common.at("paths").children().length > 0) {
    const message = "common.yaml has no operations: no package is made of it. Move them to a service's file.";
    report(common.at("paths").problem("cloud", message, "key"));
  }
  return common;
}

function readCredentials(cloud: Place | undefined): Credentials | undefined {
  const variables = cloud?.at("x-cloud", "credentials").children() ?? [];
  const entries = variables.map(({ key, value }) => [key, String(value)] as const);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
