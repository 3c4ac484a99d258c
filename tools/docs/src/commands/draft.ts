import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { draftOf } from "../draft/draft.ts";
import { type Context, type ExitCode, Failure, readPageFile } from "./context.ts";

/** Writes a first specification of a page, and lists what a person must decide. */
export function draft(path: string, output: string | undefined, context: Context): ExitCode {
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
  writeFileSync(target, text);
  context.output.log(`${output}: a draft. For you to decide:`);
  for (const decision of decisions) context.output.log(`  - ${decision}`);
  return 0;
}
