import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { changeset } from "../src/release/changeset.ts";
import { root } from "./support/model.ts";
import { repository } from "./support/repository.ts";

const ELB = "specs/huaweicloud/elb.yaml";

// What is said of which change: wording.test.ts.
test("what has changed since a revision becomes a changeset", { timeout: 30_000 }, async () => {
  const { folder, git, commit, write, docs } = repository();
  const source = readFileSync(join(folder, ELB), "utf8");
  write(ELB, source.replaceAll("2000", "3000"));
  commit();
  write(ELB, source.replaceAll("2000", "3000").replace(/\n {8}- name: error_code\n.*\n.*\n.*\n/, "\n"));
  const shown = await docs("changes", "--base", "HEAD~1", "--output", "-");
  expect(shown).toEqual({
    code: 0,
    err: "",
    out: [
      "@typedcloud/huaweicloud-elb: major",
      "  minor  `listJobs`: `query.limit` accepts up to 3000 (was 2000).",
      "  minor  `listJobs`: `query.limit` defaults to 3000 (was 2000).",
      "  major  `listJobs` no longer takes the parameter `query.error_code` (was a string).",
    ].join("\n"),
  });
  expect((await docs("changes")).out).toMatch(
    /^@typedcloud\/huaweicloud-elb: major\n.*error_code.*\n {2}\.changeset\/docs-/,
  );
  const changesets = () => readdirSync(join(folder, ".changeset")).filter((name) => name.startsWith("docs-"));
  const [first = ""] = changesets();
  expect(readFileSync(join(folder, ".changeset", first), "utf8")).toContain(
    "- **Breaking:** `listJobs` no longer takes the parameter `query.error_code` (was a string).",
  );
  // Another look at more of the same replaces it.
  await docs("changes", "--base", "HEAD~1");
  expect(changesets()).toHaveLength(1);
  expect(changesets()).not.toEqual([first]);
  expect(git("status", "--porcelain")).not.toContain(first);
});

test("a specification that is new is a first release; one that is gone is told", {
  timeout: 30_000,
}, async () => {
  const { git, commit, docs } = repository();
  git("rm", "-q", ELB);
  expect((await docs("changes", "--output", "-")).out).toContain(
    "@typedcloud/huaweicloud-elb has no specification any more: deprecate the package by hand",
  );
  commit();
  git("checkout", "-q", "HEAD~1", "--", ELB);
  expect((await docs("changes", "--output", "-")).out).toContain("  minor  First release: `listJobs`.");
});

test("nothing changed: nothing is written", { timeout: 30_000 }, async () => {
  const { git, docs } = repository();
  expect(await docs("changes")).toMatchObject({
    code: 0,
    out: "nothing that users see has changed since HEAD",
  });
  expect(git("status", "--porcelain")).toBe("");
  expect(await docs("changes", "--base", "nowhere")).toMatchObject({
    code: 2,
    err: '"nowhere" is no revision here.',
  });
});

test("one file for one package; several need a folder", { timeout: 30_000 }, async () => {
  const { folder, write, docs } = repository();
  write(ELB, readFileSync(join(folder, ELB), "utf8").replaceAll("2000", "3000"));
  expect(await docs("changes", "-o", "one.md")).toMatchObject({ code: 0 });
  const swr = "specs/huaweicloud/swr.yaml";
  write(swr, readFileSync(join(folder, swr), "utf8").replace("maximum: 100,", "maximum: 200,"));
  expect(await docs("changes", "-o", "two.md")).toMatchObject({
    code: 2,
    err: "two.md would hold the changesets of 2 packages: name a folder.",
  });
  expect(existsSync(join(folder, "two.md"))).toBe(false);
});

test("a first release is called one", () => {
  const first = { bump: "minor", text: "First release: `listJobs`." } as const;
  expect(changeset(undefined, "huaweicloud-kites", [first])).toBe(
    '---\n"@typedcloud/huaweicloud-kites": minor\n---\n\nFirst release: `listJobs`.\n',
  );
});

test("outside of a repository, and specifications outside of it", { timeout: 30_000 }, async () => {
  const { folder, git, docs } = repository();
  expect(await docs("changes", "--specs", join(root, "specs"))).toMatchObject({
    code: 2,
    err: expect.stringContaining("outside repository"),
  });
  rmSync(join(folder, ".git"), { recursive: true });
  expect(await docs("changes")).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^no git repository here: /),
  });
  git("init", "-q");
  expect(await docs("changes")).toMatchObject({ code: 2, err: '"HEAD" is no revision here.' });
});
