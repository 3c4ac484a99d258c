/**
 * A client that works for minutes: L9 of the reliability catalogue. Twenty walks after twenty walks, one request in
 * twenty fails, and every twenty seconds all tokens end. Memory and open resources must not rise, and each end of the
 * tokens must cost one login. Run after a build: `pnpm bench:soak [minutes]`, five by default.
 */

import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createElbClient, isCloudError, type Position } from "@typedcloud/huaweicloud-elb";
import { iamToken } from "@typedcloud/runtime/huaweicloud";
import Table from "cli-table3";

const [minutes = 5] = process.argv.slice(2).map(Number);
if (!(minutes >= 1 && minutes <= 60)) throw new Error("give the minutes, 1 to 60");

const [WALKS, PAGES, SIZE, RATE, LIFETIME_S, PAUSE_MS] = [20, 50, 20, 0.05, 20, 20];
const MB = 2 ** 20;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
const warnings: string[] = [];
process.on("warning", ({ name }) => warnings.push(name));

const args = [PAGES, SIZE, RATE, 20_260_101, LIFETIME_S].map(String);
const child = fork(new URL("load-server.ts", import.meta.url), args, { execArgv: [] });
const [{ port }] = (await once(child, "message")) as [{ port: number }]; // what load-server.ts sends
const endpoint = `http://127.0.0.1:${port}`;
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
    let position: Position | undefined;
    for (let ended = false; !ended; ) {
      try {
        for await (const { jobs = [] } of listJobs.pages({
          query: { resource_id: account, limit: SIZE },
          from: position,
        })) {
          for (const { job_id } of jobs) {
            const [, page = 0, index = 0] = job_id.split("-").map(Number);
            const at = page * SIZE + index;
            if (at < seen) doubled++;
            else {
              lost += at - seen;
              seen = at + 1;
            }
          }
          await sleep(PAUSE_MS);
        }
        ended = true;
      } catch (error) {
        if (!isCloudError(error) || !error.position) throw error;
        ({ position } = error);
        resumed++;
      }
    }
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
    collectGarbage();
    collectGarbage();
    samples.push({
      minute: performance.now() / 60_000,
      heap: process.memoryUsage().heapUsed / MB,
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
child.send("figures");
const [{ requests, logins, token }] = (await once(child, "message")) as [
  { requests: number; logins: number; token: string },
];
child.kill();

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
