/** A network for one test file: MSW answers, and every request is kept as it went out. */

import type { HttpHandler } from "msw";
import { type SetupServer, setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";

/** The requests of the test under way, and the server, to add handlers to. */
export interface Wire {
  readonly requests: Request[];
  use: SetupServer["use"];
}

/** Sets up the network. Requests that no handler answers fail the test. */
export function wire(...handlers: HttpHandler[]): Wire {
  const server = setupServer(...handlers);
  const requests: Request[] = [];
  beforeAll(() => {
    server.listen({ onUnhandledFrame: "error" });
    server.events.on("request:start", ({ request }) => void requests.push(request));
  });
  beforeEach(() => void requests.splice(0));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());
  return { requests, use: server.use.bind(server) };
}
