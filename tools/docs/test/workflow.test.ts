import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { pageName } from "../src/spec/page-names.ts";
import { modelOf, readOperations, root } from "./support/model.ts";
import { render } from "./support/render.ts";
import { repository } from "./support/repository.ts";

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
}

const text = readFileSync(join(root, ".github/workflows/docs.yml"), "utf8");
// The form is GitHub's, and the tests below would fail with any other.
const workflow = parse(text) as {
  readonly permissions: object;
  readonly jobs: { readonly drift: { readonly permissions: object; readonly steps: readonly Step[] } };
};
const { steps } = workflow.jobs.drift;
const script = (name: string): string => steps.find((step) => step.name === name)?.run ?? "exit 9";

test("actions are pinned, and only the step that pushes has a token", () => {
  for (const { uses } of steps)
    if (uses !== undefined) expect(uses).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/);
  expect(workflow.permissions).toEqual({});
  expect(workflow.jobs.drift.permissions).toEqual({ contents: "write", "pull-requests": "write" });
  expect(steps[0]?.with).toMatchObject({ "persist-credentials": false });
  expect(steps.filter(({ env }) => env !== undefined).map(({ name }) => name)).toEqual([
    "Open a pull request",
  ]);
  expect(text).not.toMatch(/secrets\./);
  // What GitHub writes into a script becomes a part of it.
  for (const { run } of steps) expect(run ?? "").not.toContain("${{");
});

const hasBash = spawnSync("bash", ["-c", "true"]).status === 0;

/** Its steps, with saved pages that drift and another GitHub. */
async function withDrift() {
  const pages: Record<string, string> = {};
  for (const spec of await readOperations()) {
    const page = render(modelOf(spec), {
      layout: "text",
      language: "zh",
      style: { labels: "line", enums: "inline" },
      marks: false,
    });
    // Without its date: an edition older than the specification's is not followed.
    pages[`pages/${pageName(spec)}.txt`] = page.replace("0-2000", "0-3000").replace(/^.*2025-01-02.*\n/m, "");
  }
  const { folder, git, write } = repository(pages);
  write(".gitignore", "node_modules\npages\ntemp\nbin\norigin.git\n");
  execFileSync("git", ["init", "-q", "--bare", join(folder, "origin.git")]);
  git("remote", "add", "origin", join(folder, "origin.git"));
  mkdirSync(join(folder, "temp"));
  const tool = (name: string, body: string) => {
    write(`bin/${name}`, `#!/usr/bin/env bash\n${body}\n`);
    chmodSync(join(folder, "bin", name), 0o755);
  };
  // `npx pnpm --silent run docs fetch …`: the command itself, on saved pages. Without `run`, "docs" is pnpm's own command.
  tool(
    "npx",
    `shift 2
     case "$1 $2" in docs:update*) shift; set -- update "$@" ;; "run docs") shift 2 ;; *) exit 90 ;; esac
     [ "$1" = fetch ] && set -- "$@" --from pages
     exec "${process.execPath}" -C @typedcloud/source "${join(root, "tools/docs/src/main.ts")}" "$@"`,
  );
  tool("gh", `echo "$*" >> temp/gh.txt; [ "$1 $2" = "pr view" ] && cat temp/state 2> /dev/null; exit 0`);
  const run = (name: string) => {
    const env = {
      PATH: `${join(folder, "bin")}:${process.env.PATH}`,
      HOME: folder,
      RUNNER_TEMP: join(folder, "temp"),
      GITHUB_OUTPUT: join(folder, "temp/output"),
      GITHUB_RUN_ID: "42",
    };
    // As GitHub runs them.
    const { status, stdout, stderr } = spawnSync(
      "bash",
      ["--noprofile", "--norc", "-e", "-c", script(name)],
      {
        cwd: folder,
        env,
        encoding: "utf8",
      },
    );
    expect({ name, status, stderr }).toMatchObject({ name, status: 0 });
    return stdout;
  };
  const told = (file: string) => readFileSync(join(folder, "temp", file), "utf8");
  run("Get the pages and check them");
  run("Apply what a machine may");
  run("Open a pull request");
  return { folder, git, run, told };
}

test.skipIf(!hasBash)("what has drifted is told, applied and proposed", { timeout: 60_000 }, async () => {
  const { git, told } = await withDrift();
  expect(told("output")).toBe("status=1\ndrift=true\n");
  expect(told("drift.txt")).toContain("query.limit.maximum: 2000 → 3000");
  expect(git("show", "--stat", "--format=%an %s", "origin/docs/drift")).toMatch(
    /^github-actions\[bot\] Follow the documentation pages\n[\s\S]*specs\/huaweicloud\/elb\.yaml/,
  );
  expect(told("gh.txt")).toContain("pr create --head docs/drift --title Follow the documentation pages");
  expect(told("body.md")).toMatch(
    /```\n[\s\S]*applied {5}huaweicloud-elb listJobs query\.limit\.maximum: 2000 → 3000[\s\S]*```\n$/,
  );
});

test.skipIf(!hasBash)("a proposal that somebody works on is left alone", { timeout: 60_000 }, async () => {
  const { folder, git, run, told } = await withDrift();
  // The week after, with the pull request still open, and somebody at work on it.
  writeFileSync(join(folder, "temp/state"), "OPEN\n");
  git("switch", "-q", "-");
  run("Get the pages and check them");
  run("Open a pull request");
  expect(told("gh.txt")).toContain("pr edit docs/drift --body-file");
  git("commit", "-q", "--allow-empty", "-m", "by hand", "--author", "A <a@example.com>");
  git("push", "-q", "-f", "origin", "HEAD:docs/drift");
  git("switch", "-q", "-");
  run("Open a pull request");
  expect(told("gh.txt")).toContain("pr edit docs/drift-42 --body-file");
  expect(git("log", "-1", "--format=%s", "origin/docs/drift").trim()).toBe("by hand");
  expect(existsSync(join(folder, "temp/pages/huaweicloud-elb-list-jobs.html"))).toBe(true);
});
