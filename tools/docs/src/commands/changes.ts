import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import type { ServiceModel } from "typedcloud/checked";
import { check as checkSpecifications, formatProblem } from "typedcloud/checked";
import { checkOut, filesAt } from "../release/base.ts";
import { changesOf } from "../release/changes.ts";
import { bumpOf, changeset, writeChangesets } from "../release/changeset.ts";
import { type Context, type ExitCode, Failure, readSpecified } from "./context.ts";

export interface ChangesOptions {
  readonly specs: string;
  readonly base: string;
  /** Where the changesets go; `.changeset` if it is not said. `-`: nowhere, they are shown. */
  readonly output: string | undefined;
}

/** Compares the specifications with those of a revision, and writes a changeset for each package that changes. */
export async function changes({ specs, base, output }: ChangesOptions, context: Context): Promise<ExitCode> {
  const before = await servicesAt(base, specs, context);
  const { services: after } = await readSpecified(specs, context);
  const texts = new Map<string, string>();
  for (const service of after) {
    const known = before.find(({ folder }) => folder === service.folder);
    const found = changesOf(known, service);
    if (found.length === 0) continue;
    texts.set(service.folder, changeset(known && service.service.title, service.folder, found));
    context.output.log(`@typedcloud/${service.folder}: ${bumpOf(found)}`);
    for (const { bump, text } of found) context.output.log(`  ${bump}  ${text}`);
  }
  for (const { folder } of before.filter((service) => !after.some((each) => each.folder === service.folder)))
    context.output.log(`@typedcloud/${folder} has no specification any more: deprecate the package by hand`);
  if (texts.size === 0) context.output.log(`nothing that users see has changed since ${base}`);
  if (output === "-") return 0;
  if (output?.endsWith(".md")) {
    if (texts.size > 1)
      throw new Failure(`${output} would hold the changesets of ${texts.size} packages: name a folder.`);
    for (const text of texts.values()) writeFileSync(resolve(context.cwd, output), text);
    return 0;
  }
  const folder = resolve(context.cwd, output ?? ".changeset");
  if (texts.size === 0 && !existsSync(folder)) return 0;
  const atBase = new Set(filesAt(context.cwd, base, output ?? ".changeset").map((path) => basename(path)));
  for (const file of writeChangesets(folder, texts, atBase))
    context.output.log(`  ${output ?? ".changeset"}/${file}`);
  return 0;
}

async function servicesAt(
  revision: string,
  specs: string,
  { cwd }: Context,
): Promise<readonly ServiceModel[]> {
  const folder = mkdtempSync(join(tmpdir(), "typedcloud-docs-"));
  try {
    checkOut(cwd, revision, specs, folder);
    const { services, problems } = await checkSpecifications(specs, folder);
    const hasSpecifications = existsSync(join(folder, specs));
    if (problems.length > 0 && hasSpecifications)
      throw new Failure(`The specifications of ${revision}:\n${problems.map(formatProblem).join("\n")}`);
    return services;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
