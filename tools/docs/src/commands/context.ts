import { readFileSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { check as checkSpecifications, formatProblem, type ServiceModel } from "typedcloud/checked";
import type { PageFacts } from "../facts.ts";
import { Failure } from "../failure.ts";
import { readPage } from "../read.ts";
import { encodingOf } from "../sources/charset.ts";
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

export function readPageFile(path: string, { cwd }: Context): PageFacts {
  const absolute = resolve(cwd, path);
  const name = relative(cwd, absolute).replaceAll(sep, "/");
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(absolute);
  } catch {
    throw new Failure(`${name}: there is no such file, or it cannot be read.`);
  }
  const source = textOf(bytes, name);
  try {
    return readPage(source, name);
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

/** Browsers save pages as UTF-8, as UTF-16, or in the encoding that the page names. */
function textOf(bytes: Uint8Array, name: string): string {
  const [first, second] = bytes;
  const mark =
    first === 0xff && second === 0xfe
      ? "utf-16le"
      : first === 0xfe && second === 0xff
        ? "utf-16be"
        : undefined;
  const encoding = mark ?? encodingOf(bytes) ?? "utf-8";
  const decode = (stream: boolean) => new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream });
  try {
    return decode(false);
  } catch {
    throw new Failure(
      isAccepted(() => decode(true))
        ? `${name}: it ends in the middle of a character: it was cut short. Save it again.`
        : `${name}: this is no text in ${encoding.toUpperCase()}. Save it as UTF-8.`,
    );
  }
}

function isAccepted(decode: () => string): boolean {
  try {
    decode();
    return true;
  } catch {
    return false;
  }
}
