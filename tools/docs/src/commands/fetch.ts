import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { compare } from "../drift/compare.ts";
import type { Finding } from "../drift/finding.ts";
import { readPage } from "../read.ts";
import { download } from "../sources/download.ts";
import type { Source } from "../sources/sources.ts";
import type { SpecFacts } from "../spec/facts.ts";
import { line, pagesIn } from "./check.ts";
import { type Context, type ExitCode, Failure, openSources, readSpecified } from "./context.ts";

export interface FetchOptions {
  readonly specs: string;
  readonly json: boolean;
  /** Saved pages instead of downloads. */
  readonly from: string | undefined;
  /** Where pages that drift are kept; nowhere if it is not said. */
  readonly output: string | undefined;
  /** Between two downloads, in milliseconds. */
  readonly pause?: number;
}

interface Got {
  readonly name: string;
  /** Nothing: the server says that it is the page that was seen last. */
  readonly text: string | undefined;
  readonly validators: Pick<Source, "etag" | "lastModified">;
}

/** Gets the page of every operation, one at a time, and holds it against its specification. */
export async function fetchPages(options: FetchOptions, context: Context): Promise<ExitCode> {
  const { operations } = await readSpecified(options.specs, context);
  const sources = openSources(options.specs, context);
  const today = new Date().toISOString().slice(0, 10);
  const findings: Finding[] = [];
  const failures: string[] = [];
  let isFirst = true;
  for (const spec of operations) {
    const source = sources.of(spec.service, spec.operation);
    const name = `${spec.service} ${spec.operation}`;
    try {
      if (!isFirst && options.from === undefined) await wait(options.pause ?? 3_000);
      isFirst = false;
      const got =
        options.from === undefined ? await online(spec, source) : saved(spec, options.from, context);
      if (got.text === undefined) {
        if (!options.json) context.output.log(`${name}: not changed on the server`);
        continue;
      }
      const page = readPage(got.text, got.name);
      const found = compare(page, spec, new Set(Object.keys(source.facts ?? {})));
      findings.push(...found);
      if (found.length === 0) {
        sources.store(spec.service, spec.operation, spec.page, page, today);
        // With drift the page has to come again: nothing is remembered that would keep it from doing so.
        sources.remember(spec.service, spec.operation, got.validators);
      } else if (options.output !== undefined) keep(resolve(context.cwd, options.output), spec, got.text);
      if (options.json) continue;
      context.output.log(`${name}: ${found.length === 0 ? "no drift" : ""}`.trimEnd());
      for (const finding of found) context.output.log(`  ${line(finding)}`);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      failures.push(`${name}: ${error.message}`);
    }
  }
  sources.save();
  if (options.json) context.output.log(JSON.stringify({ findings, failures }, null, 2));
  for (const failure of failures) context.output.error(failure);
  if (failures.length > 0) return 2;
  return findings.length > 0 ? 1 : 0;
}

async function online(spec: SpecFacts, source: Source): Promise<Got> {
  const address = source.page ?? spec.page;
  if (address === undefined) throw new Failure("no address; add externalDocs.url to the specification.");
  const { text, ...validators } = await download(address, source);
  return { name: address, text, validators };
}

/** Saved pages are called after the operation, or as their address ends. */
function saved(spec: SpecFacts, folder: string, context: Context): Got {
  const kebab = spec.operation.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const own = spec.page
    ?.split("/")
    .at(-1)
    ?.replace(/\.\w{1,8}$/, "");
  const names = [`${spec.service}-${kebab}`, ...(own === undefined ? [] : [own])];
  const path = pagesIn(folder, context).find((each) =>
    names.some((name) =>
      new RegExp(`(?:^|[\\\\/])${name.replace(/[^\w-]/g, "\\$&")}\\.\\w+$`, "i").test(each),
    ),
  );
  if (path === undefined)
    throw new Failure(`${folder} has no page of it; save it as ${names[0]}.txt, .html or .md.`);
  return { name: path, text: readFileSync(resolve(context.cwd, path), "utf8"), validators: {} };
}

function keep(folder: string, { service, operation }: SpecFacts, text: string): void {
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
  const kebab = operation.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  writeFileSync(join(folder, `${service}-${kebab}.html`), text);
}
