import { expect, test } from "vitest";
import { type Edit, edited, SPECIFICATION } from "./specification.ts";
import { Workspace, workspaceOf } from "./workspace.ts";

/** What is done to the specification, and everything that is said about it. */
export type Refusals = Readonly<
  Record<string, { readonly edits: readonly Edit[]; readonly says: readonly string[] }>
>;

/** One test for each. */
export function testRefusals(refusals: Refusals): void {
  test.each(Object.entries(refusals))("refuses: %s", async (_, { edits, says }) => {
    const workspace = workspaceOf(edited(SPECIFICATION, ...edits));
    expect(await workspace.generate()).toEqual({
      code: 1,
      stdout: "",
      stderr: told(says.map((line) => `specs/acme/tasks.yaml:${line}`)),
    });
    expect(workspace.has("packages")).toBe(false);
  });
}

/** Whole folders that are refused. */
export type Folders = Readonly<
  Record<string, { readonly files: Readonly<Record<string, string>>; readonly says: readonly string[] }>
>;

/** One test for each. */
export function testFolders(folders: Folders): void {
  test.each(Object.entries(folders))("refuses: %s", async (_, { files, says }) => {
    const workspace = new Workspace(files);
    const before = workspace.files(".");
    expect((await workspace.generate()).stderr).toBe(told(says));
    expect(workspace.files(".")).toEqual(before);
  });
}

/** What a run writes that has found these problems. */
export const told = (problems: readonly string[]): string =>
  [
    ...problems,
    `\n${problems.length === 1 ? "1 problem" : `${problems.length} problems`}. Nothing was written.`,
  ].join("\n");
