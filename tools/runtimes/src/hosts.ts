/** How each runtime is started. Those that are not on the machine come from npm, by npx; Chromium is the system's. */

import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { App } from "./app.ts";
import type { Settings } from "./story.ts";

/** A command that runs the story. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** What the page of a browser is: served at the address that stands for `page` in the arguments. */
  readonly page?: string;
}

export type Host = (app: App, settings: Settings, pageUrl: string) => Promise<Command>;

const npx =
  (tool: string, ...args: string[]): Host =>
  async (app, settings) => ({
    command: "npx",
    args: ["--yes", `--package=${tool}`, "--", ...args, await app.build("modules", settings)],
    cwd: app.folder,
  });

const workerd: Host = async (app, settings) => {
  const file = await app.build("worker", settings);
  const config = join(dirname(file), "worker.capnp");
  // A worker reaches only the public network unless it is told otherwise.
  await writeFile(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [
  (name = "main", worker = .story),
  (name = "internet", network = (allow = ["private"])),
]);
const story :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.mjs")],
  compatibilityDate = "2026-01-01",
);
`,
  );
  return {
    command: "npx",
    args: ["--yes", "--package=workerd", "--", "workerd", "test", config],
    cwd: app.folder,
  };
};

const chromium: Host = async (app, settings, pageUrl) => ({
  command: findChromium(),
  args: [
    "--headless=new",
    "--no-sandbox", // what it opens is ours
    "--disable-gpu",
    "--disable-web-security", // the clouds allow no other origin, and the mock cloud is as they are
    `--user-data-dir=${join(app.folder, "chromium")}`,
    pageUrl,
  ],
  cwd: app.folder,
  page: await app.build("browser", settings),
});

function findChromium(): string {
  const names = [process.env.CHROMIUM, "chromium", "chromium-browser", "google-chrome"];
  const found = names.find(
    (name) => name && spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0,
  );
  if (found) return found;
  throw new Error(
    "There is no Chromium. Install it (Debian: apt-get install chromium), or name it in CHROMIUM.",
  );
}

export const hosts: Readonly<Record<string, Host>> = {
  "Node 20": npx("node@20", "node"),
  "Node 22": npx("node@22", "node"),
  "Node 24": npx("node@24", "node"),
  "Node 26": npx("node@26", "node"),
  Bun: npx("bun", "bun", "run"),
  Deno: npx("deno", "deno", "run", "--allow-all"),
  workerd,
  Chromium: chromium,
};
