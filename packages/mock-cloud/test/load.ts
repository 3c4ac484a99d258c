/**
 * Many clients at once, against the built server in a process of its own: `pnpm build && pnpm load`.
 *
 * `CLIENTS` (200), `DURATION` (60 seconds). Prints requests, failures, latencies and what the server's heap holds after
 * a garbage collection; fails if a request does, or if the heap is not flat.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { createAlbClient } from "@typedcloud/alibabacloud-alb";
import { createEipClient } from "@typedcloud/huaweicloud-eip";
import { createElbClient } from "@typedcloud/huaweicloud-elb";
import { createGaussDBClient } from "@typedcloud/huaweicloud-gaussdb";
import { createSwrClient } from "@typedcloud/huaweicloud-swr";

const CLIENTS = Number(process.env.CLIENTS ?? 200);
const DURATION = Number(process.env.DURATION ?? 60);

/** What the second half may add to the heap: nonces are kept for half an hour. Megabytes. */
const FLAT_MB = 10;

/** Lets the server collect its garbage when it is asked to, and say what is left. */
const hook = `data:text/javascript,${encodeURIComponent(
  'process.on("message", () => { gc(); gc(); process.send(process.memoryUsage()); });',
)}`;
const server = spawn(
  process.execPath,
  ["--expose-gc", "--import", hook, resolve(import.meta.dirname, "../dist/main.js"), "--json"],
  { stdio: ["ignore", "pipe", "inherit", "ipc"] },
);
if (!server.stdout) throw new Error("its standard output is piped");
const [line] = await once(createInterface(server.stdout), "line");
const { endpoints, accounts } = JSON.parse(String(line));
const { ak, sk, projects } = accounts.huaweicloud;
const { accessKeyId, accessKeySecret } = accounts.alibabacloud;

/** Nothing is sent twice: every failure counts. */
const common = (service: string) => ({ endpoint: String(endpoints[service]), maxAttempts: 1 });
const huawei = (service: string) => ({
  ...common(service),
  projectId: projects["cn-north-4"],
  credentials: { ak, sk },
});
const control = await fetch(new URL("/_control/jobs/eip", endpoints.eip));
const [{ id: job_id }] = (await control.json()) as [{ id: string }];

const makers: (() => () => Promise<unknown>)[] = [
  () => {
    const { listJobs } = createElbClient(huawei("elb"));
    return () => listJobs({ query: { limit: 50 } });
  },
  () => {
    const { listInstanceJobs } = createSwrClient(huawei("swr"));
    return () => listInstanceJobs({ query: { offset: 100, limit: 50 } });
  },
  () => {
    const { listImmediateJobs } = createGaussDBClient(huawei("gaussdb"));
    return () => listImmediateJobs({ query: { offset: "50", limit: "50" } });
  },
  () => {
    const { showResourcesJobDetail } = createEipClient(huawei("eip"));
    return () => showResourcesJobDetail({ path: { job_id } });
  },
  () => {
    const { listAsynJobs } = createAlbClient({
      ...common("alb"),
      credentials: { accessKeyId, accessKeySecret },
    });
    return () => listAsynJobs({ query: { MaxResults: 50 } });
  },
];

const latencies: number[] = [];
const failures = new Map<string, number>();
const atStart = await memory();
const atHalf = new Promise<Memory>((done) => setTimeout(() => done(memory()), DURATION * 500));

const began = performance.now();
const ends = began + DURATION * 1000;
await Promise.all(
  Array.from({ length: CLIENTS }, async (_, index) => {
    const call = makers[index % makers.length]?.();
    while (call && performance.now() < ends) {
      const start = performance.now();
      await call().catch((error: unknown) => {
        const name = String(error);
        failures.set(name, (failures.get(name) ?? 0) + 1);
      });
      latencies.push(performance.now() - start);
    }
  }),
);
const seconds = (performance.now() - began) / 1000;
const [half, end] = [await atHalf, await memory()];
server.disconnect();
server.kill();

latencies.sort((a, b) => a - b);
const at = (share: number) => `${(latencies[Math.floor(latencies.length * share)] ?? 0).toFixed(1)} ms`;
const rate = Math.round(latencies.length / seconds);
console.log(`${CLIENTS} clients, ${seconds.toFixed(1)} s: ${latencies.length} requests, ${rate} a second`);
console.log(`latency: median ${at(0.5)}, 99 % below ${at(0.99)}, longest ${at(0.999_999)}`);
console.log(
  `server's heap: ${atStart.heapMb} MB at first, ${half.heapMb} at half time, ${end.heapMb} at the end`,
);
console.log(
  `resident: ${atStart.residentMb} MB at first, ${half.residentMb} at half time, ${end.residentMb} at the end`,
);
console.log(
  failures.size ? [...failures].map(([name, count]) => `${count} × ${name}`).join("\n") : "no failures",
);
if (failures.size || end.heapMb - half.heapMb > FLAT_MB) process.exitCode = 1;

interface Memory {
  readonly heapMb: number;
  readonly residentMb: number;
}

async function memory(): Promise<Memory> {
  const answer = once(server, "message");
  server.send("memory");
  const [{ heapUsed, rss }] = (await answer) as [NodeJS.MemoryUsage]; // the hook sends nothing else
  return { heapMb: Math.round(heapUsed / 2 ** 20), residentMb: Math.round(rss / 2 ** 20) };
}
