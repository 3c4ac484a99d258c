/** Answers every request with one body. Started by requests.ts in a process of its own, so that its time is not counted. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const [body = "{}"] = process.argv.slice(2);
const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
const server = createServer((_, response) => response.writeHead(200, headers).end(body));
server.listen(0, "127.0.0.1", () => {
  process.send?.((server.address() as AddressInfo).port); // not a pipe: `listen` was given a port
});
process.on("disconnect", () => process.exit());
