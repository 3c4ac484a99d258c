/**
 * A client that works for minutes: L9 of the reliability catalogue. Twenty walks after twenty walks, one request in
 * twenty fails, and every twenty seconds all tokens end. Memory and open resources must not rise, and each end of the
 * tokens must cost one login. Run after a build: `pnpm bench:soak [minutes]`, five by default.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { createElbClient } from "@typedcloud/huaweicloud-elb";
import { iamToken } from "@typedcloud/runtime/huaweicloud";
import Table from "cli-table3";
import { heap, MB, numberOf, resuming, serve, warnings } from "./measure.ts";

const [minutes = 5] = process.argv.slice(2).map(Number);
if (!(minutes >= 1 && minutes <= 60)) throw new Error("give the minutes, 1 to 60");

const [WALKS, PAGES, SIZE, RATE, LIFETIME_S, PAUSE_MS] = [20, 50, 20, 0.05, 20, 20];

const server = await serve({ pages: PAGES, size: SIZE, rate: RATE, lifetime: LIFETIME_S });
const { endpoint } = server;
const { listJobs } = createElbClient({
  endpoint,
  iamEndpoint: endpoint,
  projectId: "p",
  credentials: iamToken({ username: "user", password: "password", domainName: "account" }),
});

const ends = performance.now() + minutes * 60_000;
let [walked, lost, doubled, resumed] = [0, 0, 0, 0];

/** One walk after the other. The oracle: every job of every walk, once. */
async function walkOnAndOn(account: string): Promise<void> {
  while (performance.now() < ends) {
    let seen = 0;
    const failures = await resuming(async (from) => {
      const query = { resource_id: account, limit: SIZE };
      for await (const { jobs = [] } of listJobs.pages({ query, from })) {
        for (const job of jobs) {
          const at = numberOf(job);
          if (at < seen) doubled++;
          else {
            lost += at - seen;
            seen = at + 1;
          }
        }
        await sleep(PAUSE_MS);
      }
    });
    resumed += failures; // not in one step with the wait: other walks count meanwhile
    lost += PAGES * SIZE - seen;
    walked++;
  }
}

interface Sample {
  readonly minute: number;
  readonly heap: number;
  readonly resources: number;
}

/** The heap after collection, and what is open, every few seconds once all is warm. */
async function sample(): Promise<Sample[]> {
  const samples: Sample[] = [];
  await sleep(Math.min(60_000, minutes * 15_000)); // to get warm
  while (performance.now() < ends) {
    samples.push({
      minute: performance.now() / 60_000,
      heap: heap() / MB,
      resources: process.getActiveResourcesInfo().length,
    });
    await sleep(2000);
  }
  return samples;
}

/** How fast a figure rises: least squares. */
function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [meanX, meanY] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}

const [samples] = await Promise.all([
  sample(),
  ...Array.from({ length: WALKS }, (_, index) => walkOnAndOn(`a${index}`)),
]);
const { requests, logins, token } = await server.end();

const rise = slope(samples.map(({ minute, heap }) => [minute, heap]));
const resources = slope(samples.map(({ minute, resources }) => [minute, resources]));
const rotations = Number(token.split("-")[1]) + 1; // the last may have come when all was over
const rows: [wanted: string, measured: string, met: boolean][] = [
  [
    "every job of every walk, once",
    `${lost} lost, ${doubled} doubled in ${walked} walks, ${requests.toLocaleString("en")} requests, ${resumed} resumed`,
    lost + doubled === 0,
  ],
  [
    "heap: less than 1 MB a minute",
    `${rise.toFixed(2)} MB a minute over ${samples.length} samples`,
    rise < 1,
  ],
  [
    "open resources: no rise",
    `${resources.toFixed(1)} a minute, ${samples.at(-1)?.resources} at the end`,
    resources < 2,
  ],
  [
    "one login for all, each time the tokens end",
    `${logins} logins, ${rotations} tokens`,
    logins === rotations || logins === rotations - 1,
  ],
  ["no warnings", `${warnings.length}`, warnings.length === 0],
];
const table = new Table({ head: [`${minutes} minutes`, "measured", ""], style: { head: [], border: [] } });
for (const [wanted, measured, met] of rows) table.push([wanted, measured, met ? "ok" : "MISSED"]);
console.log(table.toString());
console.log(`Node ${process.versions.node}`);
process.exitCode = rows.every(([, , met]) => met) ? 0 : 1;
