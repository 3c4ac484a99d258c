/** The command line, as a process. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { send, signHuawei } from "./support/sign.js";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** From source, as Node finds it: `.js` in imports means `.ts` here. */
const run = (...args: string[]) => {
  const child = spawn(process.execPath, ["--import", hook, "--conditions=@typedcloud/source", main, ...args]);
  onTestFinished(() => void child.kill());
  return child;
};

const hook = `data:text/javascript,${encodeURIComponent(`
import { registerHooks } from "node:module";
registerHooks({ resolve: (name, context, next) => {
  try { return next(name, context); }
  catch (error) { if (!name.endsWith(".js")) throw error; return next(name.slice(0, -3) + ".ts", context); }
} });
`)}`;

test("starts, prints addresses and keys, ends when it is told to", async () => {
  const child = run("--json", "--jobs", "7");
  const [line] = await once(createInterface(child.stdout), "line");
  const { endpoints, accounts } = JSON.parse(String(line));
  const { ak, sk, projects } = accounts.huaweicloud;
  const url = `${endpoints.elb}/v3/${projects["cn-north-4"]}/elb/jobs`;
  expect((await send(signHuawei({ url }, ak, sk))).body.page_info).toMatchObject({ current_count: 7 });
  child.kill("SIGTERM");
  const [code, signal] = await once(child, "exit");
  expect({ code, signal }).toEqual({ code: 0, signal: null });
});

test("prints what people can read and paste", async () => {
  const child = run();
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (line.startsWith("Jobs, requests")) break;
  }
  expect(lines[0]).toMatch(/^The mock cloud listens on http:\/\/127\.0\.0\.1:\d+$/);
  expect(lines.join("\n")).toMatch(
    / {2}gaussdb {2}http:.*export HUAWEICLOUD_SDK_AK=\S+.*export ALIBABA_CLOUD_ACCESS_KEY_ID=\S+/s,
  );
});

test.each([
  [["--jobs", "many"], "--jobs must be a number"],
  [["--offsets", "sideways"], "--offsets must be one of those below"],
  [["--failure-rate", "2"], "failureRate must be from 0 to 1"],
  [["--nonsense"], "Unknown option '--nonsense'"],
])("refuses %j", async (args, message) => {
  const child = run(...args);
  const [error, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  expect({ code, error }).toEqual({ code: 2, error: expect.stringContaining(message) });
  expect(error).toContain("Usage: typedcloud-mock-cloud");
});
