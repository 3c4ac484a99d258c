import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test, vi } from "vitest";
import { edited, SPECIFICATION } from "./support/specification.ts";
import { type Workspace, workspaceOf } from "./support/workspace.ts";

const MAIN = join(import.meta.dirname, "../src/main.ts");

function start(workspace: Workspace, ...args: string[]): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: workspace.cwd });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function run(workspace: Workspace, ...args: string[]) {
  const child = start(workspace, ...args);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  return { code, stdout, stderr };
}

test("generates from and into the folders that it is told, and exits with 0", async () => {
  const workspace = workspaceOf();
  const { code, stdout } = await run(workspace, "generate", "--specs", "./specs/", "--out", "made");
  expect(stdout).toMatch(/^1 service, 1 operation: 6 files written/);
  expect(code).toBe(0);
  expect(workspace.has("made/acme-tasks/src/index.ts")).toBe(true);
});

test("exits with 1 if there are problems or differences", async () => {
  expect((await run(workspaceOf(), "--check")).code).toBe(1);
  expect((await run(workspaceOf("openapi: 3.0.0"), "generate")).code).toBe(1);
});

test("exits with 2 and says how it is used if it is used wrongly", async () => {
  for (const args of [["build"], ["generate", "--force"], ["generate", "--check", "--watch"]]) {
    const { code, stderr } = await run(workspaceOf(), ...args);
    expect(code).toBe(2);
    expect(stderr).toContain("Usage: typedcloud [generate] [options]");
  }
});

test("--help shows the usage and exits with 0", async () => {
  expect(await run(workspaceOf(), "--help")).toMatchObject({ code: 0, stderr: "" });
});

test("--watch generates at every change, and goes on after mistakes", { timeout: 30_000 }, async () => {
  const workspace = workspaceOf();
  const child = start(workspace, "generate", "--watch");
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => output.push(String(chunk)));
  const says = (words: string) =>
    vi.waitFor(() => expect(output.join("")).toContain(words), { timeout: 10_000 });

  await says("6 files written");
  workspace.write("specs/acme/tasks.yaml", edited(SPECIFICATION, ["- id: t1", "- id: 1"]));
  await says("example.tasks.0.id: must be string");
  workspace.write("specs/acme/tasks.yaml", edited(SPECIFICATION, ["Lists tasks.", "Lists all tasks."]));
  await vi.waitFor(
    () => expect(workspace.read("packages/acme-tasks/README.md")).toContain("Lists all tasks."),
    { timeout: 10_000 },
  );
  workspace.write("specs/acme/other.yaml", SPECIFICATION);
  await says("2 services");

  child.kill("SIGINT");
  expect(await once(child, "exit")).toEqual([0, null]);
});
