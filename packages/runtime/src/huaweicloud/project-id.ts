/** Finding the id of a region's own project. */

import { CredentialsError } from "../errors.js";
import { at } from "../fields.js";
import type { Context, Provider } from "../provider.js";
import { fullBudget, send } from "../retry.js";

/**
 * Asks IAM for the project that is called like the region (KeystoneListProjects). None is ever created, unlike by the
 * official SDKs.
 */
export async function findProject(
  provider: Provider,
  iamEndpoint: string,
  region: string | undefined,
  { fetch, now }: Context,
): Promise<string> {
  if (region === undefined)
    throw new CredentialsError("give projectId: without a region it cannot be looked up");
  const url = new URL(`${iamEndpoint}/v3/projects?name=${region}`);
  // Through the client's own pipeline: a clock that is off and a token that has ended are put right here too.
  const { data } = await send(
    {
      operation: {},
      name: "iam.keystoneListProjects",
      request: { method: "GET", url, headers: {} },
      provider,
      fetch,
      now,
      timeoutMs: 10_000,
      maxResponseBytes: 2 ** 20,
    },
    { maxAttempts: 3, budget: fullBudget(), gate: (task) => task(), random: Math.random },
  );
  const projects = at(data, "projects");
  const ids = Array.isArray(projects) ? projects.map((project) => at(project, "id")) : [];
  const [id] = ids;
  if (ids.length === 1 && typeof id === "string" && id) return id;
  throw new CredentialsError(
    `IAM knows ${ids.length || "no"} project${ids.length > 1 ? "s" : ""} called ${region}: give projectId (console, My Credentials)`,
  );
}
