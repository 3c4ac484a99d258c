import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { compare } from "../drift/compare.ts";
import type { Finding } from "../drift/finding.ts";
import { readPage } from "../read.ts";
import { Busy, download, type Limits } from "../sources/download.ts";
import type { Sources, Validators } from "../sources/sources.ts";
import type { SpecFacts } from "../spec/facts.ts";
import { isCalledLike, pageName } from "../spec/page-names.ts";
import { line, pagesIn } from "./check.ts";
import { type Context, type ExitCode, Failure, openSources, readSpecified, readText } from "./context.ts";

export interface FetchOptions {
  readonly specs: string;
  readonly json: boolean;
  /** Saved pages instead of downloads. */
  readonly from: string | undefined;
  /** Where pages that drift are kept; nowhere if it is not said. */
  readonly output: string | undefined;
  /** Between two downloads, in milliseconds. */
  readonly pause?: number;
  readonly limits?: Limits;
}

interface Got {
  readonly name: string;
  /** Nothing: the server says that it is the page that was seen last. */
  readonly text: string | undefined;
  readonly validators: Validators;
}

/** Gets the page of every operation, one at a time, and holds it against its specification. */
export async function fetchPages(options: FetchOptions, context: Context): Promise<ExitCode> {
  const { operations } = await readSpecified(options.specs, context);
  const sources = openSources(options.specs, context);
  const get = options.from === undefined ? online(sources, options) : saved(options.from, context);
  const today = new Date().toISOString().slice(0, 10);
  const findings: Finding[] = [];
  const failures: string[] = [];
  for (const spec of operations) {
    const name = `${spec.service} ${spec.operation}`;
    try {
      const { text, name: source, validators } = await get(spec);
      if (text === undefined) {
        if (!options.json) context.output.log(`${name}: not changed on the server`);
        continue;
      }
      const page = readPage(text, source);
      const found = compare(
        page,
        spec,
        new Set(Object.keys(sources.of(spec.service, spec.operation).facts ?? {})),
      );
      findings.push(...found);
      if (found.length === 0) {
        sources.store(spec, page, today);
        // With drift the page has to come again: nothing is remembered that would keep it from doing so.
        sources.remember(spec, validators);
      } else if (options.output !== undefined) keep(resolve(context.cwd, options.output), spec, text);
      if (options.json) continue;
      context.output.log(`${name}: ${found.length === 0 ? "no drift" : ""}`.trimEnd());
      for (const finding of found) context.output.log(`  ${line(finding)}`);
    } catch (error) {
      // Whatever is wrong with one page, the others are read.
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

type Get = (spec: SpecFacts) => Got | Promise<Got>;

/** Asks one server after the other, with a pause between; one that asks for peace is left alone. */
function online(sources: Sources, { pause = 3_000, limits }: FetchOptions): Get {
  const busy = new Set<string>();
  let isFirst = true;
  return async (spec) => {
    const address = sources.of(spec.service, spec.operation).page ?? spec.page;
    if (address === undefined) throw new Failure("no address; add externalDocs.url to the specification.");
    if (!URL.canParse(address)) throw new Failure(`"${address}" is no address.`);
    const { host } = new URL(address);
    if (busy.has(host)) throw new Failure(`${address}: not asked for, since ${host} is busy.`);
    if (!isFirst) await wait(pause);
    isFirst = false;
    try {
      const { text, ...validators } = await download(address, sources.validators(spec), limits);
      return { name: address, text, validators };
    } catch (error) {
      if (error instanceof Busy) busy.add(host);
      throw error;
    }
  };
}

/** Saved pages are called after the operation, or as their address ends. */
function saved(folder: string, context: Context): Get {
  const pages = pagesIn(folder, context);
  return (spec) => {
    const path = pages.find((each) => isCalledLike(each, spec));
    if (path === undefined)
      throw new Failure(`${folder} has no page of it; save it as ${pageName(spec)}.txt, .html or .md.`);
    return { ...readText(path, context), validators: {} };
  };
}

function keep(folder: string, spec: SpecFacts, text: string): void {
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
  // With its mark: the page itself may name the encoding that its server has sent it in.
  writeFileSync(join(folder, `${pageName(spec)}.html`), `\ufeff${text}`);
}
