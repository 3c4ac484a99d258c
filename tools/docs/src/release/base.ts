import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Failure } from "../failure.ts";

const git = (cwd: string, ...args: string[]): string =>
  execFileSync("git", args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
    stdio: ["ignore", "pipe", "pipe"],
  });

/** @throws Failure if there is nothing to compare with */
export function needRevision(cwd: string, revision: string): void {
  try {
    git(cwd, "rev-parse", "--git-dir");
  } catch (error) {
    throw new Failure(`no git repository here: ${saidBy(error)}`);
  }
  try {
    git(cwd, "rev-parse", "--verify", "--quiet", `${revision}^{commit}`);
  } catch {
    throw new Failure(`"${revision}" is no revision here.`);
  }
}

/** What git said itself, or why it did not even start. */
function saidBy(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const said = "stderr" in error ? String(error.stderr).trim() : "";
  return said === "" ? error.message : said;
}

/** Writes a folder as it was at a revision into another place. */
export function checkOut(cwd: string, revision: string, folder: string, target: string): void {
  for (const path of filesAt(cwd, revision, folder)) {
    const file = join(target, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, git(cwd, "show", `${revision}:./${path}`));
  }
}

/** The files of a folder at a revision, as seen from `cwd`. */
export function filesAt(cwd: string, revision: string, folder: string): string[] {
  needRevision(cwd, revision);
  try {
    return git(cwd, "ls-tree", "-r", "--name-only", "-z", revision, "--", folder)
      .split("\0")
      .filter((path) => path !== "");
  } catch (error) {
    throw new Failure(`${folder} at ${revision}: ${saidBy(error)}`);
  }
}
