import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { run } from "../../src/cli.ts";
import { root } from "./model.ts";

/**
 * A copy of the repository's specifications and packages, under version control, for one test.
 *
 * @param isWhole whether the packages come with their tests and what these need
 */
export function repository(files: Readonly<Record<string, string>> = {}, isWhole = false) {
  const folder = mkdtempSync(join(tmpdir(), "docs-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ["package.json", "pnpm-workspace.yaml", ".changeset/config.json", "specs"])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  if (isWhole) copyPackages(folder);
  for (const name of readdirSync(join(root, "packages")).filter((each) => each.includes("cloud-")))
    for (const part of ["src", "package.json", "README.md"]) {
      if (name.startsWith("mock-")) continue;
      cpSync(join(root, "packages", name, part), join(folder, "packages", name, part), { recursive: true });
    }
  cpSync(join(root, "packages/runtime/package.json"), join(folder, "packages/runtime/package.json"));
  // What the specifications need while they are checked; nothing is installed.
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=test", "-c", "user.email=test@example.com", ...args], {
      cwd: folder,
      encoding: "utf8",
    });
  git("init", "-q");
  writeFileSync(join(folder, ".gitignore"), "node_modules\n");
  const commit = () => {
    git("add", "-A");
    git("commit", "-q", "-m", "test");
  };
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  commit();
  for (const [path, text] of Object.entries(files)) write(path, text);
  const docs = async (...args: string[]) => {
    const out: string[] = [];
    const err: string[] = [];
    const code = await run(args, {
      cwd: folder,
      output: { log: (text) => out.push(String(text)), error: (text) => err.push(String(text)) },
    });
    return { code, out: out.join("\n"), err: err.join("\n") };
  };
  return { folder, git, commit, write, docs };
}

/** Links between packages are relative: in the copy they lead to the copy's packages. */
function copyPackages(folder: string): void {
  for (const name of ["vitest.config.ts", "tsconfig.json"]) cpSync(join(root, name), join(folder, name));
  cpSync(join(root, "packages"), join(folder, "packages"), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !/[\\/](?:dist|coverage|\.turbo|\.vite|\.bin)$/.test(path),
  });
}
