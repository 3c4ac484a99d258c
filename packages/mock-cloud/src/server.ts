/** HTTP on loopback. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { Answer } from "./answer.js";
import type { Incoming } from "./incoming.js";
import { Turns } from "./turns.js";

interface Listening {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

type Handle = (incoming: Incoming) => Answer | Promise<Answer | "reset">;

/** @throws Error if the port is taken */
export async function listen(port: number, handle: Handle): Promise<Listening> {
  const turns = new Turns();
  const inTurn: Handle = async (incoming) => {
    await turns.next();
    return handle(incoming);
  };
  const server = createServer((message, response) => {
    serve(message, response, inTurn).catch((error: unknown) => {
      // A client that goes away in the middle is its own business; anything else is a mistake of ours.
      if (response.headersSent || response.destroyed) response.destroy();
      else
        send(response, {
          status: 500,
          body: { message: error instanceof Error ? error.stack : String(error) },
        });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address() as AddressInfo; // it listens on a port
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(message: IncomingMessage, response: ServerResponse, handle: Handle): Promise<void> {
  const incoming = await receive(message);
  const answer = incoming.path.startsWith("/")
    ? await handle(incoming)
    : { status: 400, body: { message: "the target must be a path" } };
  if (answer === "reset") message.socket.resetAndDestroy();
  else send(response, answer);
}

/** Reads a request to its end. */
async function receive(message: IncomingMessage): Promise<Incoming> {
  const body = new Uint8Array(await buffer(message));
  const headers = new Map<string, string>();
  const { rawHeaders, method = "", url = "" } = message;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? "").toLowerCase();
    const value = rawHeaders[index + 1] ?? "";
    const earlier = headers.get(name);
    headers.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  const [path = "", ...query] = url.split("?");
  return {
    method,
    target: url,
    path,
    query: query.join("?"),
    host: headers.get("host") ?? "",
    headers,
    body,
  };
}

function send(response: ServerResponse, { status, headers = {}, body }: Answer): void {
  const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
  const length = String(Buffer.byteLength(text));
  response.writeHead(status, {
    "content-type": "application/json",
    ...headers,
    ...(status !== 204 && { "content-length": length }),
  });
  response.end(text);
}
