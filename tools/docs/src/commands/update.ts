import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "typedcloud/checked";
import { driftOf } from "../drift/drift.ts";
import type { Finding } from "../drift/finding.ts";
import { apply } from "../edit/apply.ts";
import { replaceValue } from "../edit/edit.ts";
import { follow } from "../edit/follow.ts";
import type { PageFacts } from "../facts.ts";
import { needRevision } from "../release/base.ts";
import type { SpecFacts } from "../spec/facts.ts";
import { changes } from "./changes.ts";
import { line } from "./check.ts";
import { type Context, type ExitCode, Failure, openSources, readPageFile, readSpecified } from "./context.ts";
import { toDescribe, toFollow, toRead, unused } from "./remaining.ts";
import { Stage } from "./stage.ts";

export interface UpdateOptions {
  readonly specs: string;
  readonly out: string;
}

/**
 * Brings specifications into line with pages: shows the drift, applies what a machine may, generates, and writes the
 * changeset. What it cannot apply it lists and leaves alone. A page that cannot be read does not keep the others from
 * being followed.
 */
export async function update(
  paths: readonly string[],
  { specs, out }: UpdateOptions,
  context: Context,
): Promise<ExitCode> {
  await readSpecified(specs, context);
  // What has changed is told against the last commit: without one, nothing is begun.
  needRevision(context.cwd, "HEAD");
  const stage = new Stage(specs, context.cwd);
  const failures: string[] = [];
  const done: Updated[] = [];
  try {
    const staged = { ...context, cwd: stage.cwd };
    for (const path of paths) {
      try {
        done.push(await updateFrom(readPageFile(path, context), stage.specs, staged));
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        failures.push(error.message);
      }
    }
    const undo = stage.publish();
    try {
      const code = await generate({ specs, out, cwd: context.cwd, check: false }, context.output);
      if (code !== 0) throw new Failure("The specifications are as they were.");
    } catch (error) {
      undo();
      if (!(error instanceof Error) || !("syscall" in error)) throw error;
      throw new Failure(
        `the packages cannot be written: ${error.message}. The specifications are as they were.`,
      );
    }
  } finally {
    stage.remove();
  }
  // What was done stays done, and what is left has to be told, even if the last commit cannot be read.
  try {
    await changes({ specs, base: "HEAD", output: undefined }, context);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    failures.push(`no changeset was written. ${error.message}`);
  }
  const left = done.flatMap((each) => each.left);
  tellRemaining(done, { specs, out }, stage, context);
  if (left.length > 0) context.output.log(`\nLeft to you:\n${left.map((each) => `  ${each}`).join("\n")}`);
  for (const failure of failures) context.output.error(failure);
  if (failures.length > 0) return 2;
  return left.length > 0 ? 1 : 0;
}

interface Updated {
  readonly spec: SpecFacts;
  readonly applied: readonly Finding[];
  /** What was not applied, each with its reason. */
  readonly left: readonly string[];
}

/** What is sound and yet not finished. */
function tellRemaining(
  done: readonly Updated[],
  { specs, out }: UpdateOptions,
  stage: Stage,
  { cwd, output }: Context,
): void {
  const lists = new Map<string, Set<string>>();
  const tell = (title: string, places: readonly string[]) =>
    lists.set(title, new Set([...(lists.get(title) ?? []), ...places]));
  for (const { spec, applied } of done) {
    const [, ...inside] = spec.place.file.name.split("/");
    const file = join(specs, ...inside);
    const before = stage.before(join(...inside));
    tell("To be described", toDescribe(file, cwd));
    tell("Is it still true?", toRead(file, before, cwd));
    tell("Used by nothing any more", unused(file, before, cwd));
    tell("Tests that say what was before", toFollow(join(out, spec.service), applied, cwd));
  }
  for (const [title, places] of lists)
    if (places.size > 0)
      output.log(
        `\n${title.replace(/(?<![?])$/, ":")}\n${[...places].map((each) => `  ${each}`).join("\n")}`,
      );
}

async function updateFrom(page: PageFacts, specs: string, context: Context): Promise<Updated> {
  const { cwd, output } = context;
  const sources = openSources(specs, context);
  const read = async () => (await readSpecified(specs, context)).operations;
  const before = driftOf(page, await read(), sources);
  if (before === undefined)
    throw new Failure(
      `${page.page}: no operation of the specifications. Draft one: docs draft ${page.page} -o ${specs}/…`,
    );
  output.log(
    `${page.page}  ${before.spec.service} ${before.spec.operation}: ${before.findings.length} findings`,
  );
  for (const finding of before.findings) output.log(`  ${line(finding)}`);
  for (const note of page.notUnderstood)
    output.log(`  not understood  ${page.page}:${note.line}  ${note.message}`);
  const older = olderThan(page, before.spec);
  if (older !== undefined)
    return {
      spec: before.spec,
      applied: [],
      left: before.findings.map(({ id }) => `${id}\n    ${older}`),
    };
  const { applied, noted, left, drift } = await follow(page, { specs, cwd, read, sources });
  for (const { id } of noted) output.log(`  noted       ${id}`);
  for (const { id } of applied) output.log(`  applied     ${id}`);
  // What the page said before is needed as long as it is not all in the specification.
  if (left.length === 0 && drift !== undefined) {
    await applyDate(page, drift.spec, specs, cwd);
    const today = new Date().toISOString().slice(0, 10);
    sources.store(drift.spec, page, today);
    if (sources.save()) output.log(`  stored      ${specs}/sources.yaml`);
  }
  return {
    spec: before.spec,
    applied,
    left: left.map(({ finding, reason }) => `${finding.id}\n    ${reason}`),
  };
}

/**
 * An old page beside a newer specification: following it would undo what is newer.
 *
 * @returns why it is not followed
 */
function olderThan({ updated }: PageFacts, { updated: known }: SpecFacts): string | undefined {
  if (updated === undefined || known === undefined || updated.value >= known.value) return undefined;
  const { file, line: at } = known.at.problem("", "");
  return `the page is of ${updated.value}, and the specification of ${known.value} (${file}:${at}): to follow it all the same, set x-updated back`;
}

/** The page's own date, and the comment that names the edition. */
async function applyDate(
  page: PageFacts,
  { place, updated }: SpecFacts,
  specs: string,
  cwd: string,
): Promise<void> {
  const [before, after] = [updated?.value, page.updated?.value];
  if (before === undefined || after === undefined || before >= after) return;
  const [head = ""] = readFileSync(place.file.absolute, "utf8").split("\n", 1);
  const comment =
    head.startsWith("#") && head.includes(before)
      ? [{ file: place.file.absolute, start: 0, end: head.length, text: head.replace(before, after) }]
      : [];
  await apply([...replaceValue(place.at("x-updated"), after), ...comment], specs, cwd);
}
