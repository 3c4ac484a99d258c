import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Drift, driftOf } from "../drift/drift.ts";
import type { Finding } from "../drift/finding.ts";
import { type Context, type ExitCode, Failure, openSources, readPageFile, readSpecified } from "./context.ts";

export interface CheckOptions {
  readonly specs: string;
  readonly json: boolean;
  /** A folder of saved pages, all of which are checked. */
  readonly from: string | undefined;
}

/** Holds pages against the specifications and tells every difference. */
export async function check(
  pages: readonly string[],
  options: CheckOptions,
  context: Context,
): Promise<ExitCode> {
  const all = [...pages, ...(options.from === undefined ? [] : pagesIn(options.from, context))];
  if (all.length === 0) throw new Failure("Name the pages to check, or a folder of them with --from.");
  const { drifts, failures } = await driftsOf(all, options.specs, context);
  const findings = drifts.flatMap((drift) => drift.findings);
  if (options.json) {
    const notUnderstood = drifts.flatMap(({ page }) =>
      page.notUnderstood.map((note) => ({ page: page.page, ...note })),
    );
    context.output.log(JSON.stringify({ findings, notUnderstood, failures }, null, 2));
  } else {
    for (const drift of drifts) tell(drift, context);
    const count = `${findings.length} ${findings.length === 1 ? "finding" : "findings"}`;
    context.output.log(
      `${drifts.length} of ${all.length} ${all.length === 1 ? "page" : "pages"} read, ${count}`,
    );
  }
  for (const failure of failures) context.output.error(failure);
  if (failures.length > 0) return 2;
  return findings.length > 0 ? 1 : 0;
}

/** Reads every page; one that cannot be read does not keep the others from being checked. */
async function driftsOf(
  pages: readonly string[],
  specs: string,
  context: Context,
): Promise<{ drifts: Drift[]; failures: string[] }> {
  const { operations } = await readSpecified(specs, context);
  const sources = openSources(specs, context);
  const drifts: Drift[] = [];
  const failures: string[] = [];
  for (const path of pages) {
    try {
      const page = readPageFile(path, context);
      const drift = driftOf(page, operations, sources);
      if (drift === undefined)
        failures.push(
          `${page.page}: ${page.name?.value ?? page.path?.value ?? "this page"} is no operation of the specifications. Draft one: docs draft ${page.page} -o specs/…`,
        );
      else {
        drifts.push(drift);
        failures.push(...unread(drift));
      }
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failures.push(error.message);
    }
  }
  return { drifts, failures };
}

/** Structures that the specification has and the page only names: a page that lost them must not pass for one that agrees. */
const unread = ({ page, spec }: Drift): string[] =>
  page.notUnderstood
    .filter(({ hides }) => spec.schemas.some(({ name }) => name === hides))
    .map(
      ({ line, message, hides }) =>
        `${page.page}:${line}: ${message}: ${spec.service} ${spec.operation} has ${hides}, and its fields could not be compared. Is the page whole?`,
    );

export function pagesIn(folder: string, { cwd }: Context): string[] {
  try {
    return readdirSync(resolve(cwd, folder))
      .filter((name) => /\.(?:txt|html?|md)$/i.test(name))
      .toSorted()
      .map((name) => join(folder, name));
  } catch {
    throw new Failure(`${folder}: there is no such folder, or it cannot be read.`);
  }
}

function tell({ page, spec, findings }: Drift, { output }: Context): void {
  output.log(
    `${page.page}  ${spec.service} ${spec.operation}: ${findings.length === 0 ? "no drift" : ""}`.trimEnd(),
  );
  for (const finding of findings) output.log(`  ${line(finding)}`);
  for (const note of page.notUnderstood)
    output.log(`  not understood  ${page.page}:${note.line}  ${note.message}`);
}

export const line = ({ severity, id, page, spec }: Finding): string =>
  `${severity.padEnd(10)}  ${id}\n              ${page.file}:${page.line}  ${spec.file}:${spec.line}:${spec.column}`;
