/** An app as users have it: packages from tarballs, installed by npm, and the story built for each kind of runtime. */

import { execFileSync } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import type { Settings } from "./story.ts";

const repository = resolve(import.meta.dirname, "../../..");
const PACKAGES = ["runtime", "huaweicloud-elb", "alibabacloud-alb"];

export interface App extends AsyncDisposable {
  readonly folder: string;
  /** Builds the story; gives the file's path. `modules`: packages stay imports, for runtimes that read node_modules. */
  build(kind: "modules" | "browser" | "worker", settings: Settings): Promise<string>;
}

export async function createApp(): Promise<App> {
  const folder = await mkdtemp(join(tmpdir(), "typedcloud-runtimes-"));
  const run = (command: string, args: string[], cwd: string): string =>
    execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  const tarballs = PACKAGES.map((name) => {
    const packed = run(
      "pnpm",
      ["pack", "--json", "--pack-destination", folder],
      join(repository, "packages", name),
    );
    return (JSON.parse(packed) as { filename: string }).filename; // what pnpm pack prints
  });
  await mkdir(join(folder, "app"));
  await writeFile(join(folder, "app/package.json"), JSON.stringify({ private: true, type: "module" }));
  run("npm", ["install", "--silent", "--no-audit", "--no-fund", ...tarballs], join(folder, "app"));
  await copyFile(join(import.meta.dirname, "story.ts"), join(folder, "app/story.ts"));

  return {
    folder: join(folder, "app"),
    async build(kind, settings) {
      const outfile = join(folder, "app", `${kind}.mjs`);
      const start = kind === "worker" ? "export default { test: run };" : "await run();";
      await build({
        stdin: {
          contents: `import { run } from "./story.ts";\n${start}`,
          resolveDir: join(folder, "app"),
          loader: "ts",
        },
        bundle: true,
        format: "esm",
        target: "es2022",
        define: { SETTINGS: JSON.stringify(settings) },
        ...(kind === "modules"
          ? { platform: "node", packages: "external" }
          : { platform: "browser", ...(kind === "worker" && { conditions: ["workerd", "worker"] }) }),
        outfile,
      });
      return outfile;
    },
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}
