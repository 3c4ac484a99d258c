/** Real servers that do what real servers should not: MSW stands above the socket and cannot. */

import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { onTestFinished } from "vitest";

/** What is done with a request, byte by byte. `n`: the how-many-th it is, from 1. */
export type Fault = (socket: Socket, n: number, head: string) => void;

export interface FaultServer {
  /** `http://127.0.0.1:…` or `https://localhost:…` */
  readonly endpoint: string;
  /** When each request came, in milliseconds. */
  readonly times: number[];
  /** The head of each request, raw. */
  readonly heads: string[];
  /** Connections that were made. */
  readonly connections: () => number;
  /** Connections that are open. */
  readonly open: ReadonlySet<Socket>;
}

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** The faults happen one after the other; the last one stays. */
export async function startFaults(
  faults: Fault | readonly Fault[],
  certificate?: Certificate,
): Promise<FaultServer> {
  const list = Array.isArray(faults) ? (faults as readonly Fault[]) : [faults as Fault]; // a function is no array
  const times: number[] = [];
  const heads: string[] = [];
  const open = new Set<Socket>();
  let connections = 0;
  const serve = (socket: Socket): void => {
    let text = "";
    socket.on("error", () => {}); // resets are the point here
    socket.on("data", (data) => {
      text += data.toString("latin1");
      for (let end = text.indexOf("\r\n\r\n"); end >= 0; end = text.indexOf("\r\n\r\n")) {
        const head = text.slice(0, end);
        text = text.slice(end + 4);
        times.push(performance.now());
        heads.push(head);
        list[Math.min(times.length, list.length) - 1]?.(socket, times.length, head);
      }
    });
  };
  const server: Server = certificate ? createTlsServer({ ...certificate }, serve) : createServer(serve);
  server.on("tlsClientError", () => {});
  server.on("connection", (socket: Socket) => {
    connections++;
    open.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => open.delete(socket));
  });
  const port = await listen(server);
  onTestFinished(() => stop(server, open));
  return {
    endpoint: certificate ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
    times,
    heads,
    connections: () => connections,
    open,
  };
}

/** A port that nobody listens on. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await stop(server, new Set());
  return port;
}

/** Accepts connections and says nothing, not even TLS's first word. */
export async function startBlackHole(): Promise<FaultServer> {
  const server = await startFaults(() => {});
  return { ...server, endpoint: server.endpoint.replace("http:", "https:") };
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    }),
  );

const stop = (server: Server, open: ReadonlySet<Socket>): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of open) socket.destroy();
  });

/** A response as bytes: head and body, with `content-length` unless another framing is given. */
export function response(body: string | Buffer, headers: readonly string[] = [], status = "200 OK"): Buffer {
  const bytes = Buffer.from(body);
  const framed = headers.some((header) =>
    /^(content-length|transfer-encoding|connection: close)/i.test(header),
  );
  const lines = [
    `HTTP/1.1 ${status}`,
    "content-type: application/json",
    ...headers,
    ...(framed ? [] : [`content-length: ${bytes.length}`]),
  ];
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`), bytes]);
}

/** Sends bytes. */
export const send =
  (bytes: string | Buffer): Fault =>
  (socket) =>
    void socket.write(bytes);

/** Sends bytes, then resets the connection (RST) once they are out. */
export const sendAndReset =
  (bytes: string | Buffer): Fault =>
  (socket) => {
    if (bytes.length) socket.write(bytes, () => setTimeout(() => socket.resetAndDestroy(), 5));
    else socket.resetAndDestroy();
  };

/** Sends bytes, then ends the connection (FIN). */
export const sendAndEnd =
  (bytes: string | Buffer): Fault =>
  (socket) =>
    void socket.end(bytes);
