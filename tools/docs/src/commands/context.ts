import { readFileSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { check as checkSpecifications, formatProblem, type ServiceModel } from "typedcloud/checked";
import type { PageFacts } from "../facts.ts";
import { Failure } from "../failure.ts";
import { readPage } from "../read.ts";
import { decodeSaved } from "../sources/charset.ts";
import { Sources } from "../sources/sources.ts";
import { readSpecFacts, type SpecFacts } from "../spec/facts.ts";

/** Where a command runs, and where it tells what it did. */
export interface Context {
  readonly cwd: string;
  readonly output: Pick<Console, "log" | "error">;
}

/** 0: all is well; 1: differences; 2: something could not be read, or the command was used wrongly. */
export type ExitCode = 0 | 1 | 2;

export { Failure };

export interface Specified {
  readonly services: readonly ServiceModel[];
  readonly operations: readonly SpecFacts[];
}

/** Every operation of the specifications. */
export async function readSpecified(specs: string, { cwd }: Context): Promise<Specified> {
  const { services, problems } = await checkSpecifications(specs, cwd);
  if (problems.length > 0) throw new Failure(problems.map(formatProblem).join("\n"));
  const operations = services.flatMap((service) =>
    service.operations.map((operation) => readSpecFacts(service, operation)),
  );
  return { services, operations };
}

export const openSources = (specs: string, { cwd }: Context): Sources =>
  new Sources(resolve(cwd, specs, "sources.yaml"));

export function readPageFile(path: string, context: Context): PageFacts {
  const { name, text } = readText(path, context);
  try {
    return readPage(text, name);
  } catch (error) {
    throw new Failure(
      error instanceof Error
        ? error.message.startsWith(name)
          ? error.message
          : `${name}: ${error.message}`
        : String(error),
    );
  }
}

/** A saved page, called as it is seen from the working folder. */
export function readText(path: string, { cwd }: Context): { name: string; text: string } {
  const absolute = resolve(cwd, path);
  const name = relative(cwd, absolute).replaceAll(sep, "/");
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(absolute);
  } catch {
    throw new Failure(`${name}: there is no such file, or it cannot be read.`);
  }
  return { name, text: decodeSaved(bytes, name) };
}
