/**
 * What a call costs beside the same request made with `fetch` alone, and what importing a client costs beside an empty
 * module. Run after a build: `pnpm bench:requests`. Machines differ and are noisy, so the rows take turns and the
 * figures are medians of ratios within a round.
 */

import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createAlbClient } from "@typedcloud/alibabacloud-alb";
import { createElbClient } from "@typedcloud/huaweicloud-elb";
import Table from "cli-table3";

const ROUNDS = 9;
const REQUESTS = 1500;
const STARTS = 15;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Runs every row once a round, each time in another order, and gives each row's figures round by round. */
async function inTurns<Name extends string>(
  rounds: number,
  rows: Record<Name, () => number | Promise<number>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(rows) as Name[]; // nothing else is in it
  const figures = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>; // all of them
  for (let round = 0; round < rounds; round++) {
    names.push(...names.splice(0, 1));
    for (const name of names) figures[name].push(await rows[name]());
  }
  return figures;
}

const ratio = (figures: readonly number[], base: readonly number[]): string =>
  `${median(figures.map((figure, round) => figure / (base[round] ?? Number.NaN))).toFixed(2)}x`;

// --- Requests -------------------------------------------------------------------------------------------------------

/** Microseconds of this process's CPU a call, of so many calls one after the other. */
const cpuOf = (call: () => Promise<unknown>) => async (): Promise<number> => {
  const before = process.cpuUsage();
  for (let n = 0; n < REQUESTS; n++) await call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / REQUESTS;
};

async function serve(body: object): Promise<{ endpoint: string; stop: () => void }> {
  const child = fork(new URL("example-server.ts", import.meta.url), [JSON.stringify(body)], { execArgv: [] });
  const [port] = (await once(child, "message")) as [number]; // what example-server.ts sends
  return { endpoint: `http://127.0.0.1:${port}`, stop: () => child.kill() };
}

const job = {
  job_id: "6eb6a2b4-c9a5-4e46-8e5a-3bd7ea5dd9b3",
  job_type: "UPGRADE",
  status: "COMPLETE",
  sub_jobs: [],
};
const server = await serve({
  jobs: Array(5).fill(job),
  page_info: { current_count: 5 },
  request_id: "r",
  Jobs: [],
  TotalCount: 0,
});
const { endpoint } = server;
const elb = createElbClient({ endpoint, projectId: "p", credentials: { ak: "AK", sk: "SK" } });
const alb = createAlbClient({ endpoint, credentials: { accessKeyId: "AK", accessKeySecret: "SK" } });
const calls = {
  "fetch, and json()": cpuOf(async () => (await fetch(`${endpoint}/v3/p/elb/jobs`)).json()),
  "elb.listJobs()": cpuOf(() => elb.listJobs()),
  "alb.listAsynJobs()": cpuOf(() => alb.listAsynJobs()),
};
await inTurns(2, calls); // warm
const requests = await inTurns(ROUNDS, calls);
server.stop();

// --- Starts ---------------------------------------------------------------------------------------------------------

/** Milliseconds from start to end of a process that runs so much code. */
const startOf = (code: string) => (): number => {
  const started = performance.now();
  execFileSync(process.execPath, ["--input-type=module", "-e", code], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
  });
  return performance.now() - started;
};

const starts = await inTurns(STARTS, {
  "an empty module": startOf(""),
  "import and create": startOf(
    `import { createElbClient } from "@typedcloud/huaweicloud-elb"; createElbClient({ region: "cn-north-4" });`,
  ),
});

const table = new Table({
  head: [`Node ${process.version}`, "median", "beside the first"],
  colAligns: ["left", "right", "right"],
  style: { head: [], border: [] },
});
for (const [figures, unit] of [
  [requests, "µs CPU"],
  [starts, "ms"],
] as const) {
  const rows = Object.entries(figures);
  for (const [name, row] of rows)
    table.push([
      name,
      `${median(row).toFixed(unit === "ms" ? 1 : 0)} ${unit}`,
      ratio(row, rows[0]?.[1] ?? []),
    ]);
}
console.log(table.toString());
