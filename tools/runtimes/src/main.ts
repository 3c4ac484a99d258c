/**
 * The packed packages at work on every runtime that the README names, against a mock cloud that checks each signature.
 * Run after a build: `pnpm test:runtimes [name…]`. Needs the network, for the runtimes, and a Chromium.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { isDeepStrictEqual } from "node:util";
import { startMockCloud } from "@typedcloud/mock-cloud";
import Table from "cli-table3";
import { createApp } from "./app.ts";
import { hosts } from "./hosts.ts";
import type { Report } from "./story.ts";

/** What the story must tell everywhere. */
const EXPECTED = {
  page: 7,
  everyElbJob: 451, // one of them is waited for
  everyAlbJob: 230,
  waited: "COMPLETE",
  hasTimes: true,
  refused: "AuthenticationError 401, request id",
  secretShown: false,
  aborted: "AbortError",
};
const TIMEOUT_MS = 120_000;

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(hosts, name));
if (unknown !== undefined)
  throw new Error(`There is no runtime "${unknown}", but ${Object.keys(hosts).join(", ")}`);

await using app = await createApp();
const table = new Table({ head: ["runtime", "", "seconds"], style: { head: [], border: [] } });
for (const [name, host] of Object.entries(hosts)) {
  if (wanted.length && !wanted.includes(name)) continue;
  const started = performance.now();
  const { runtime = name, ...told } = await tell(host).catch(
    (error: unknown): Partial<Report> => ({ error: error instanceof Error ? error.message : String(error) }),
  );
  const isRight = isDeepStrictEqual(told, EXPECTED);
  if (!isRight) process.exitCode = 1;
  table.push([
    runtime,
    isRight ? "ok" : JSON.stringify(told, undefined, 2),
    ((performance.now() - started) / 1000).toFixed(1),
  ]);
}
console.log(table.toString());

/** One runtime's report. */
async function tell(host: (typeof hosts)[string]): Promise<Report> {
  await using cloud = await startMockCloud({ speed: 60 }); // a minute of the cloud takes a second
  cloud.jobs.fill("elb", 450);
  cloud.jobs.fill("alb", 230);
  const { huaweicloud, alibabacloud } = cloud.accounts;
  let page = "";
  let receive: (report: Report) => void = () => {};
  const reported = new Promise<Report>((resolve) => {
    receive = resolve;
  });
  // Takes the report; and is the page of a browser.
  const server = createServer(async (request, response) => {
    if (request.method === "POST") {
      const chunks = await request.toArray();
      response.end();
      receive(JSON.parse(Buffer.concat(chunks).toString()) as Report); // what story.ts sends
    } else if (request.url === "/story.mjs") {
      response.writeHead(200, { "content-type": "text/javascript" }).end(page);
    } else {
      response.writeHead(200, { "content-type": "text/html" });
      response.end('<!doctype html><script type="module" src="/story.mjs"></script>');
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`; // it listens on a port
  const settings = {
    elb: cloud.endpoint("elb"),
    alb: cloud.endpoint("alb"),
    projectId: huaweicloud.projects["cn-north-4"] ?? "",
    huaweicloud: { ak: huaweicloud.ak, sk: huaweicloud.sk },
    alibabacloud: { accessKeyId: alibabacloud.accessKeyId, accessKeySecret: alibabacloud.accessKeySecret },
    jobId: cloud.jobs.add("elb", { durationMs: 60_000 }).id,
    report: url,
  };
  const { command, args, cwd, page: file } = await host(app, settings, url);
  if (file !== undefined) page = await readFile(file, "utf8");
  const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (printed += data));
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`ended with ${code} and no report: ${printed.slice(-2000)}`);
  });
  const late = new Promise<never>((_, reject) => {
    setTimeout(
      () => reject(new Error(`no report within ${TIMEOUT_MS} ms: ${printed.slice(-2000)}`)),
      TIMEOUT_MS,
    ).unref();
  });
  try {
    return await Promise.race([reported, ended, late]);
  } finally {
    ended.catch(() => {});
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL"); // npx and what it started
    server.closeAllConnections();
    server.close();
  }
}
