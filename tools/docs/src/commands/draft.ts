import { existsSync, mkdirSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { check as checkSpecifications, formatProblem } from "typedcloud/checked";
import { draftOf } from "../draft/draft.ts";
import { replace } from "../sources/replace.ts";
import { type Context, type ExitCode, Failure, readPageFile } from "./context.ts";

/** Writes a first specification of a page, and lists what a person must decide. */
export async function draft(path: string, output: string | undefined, context: Context): Promise<ExitCode> {
  const page = readPageFile(path, context);
  const service = output === undefined ? "service" : basename(output).replace(/\.ya?ml$/, "");
  const { text, decisions } = draftOf(page, service);
  if (output === undefined) {
    context.output.log(text);
    return 0;
  }
  const target = resolve(context.cwd, output);
  if (existsSync(target))
    throw new Failure(
      `${output} is there already. Write the draft elsewhere, and take from it what you need.`,
    );
  mkdirSync(dirname(target), { recursive: true });
  replace(target, text);
  context.output.log(`${output}: a draft. For you to decide:`);
  for (const decision of decisions) context.output.log(`  - ${located(decision, text, output)}`);
  // Elsewhere it is only read by people.
  const isSpecification = !relative(resolve(context.cwd, "specs"), target).startsWith("..");
  const problems = isSpecification ? await problemsOf(output, context) : [];
  if (problems.length > 0)
    context.output.log(
      `\nAs it is, the generator would refuse it:\n${problems.map((each) => `  ${each}`).join("\n")}`,
    );
  return 0;
}

/** A decision with the line that it is about, where it begins with the name of a field. */
function located(decision: string, text: string, file: string): string {
  const lines = text.split("\n");
  if (decision.startsWith("every description")) {
    const found = lines.flatMap((line, index) =>
      /^\s*[a-z]+: To be described\.$/.test(line) ? [index + 1] : [],
    );
    return `${decision} (${found.length}, from line ${found[0]})`;
  }
  const [name = ""] = /^[\w-]+(?:\.[\w-]+)*(?=[:,])/.exec(decision) ?? [];
  let at = lines.findIndex((line) => !line.startsWith("#")) - 1;
  for (const part of name.split(".")) {
    const next = lines.findIndex((line, index) => index > at && line.trimStart().startsWith(`${part}:`));
    // What is not written yet belongs to what is.
    if (next < 0) return decision;
    at = next;
  }
  return name === "" ? decision : `${file}:${at + 1}  ${decision}`;
}

/** What the generator says of the draft among the specifications of its folder. */
async function problemsOf(output: string, { cwd }: Context): Promise<string[]> {
  const specs = join(dirname(output), "..");
  const { problems } = await checkSpecifications(specs, cwd);
  return problems
    .map(formatProblem)
    .filter((problem) => problem.startsWith(`${output.replaceAll("\\", "/")}:`));
}
