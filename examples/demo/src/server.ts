/** The mocks as a real HTTP server on loopback. */

import { serve } from "@hono/node-server";
import { getResponse, type HttpHandler } from "msw";

/** A running server. Handlers put in front of the others answer first. */
export interface MockServer {
  readonly url: string;
  readonly handlers: HttpHandler[];
  close(): Promise<void>;
}

/** Serves MSW handlers over HTTP on a free port of 127.0.0.1. */
export function startServer(handlers: HttpHandler[]): Promise<MockServer> {
  return new Promise((resolve) => {
    const server = serve(
      {
        hostname: "127.0.0.1",
        port: 0,
        fetch: async (request) =>
          (await getResponse(handlers, request)) ?? new Response("no such operation", { status: 404 }),
      },
      ({ port }) =>
        resolve({
          url: `http://127.0.0.1:${port}`,
          handlers,
          close: () => new Promise((done) => server.close(() => done())),
        }),
    );
  });
}
