/** A cloud on this machine: one real HTTP server that plays all of its hosts and keeps what it receives. */

import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** A request as it arrived, byte for byte. */
export interface Received {
  /** The host that the client meant. */
  readonly host: string;
  readonly method: string;
  /** Path and query, raw. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** Text as it is, anything else as JSON. */
  readonly body?: unknown;
}

/** Plays one host. Undefined: never answers. */
export type Host = (request: Received) => Answer | undefined | Promise<Answer | undefined>;

export interface Cloud {
  /** Its real address: where a redirect would lead. */
  readonly origin: string;
  readonly received: Received[];
  /** What one host received. */
  to(host: string): Received[];
  /** Sends every request to this machine. Hosts that nobody plays refuse the connection. */
  readonly fetch: typeof globalThis.fetch;
}

const MEANT = "x-test-host";

/** Starts a cloud; it ends with the test. */
export async function startCloud(hosts: Record<string, Host>): Promise<Cloud> {
  const received: Received[] = [];
  const server = createServer(async (message, response) => {
    const { [MEANT]: host = "", ...headers } = message.headers;
    const request = {
      host: String(host),
      method: message.method ?? "",
      target: message.url ?? "",
      headers,
      body: await text(message),
    };
    received.push(request);
    const answer = await hosts[request.host]?.(request);
    if (!answer) return;
    const { status = 200, body = {} } = answer;
    response.writeHead(status, { "content-type": "application/json", ...answer.headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return {
    origin: `http://127.0.0.1:${port}`,
    received,
    to: (host) => received.filter((request) => request.host === host),
    fetch: (input, init = {}) => {
      const { href, origin, host } = new URL(String(input));
      if (!hosts[host])
        return Promise.reject(
          new TypeError("fetch failed", {
            cause: Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }),
          }),
        );
      const headers = new Headers(init.headers);
      headers.set(MEANT, host);
      return fetch(`http://127.0.0.1:${port}${href.slice(origin.length)}`, { ...init, headers });
    },
  };
}
