/**
 * How the client holds under load: L1 to L7 of the reliability catalogue, with the figures of this machine beside what
 * the catalogue asks for. Run after a build: `pnpm bench:load`. A lost or doubled job makes it fail; slowness does not.
 */

import { fork } from "node:child_process";
import { getEventListeners, once } from "node:events";
import { availableParallelism } from "node:os";
import { createElbClient, type ElbClient } from "@typedcloud/huaweicloud-elb";
import Table from "cli-table3";
import { heap, MB, numberOf, resuming, SEED, serve, warnings } from "./measure.ts";

const options = { region: "cn-north-4", projectId: "p", credentials: { ak: "AK", sk: "SK" } };

/** What a run found. `wrong`: not slow or large, but wrong. */
interface Row {
  run: string;
  wanted: string;
  measured: string;
  met: boolean;
  wrong?: boolean;
}

interface Walked {
  lost: number;
  doubled: number;
  failures: number;
  perPage: number;
  seconds: number;
  /** Of the whole process: Node, what strips the types of this file, and the client. */
  peak: number;
  /** What the process had before the first request. */
  start: number;
  heapRise: number;
  sockets: number;
}

/** So many walks at once through so many pages each. The oracle: every job of every walk, once. */
async function walk(walks: number, pages: number, size: number, rate: number): Promise<Walked> {
  const server = await serve({ pages, size, rate });
  const client = createElbClient({ ...options, endpoint: server.endpoint });
  const before = heap();
  const start = process.memoryUsage.rss();
  let peak = start;
  const sampling = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  const started = performance.now();
  let lost = 0;
  let doubled = 0;
  let failures = 0;
  const one = async (account: string): Promise<void> => {
    const seen = new Uint8Array(pages * size);
    const resumed = await resuming(async (from) => {
      for await (const job of client.listJobs.items({ query: { resource_id: account, limit: size }, from })) {
        const at = numberOf(job);
        const times = seen[at] ?? 0;
        if (times) doubled++;
        seen[at] = times + 1;
      }
    });
    failures += resumed; // not in one step with the wait: other walks count meanwhile
    lost += seen.reduce((sum, times) => sum + (times ? 0 : 1), 0);
  };
  await Promise.all(Array.from({ length: walks }, (_, index) => one(`a${index}`)));
  const seconds = (performance.now() - started) / 1000;
  clearInterval(sampling);
  const { requests, most } = await server.end();
  return {
    lost,
    doubled,
    failures,
    perPage: requests / (walks * pages),
    seconds,
    peak: peak / MB,
    start: start / MB,
    heapRise: (heap() - before) / MB,
    sockets: most,
  };
}

const told = (
  { lost, doubled, failures, perPage, seconds, peak, start, heapRise, sockets }: Walked,
  jobs: number,
): string =>
  [
    `${lost} lost, ${doubled} doubled, ${failures} resumed of ${jobs.toLocaleString("en")} jobs`,
    `${perPage.toFixed(3)} attempts a page, ${sockets} sockets`,
    `${seconds.toFixed(1)} s, peak ${peak.toFixed(0)} MB (${start.toFixed(0)} before), heap +${heapRise.toFixed(1)} MB`,
  ].join("\n");

const exact = ({ lost, doubled }: Walked): boolean => lost + doubled === 0;

const runs: Record<string, () => Promise<Row>> = {
  async L1() {
    const l1 = await walk(200, 50, 20, 0.01);
    return {
      run: "200 walks of 50 × 20\n1 % faults",
      wanted: "0 lost, 0 doubled, 0 resumed\n≤ 1.03 a page, ≤ 30 s",
      measured: told(l1, 200_000),
      met: exact(l1) && l1.failures === 0 && l1.perPage <= 1.03 && l1.seconds <= 30,
      wrong: !exact(l1),
    };
  },
  async L2() {
    const l2 = await walk(200, 50, 100, 0.01);
    return {
      run: "200 walks of 50 × 100\n1 % faults",
      wanted: "0 lost, 0 doubled, 0 resumed\n≤ 450 MB, heap ≤ +20 MB, ≤ 45 s",
      measured: told(l2, 1_000_000),
      met: exact(l2) && l2.failures === 0 && l2.peak <= 450 && l2.heapRise <= 20 && l2.seconds <= 45,
      wrong: !exact(l2),
    };
  },
  async L3() {
    const l3 = await walk(1000, 10, 20, 0.01);
    return {
      run: "1,000 walks of 10 × 20\n1 % faults",
      wanted: "0 lost, 0 doubled, 0 resumed\n≤ 50 sockets (and up to 5 that faults are closing), ≤ 45 s",
      measured: told(l3, 200_000),
      met: exact(l3) && l3.failures === 0 && l3.sockets <= 55 && l3.seconds <= 45,
      wrong: !exact(l3),
    };
  },
  async L4() {
    const l4 = await walk(200, 50, 20, 0.1);
    return {
      run: "200 walks of 50 × 20\n10 % faults",
      wanted: "0 lost, 0 doubled\n≤ 1.2 a page",
      measured: told(l4, 200_000),
      met: exact(l4) && l4.perPage <= 1.2,
      wrong: !exact(l4),
    };
  },
  L5: outage,
  L6: waiters,
  L7: oneSignal,
};

/** A client on a server in memory. */
function client(answer: (url: string) => Response): ElbClient {
  return createElbClient({ ...options, fetch: async (input) => answer(String(input)) });
}
const reply = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

async function outage(): Promise<Row> {
  let down = true;
  let requests = 0;
  const { listJobs } = client(() => {
    requests++;
    return down ? reply({ error_code: "X", error_msg: "down" }, 503) : reply({ jobs: [], page_info: {} });
  });
  const calls = () => Promise.allSettled(Array.from({ length: 200 }, () => listJobs()));
  await calls();
  const during = requests;
  down = false;
  const healed = performance.now();
  const results = await calls();
  const ms = performance.now() - healed;
  const failed = results.filter(({ status }) => status === "rejected").length;
  return {
    run: "200 callers, nothing but 503\nthen all is well",
    wanted: "≤ 300 requests\nrecovered in ≤ 5 s",
    measured: `${during} requests, then ${failed} failed, ${ms.toFixed(0)} ms`,
    met: during <= 300 && failed === 0 && ms <= 5000,
    wrong: during > 300 || failed > 0,
  };
}

async function waiters(): Promise<Row> {
  const [count, polls, least] = [2000, 30, 300];
  const last = new Map<string, { at: number; polls: number }>();
  let total = 0;
  let early = 0;
  const { listJobs } = createElbClient({
    ...options,
    maxConcurrency: count,
    fetch: async (input) => {
      const id = new URL(String(input)).searchParams.get("job_id") ?? "";
      const now = performance.now();
      const before = last.get(id);
      if (before && now - before.at < least - 1) early++;
      const seen = (before?.polls ?? 0) + 1;
      last.set(id, { at: now, polls: seen });
      total++;
      return reply({ jobs: [{ job_id: id, status: seen < polls ? "RUNNING" : "COMPLETE" }], page_info: {} });
    },
  });
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  const { signal } = new AbortController();
  const started = performance.now();
  const wait = { signal, minDelayMs: least, maxDelayMs: 2 * least };
  await Promise.all(Array.from({ length: count }, (_, index) => listJobs.wait(`j${index}`, wait)));
  const seconds = (performance.now() - started) / 1000;
  const left = timers() - before;
  const met = total <= count * polls && early === 0 && warnings.length === 0 && left <= 0;
  return {
    run: "2,000 waiters, 30 polls each",
    wanted: "≤ 60,000 polls, none too early\n0 warnings, 0 timers left",
    measured: `${total.toLocaleString("en")} polls, ${early} too early\n${warnings.length} warnings, ${left} timers left, ${seconds.toFixed(1)} s`,
    met,
    wrong: !met,
  };
}

async function oneSignal(): Promise<Row> {
  const { signal } = new AbortController();
  const { listJobs } = client(() => reply({ jobs: [], page_info: {} }));
  for (let call = 0; call < 500; call++) await listJobs({ signal });
  const before = heap();
  for (let call = 0; call < 10_000; call++) await listJobs({ signal });
  const rise = (heap() - before) / MB;
  const listeners = getEventListeners(signal, "abort").length;
  return {
    run: "10,000 calls on one signal",
    wanted: "0 warnings, heap ≤ +5 MB",
    measured: `${warnings.length} warnings, ${listeners} listener, heap ${rise >= 0 ? "+" : ""}${rise.toFixed(1)} MB`,
    met: warnings.length === 0 && rise <= 5,
  };
}

const [name] = process.argv.slice(2);
const only = runs[name ?? ""];
if (only) {
  process.send?.(await only());
} else {
  // Each run in a process of its own: memory that one has used is not the next one's.
  const table = new Table({ head: ["", "run", "wanted", "measured", ""], style: { head: [], border: [] } });
  let wrong = false;
  for (const each of Object.keys(runs)) {
    const child = fork(new URL(import.meta.url), [each]);
    const row: Row = (await once(child, "message"))[0];
    child.kill();
    wrong ||= row.wrong === true;
    table.push([each, row.run, row.wanted, row.measured, row.met ? "ok" : "MISSED"]);
  }
  console.log(table.toString());
  console.log(`Node ${process.versions.node}, ${availableParallelism()} cores, seed ${SEED}`);
  process.exitCode = wrong ? 1 : 0;
}
