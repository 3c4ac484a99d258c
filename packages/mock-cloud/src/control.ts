/** The endpoints for tests in any language: jobs, the journal, settings. Not signed, as nothing else on this port is theirs. */

import type { Answer } from "./answer.js";
import { type Incoming, parametersOf } from "./incoming.js";
import type { MockCloud } from "./mock-cloud.js";

export const CONTROL = "/_control";

/** Answers a request below `/_control`. */
export function control({ method, path, query, body }: Incoming, cloud: MockCloud): Answer {
  try {
    const [resource = "", service = "", id = ""] = path
      .slice(CONTROL.length + 1)
      .split("/")
      .map(decodeURIComponent);
    switch (`${method} ${resource}`) {
      case "GET ":
        return ok({ endpoints: cloud.endpoints, accounts: cloud.accounts });
      case "GET jobs":
        return id
          ? found(cloud.jobs.get(service, id))
          : ok(cloud.jobs.list(service || parametersOf(query).service));
      case "POST jobs": {
        const { service: named, ...job } = read(body);
        return { status: 201, body: cloud.jobs.add(service || String(named), job) };
      }
      case "PATCH jobs": {
        const { outcome } = read(body);
        return found(cloud.jobs.end(service, id, typeof outcome === "string" ? outcome : "succeeded"));
      }
      case "DELETE jobs":
        return cloud.jobs.delete(service, id) ? { status: 204 } : found(undefined);
      case "GET requests":
        return ok({ received: cloud.received, requests: cloud.requests });
      case "DELETE requests":
        cloud.clearRequests();
        return { status: 204 };
      case "GET settings":
        return ok(cloud.settings);
      case "PATCH settings":
        return ok(cloud.set(read(body)));
      case "POST reset":
        cloud.reset();
        return { status: 204 };
      default:
        return { status: 404, body: { message: `no such control: ${method} ${path}` } };
    }
  } catch (error) {
    return { status: 400, body: { message: error instanceof Error ? error.message : String(error) } };
  }
}

const ok = (body: unknown): Answer => ({ status: 200, body });

const found = (body: unknown): Answer =>
  body === undefined ? { status: 404, body: { message: "no such job" } } : ok(body);

function read(body: Uint8Array): Record<string, unknown> {
  const value: unknown = JSON.parse(Buffer.from(body).toString() || "{}");
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new TypeError("the body must be a JSON object");
  return { ...value };
}
