import { readFileSync, writeFileSync } from "node:fs";
import { check as checkSpecifications, formatProblem, generate, type Place } from "typedcloud/checked";
import { driftOf } from "../drift/drift.ts";
import type { Finding } from "../drift/finding.ts";
import { applyEdits, type Edit, replaceValue } from "../edit/edit.ts";
import { planFor } from "../edit/plan.ts";
import type { PageFacts } from "../facts.ts";
import type { SpecFacts } from "../spec/facts.ts";
import { changes } from "./changes.ts";
import { line } from "./check.ts";
import { type Context, type ExitCode, Failure, openSources, readPageFile, readSpecified } from "./context.ts";

export interface UpdateOptions {
  readonly specs: string;
  readonly out: string;
}

/**
 * Brings specifications into line with pages: shows the drift, applies what a machine may, generates, and writes the
 * changeset. What it cannot apply it lists and leaves alone.
 */
export async function update(
  paths: readonly string[],
  options: UpdateOptions,
  context: Context,
): Promise<ExitCode> {
  const pages = paths.map((path) => readPageFile(path, context));
  const sources = openSources(options.specs, context);
  const left: string[] = [];
  for (const page of pages) left.push(...(await updateFrom(page, options, context)));
  if (left.length === 0 || pages.length > 0) {
    const { operations } = await readSpecified(options.specs, context);
    for (const page of pages) {
      const drift = driftOf(page, operations, sources);
      // What the page said before is needed as long as it is not all in the specification.
      if (drift?.findings.every((finding) => isCredential(finding, drift.spec)))
        sources.store(
          drift.spec.service,
          drift.spec.operation,
          drift.spec.page,
          page,
          new Date().toISOString().slice(0, 10),
        );
    }
    if (sources.save()) context.output.log(`${options.specs}/sources.yaml`);
  }
  if (
    (await generate(
      { specs: options.specs, out: options.out, cwd: context.cwd, check: false },
      context.output,
    )) !== 0
  )
    return 2;
  await changes({ specs: options.specs, base: "HEAD", output: undefined }, context);
  if (left.length === 0) return 0;
  context.output.log("\nLeft to you:");
  for (const each of left) context.output.log(`  ${each}`);
  return 1;
}

/** @returns what was not applied, each with its reason */
async function updateFrom(page: PageFacts, { specs }: UpdateOptions, context: Context): Promise<string[]> {
  const left: string[] = [];
  const tried = new Set<string>();
  let isFirst = true;
  // One finding after the other: each moves the places of those behind it.
  for (;;) {
    const { operations } = await readSpecified(specs, context);
    const drift = driftOf(page, operations, openSources(specs, context));
    if (drift === undefined)
      throw new Failure(
        `${page.page}: no operation of the specifications. Draft one: docs draft ${page.page} -o ${specs}/…`,
      );
    const { findings, spec } = drift;
    if (isFirst) {
      context.output.log(`${page.page}  ${spec.service} ${spec.operation}: ${findings.length} findings`);
      for (const finding of findings) context.output.log(`  ${line(finding)}`);
      isFirst = false;
    }
    const next = findings.find(({ id }) => !tried.has(id));
    if (next === undefined) {
      if (findings.length === 0) await applyDate(page, spec, specs, context);
      return left;
    }
    tried.add(next.id);
    if (isCredential(next, spec)) {
      context.output.log(`  noted       ${next.id}`);
      continue;
    }
    const plan = planFor(next, page, spec, (place) => readFileSync(place.file.absolute, "utf8"));
    const reason = "reason" in plan ? plan.reason : await apply(plan.edits, specs, context);
    if (reason === undefined) context.output.log(`  applied     ${next.id}`);
    else left.push(`${next.id}\n    ${reason}`);
  }
}

/** A header with credentials is a security scheme here, whether a page lists it or not: there is nothing to edit. */
const isCredential = ({ where }: Finding, { credentials }: SpecFacts): boolean =>
  where.startsWith("header.") && credentials.has(where.split(".")[1] ?? "");

/** Writes edits; takes them back if the specifications are not sound with them. */
async function apply(edits: readonly Edit[], specs: string, { cwd }: Context): Promise<string | undefined> {
  const before = new Map(
    [...new Set(edits.map(({ file }) => file))].map((file) => [file, readFileSync(file, "utf8")]),
  );
  for (const [file, source] of before)
    writeFileSync(
      file,
      applyEdits(
        source,
        edits.filter((edit) => edit.file === file),
      ),
    );
  const { problems } = await checkSpecifications(specs, cwd);
  const [first] = problems;
  if (first === undefined) return undefined;
  for (const [file, source] of before) writeFileSync(file, source);
  return formatProblem(first);
}

/** The page's own date, and the comment that names the edition. */
async function applyDate(page: PageFacts, spec: SpecFacts, specs: string, context: Context): Promise<void> {
  const [before, after] = [spec.updated?.value, page.updated?.value];
  if (before === undefined || after === undefined || before >= after) return;
  const place: Place = spec.place;
  const source = readFileSync(place.file.absolute, "utf8");
  const [head = ""] = source.split("\n", 1);
  const edits = replaceValue(place.at("x-updated"), after).map((edit) => ({
    ...edit,
    text: JSON.stringify(after),
  }));
  const comment =
    head.startsWith("#") && head.includes(before)
      ? [{ file: place.file.absolute, start: 0, end: head.length, text: head.replace(before, after) }]
      : [];
  await apply([...edits, ...comment], specs, context);
}
