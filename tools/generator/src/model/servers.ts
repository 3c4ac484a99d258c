import type { Server } from "@typedcloud/runtime/operation";
import type { Place } from "../place.ts";
import type { Report } from "./report.ts";

/** Reads the hosts. The only variable is `region`; its `enum` says which regions a host serves. */
export function readServers(document: Place, report: Report): Server[] {
  const servers = document.at("servers").children();
  if (servers.length === 0) {
    report(
      document.problem(
        "server",
        "No servers. Add one: `- url: https://service.{region}.example.com`, with the variable `region`.",
      ),
    );
  }
  const served = new Map<string, string>();
  return servers.map((server) => {
    const url = server.text("url") ?? "";
    checkUrl(server, url, report);
    const regions = server.at("variables", "region").texts("enum");
    for (const region of regions) {
      const other = served.get(region);
      if (other !== undefined) {
        const message = `Region "${region}" is served by ${other} already. Leave it to one of the two.`;
        report(
          server
            .at("variables", "region", "enum", String(regions.indexOf(region)))
            .problem("server", message),
        );
      }
      served.set(region, url);
    }
    return regions.length > 0 ? { url, regions } : { url };
  });
}

function checkUrl(server: Place, url: string, report: Report): void {
  const refuse = (message: string) => report(server.at("url").problem("server", message));
  if (!url.startsWith("https://") || !URL.canParse(url.replaceAll(/[{}]/g, ""))) {
    refuse(`"${url}" is not an https:// address. Credentials travel to it: it must be.`);
  }
  for (const [, name = ""] of url.matchAll(/\{([^}]*)\}/g)) {
    if (name !== "region")
      refuse(`"{${name}}": the only variable that clients fill in is {region}. Write its value.`);
    else if (!server.at("variables").has(name)) refuse("{region} is not declared. Add it under variables.");
  }
}
