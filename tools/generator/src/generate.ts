import { relative, resolve, sep } from "node:path";
import { check } from "./check.ts";
import { type Change, isChanged, plan } from "./plan.ts";
import { formatProblem, type Problem } from "./problem.ts";
import { write } from "./write.ts";

/** What to generate, and how. Folders are seen from `cwd`. */
export interface GenerateOptions {
  readonly specs: string;
  readonly out: string;
  readonly cwd: string;
  /** Only compare. */
  readonly check: boolean;
}

/** Where a run tells what it did. */
export type Output = Pick<Console, "log" | "error">;

/**
 * Reads, checks, emits and writes. Tells problems and differences on standard error, a summary on standard output.
 *
 * @returns the exit code: 0 all is well, 1 problems or differences
 */
export async function generate(options: GenerateOptions, output: Output = console): Promise<0 | 1> {
  const start = performance.now();
  const out = resolve(options.cwd, options.out);
  const checked = await check(options.specs, options.cwd);
  if (checked.problems.length > 0) return refuse(checked.problems, output);
  const { changes, added, problems } = await plan(checked, out, options.cwd);
  if (problems.length > 0) return refuse(problems, output);
  const differences = changes.filter(isChanged);
  if (options.check && differences.length > 0) {
    for (const change of differences)
      output.error(`${kindOf(change)}  ${relative(options.cwd, change.path).replaceAll(sep, "/")}`);
    output.error(
      `\n${count(differences.length, "file")} not as the specifications say. Run \`typedcloud generate\`.`,
    );
    return 1;
  }
  await write(changes, out);
  const operations = checked.services.reduce((sum, { operations }) => sum + operations.length, 0);
  output.log(
    `${count(checked.services.length, "service")}, ${count(operations, "operation")}: ` +
      `${tally(changes)} in ${Math.round(performance.now() - start)} ms`,
  );
  // Until then nothing finds the package, nor the package its dependencies.
  if (added.length > 0)
    output.log(
      `New: ${added.join(", ")}. Install again to link ${added.length === 1 ? "it" : "them"}: npx pnpm install, or what your workspace uses.`,
    );
  return 0;
}

function refuse(problems: readonly Problem[], output: Output): 1 {
  for (const problem of problems) output.error(formatProblem(problem));
  output.error(`\n${count(problems.length, "problem")}. Nothing was written.`);
  return 1;
}

function tally(changes: readonly Change[]): string {
  const deleted = changes.filter(({ after }) => after === undefined).length;
  const written = changes.filter(isChanged).length - deleted;
  const unchanged = changes.length - written - deleted;
  return `${count(written, "file")} written, ${deleted > 0 ? `${deleted} deleted, ` : ""}${unchanged} unchanged`;
}

function kindOf({ before, after }: Change): string {
  if (before === undefined) return "missing";
  return after === undefined ? "extra" : "differs";
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
