/**
 * A list of jobs by marker, on a real socket, that fails now and then in five ways. A process of its own: the memory
 * that is measured is the client's. With a lifetime, it asks for tokens, and those that it gives end after so many seconds.
 */

import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";

const [pages = 50, size = 20, rate = 0.01, seed = 1, lifetime] = process.argv.slice(2).map(Number);
let state = seed;
const random = (): number => {
  state = (state * 48_271) % 2_147_483_647;
  return state / 2_147_483_647;
};

let requests = 0;
let logins = 0;
let faults = 0;
let most = 0;
const open = new Set<Socket>();

/** The token of this moment: all callers' tokens end at once, and before the time that they were given for. */
const token = (): string => `token-${lifetime ? Math.floor(performance.now() / 1000 / lifetime) : 0}`;

const server = createServer((request, response) => {
  if (request.method === "POST") {
    logins++;
    const [issued_at, expires_at] = [0, 86_400_000].map((later) =>
      new Date(Date.now() + later).toISOString(),
    );
    response.writeHead(201, { "content-type": "application/json", "x-subject-token": token() });
    return void response.end(JSON.stringify({ token: { issued_at, expires_at, project: { id: "p" } } }));
  }
  requests++;
  const { searchParams } = new URL(request.url ?? "", "http://host");
  const page = Number(searchParams.get("marker") ?? 0);
  const account = searchParams.get("resource_id") ?? "";
  const jobs = Array.from({ length: size }, (_, index) => ({
    job_id: `${account}-${page * size + index}`,
    status: "COMPLETE",
    job_type: "UPGRADE",
    begin_time: "2024-03-23T08:20:42Z",
    end_time: "2024-03-23T08:21:42Z",
    error_code: "",
  }));
  const body = JSON.stringify({
    jobs,
    page_info: { ...(page + 1 < pages && { next_marker: String(page + 1) }), current_count: size },
  });
  const answer = (status: number, text: string, type = "application/json"): void => {
    response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(text) }).end(text);
  };
  if (lifetime && request.headers["x-auth-token"] !== token())
    return answer(
      401,
      '{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information: token expires"}',
    );
  if (random() >= rate) return answer(200, body);
  faults++;
  switch (Math.floor(random() * 5)) {
    case 0:
      return answer(503, "<html><h1>503 Service Unavailable</h1></html>", "text/html");
    case 1:
      return void request.socket.resetAndDestroy();
    case 2:
      return answer(
        429,
        '{"error_code":"APIGW.0308","error_msg":"The throttling threshold has been reached"}',
      );
    case 3:
      response.writeHead(200, { "content-type": "application/json", connection: "close" });
      response.write(body.slice(0, body.length / 2));
      return void setImmediate(() => request.socket.destroy());
    default:
      return void request.socket.end();
  }
});
server.on("connection", (socket) => {
  open.add(socket);
  most = Math.max(most, open.size);
  socket.on("close", () => open.delete(socket));
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port })); // it listens on a port
process.on("message", () => process.send?.({ requests, logins, faults, most, token: token() }));
