import { parseArgs } from "node:util";
import { changes } from "./commands/changes.ts";
import { check } from "./commands/check.ts";
import { type Context, type ExitCode, Failure } from "./commands/context.ts";
import { draft } from "./commands/draft.ts";
import { facts } from "./commands/facts.ts";
import { fetchPages } from "./commands/fetch.ts";
import { update } from "./commands/update.ts";

const USAGE = `Usage: docs <command> [options]

  facts <page…>             what pages say, as JSON, each fact with its line
  check [page…]             where pages and specifications differ; --json, --from <folder>
  draft <page> [-o <file>]  a first specification of a page that nobody has seen
  fetch                     get the page of every operation and check it; --from <folder>; -o keeps pages that drift
  changes --base <revision> what users of the packages see of the specifications' changes, as a changeset
  update <page…>            check, apply what can be applied, generate, write the changeset

Options:
  --specs <folder>     where the specifications are (default: specs)
  --out <folder>       where the packages are (default: packages)
  --from <folder>      take saved pages from there
  --base <revision>    the revision to compare with (default: HEAD)
  -o, --output <file>  write there instead of to standard output
  --json               findings as JSON
  -h, --help           show this

Exit codes: 0 no differences, 1 differences, 2 something could not be read or done
`;

/** What each command takes: a default that nobody has written says nothing. */
const COMMANDS: Readonly<
  Record<string, { readonly least: number; readonly most: number; readonly options: readonly string[] }>
> = {
  facts: { least: 1, most: Infinity, options: [] },
  check: { least: 0, most: Infinity, options: ["specs", "json", "from"] },
  draft: { least: 1, most: 1, options: ["output"] },
  fetch: { least: 0, most: 0, options: ["specs", "json", "from", "output"] },
  changes: { least: 0, most: 0, options: ["specs", "base", "output"] },
  update: { least: 1, most: Infinity, options: ["specs", "out"] },
};

/** What would be overlooked silently is refused: whoever wrote it expects something of it. */
function refuseOther(command: string, pages: readonly string[], written: readonly string[]): void {
  const known = COMMANDS[command];
  if (known === undefined) return;
  const { least, most, options } = known;
  if (pages.length < least) throw new Failure(`${command}: name a page.`);
  if (pages.length > most)
    throw new Failure(`${command}: takes ${most === 0 ? "no pages" : `one page, not ${pages.length}`}.`);
  const other = written.find((name) => !options.includes(name));
  if (other !== undefined) throw new Failure(`${command}: takes no --${other}.`);
}

/** @returns the exit code */
export async function run(argv: readonly string[], context: Context): Promise<ExitCode> {
  try {
    const { values, positionals, tokens } = parseArgs({
      args: [...argv],
      tokens: true,
      allowPositionals: true,
      options: {
        specs: { type: "string", default: "specs" },
        out: { type: "string", default: "packages" },
        from: { type: "string" },
        base: { type: "string", default: "HEAD" },
        output: { type: "string", short: "o" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    const [command, ...pages] = positionals;
    if (values.help) {
      context.output.log(USAGE);
      return 0;
    }
    const written = tokens.flatMap((token) => (token.kind === "option" ? [token.name] : []));
    if (command !== undefined) refuseOther(command, pages, written);
    switch (command) {
      case "facts":
        return facts(pages, context);
      case "check":
        return await check(pages, { specs: values.specs, json: values.json, from: values.from }, context);
      case "draft":
        return await draft(pages[0] ?? "", values.output, context);
      case "fetch":
        return await fetchPages(
          { specs: values.specs, json: values.json, from: values.from, output: values.output },
          context,
        );
      case "changes":
        return await changes({ specs: values.specs, base: values.base, output: values.output }, context);
      case "update":
        return await update(pages, { specs: values.specs, out: values.out }, context);
      default:
        context.output.error(
          `${command === undefined ? "No command." : `Unknown command "${command}".`}\n\n${USAGE}`,
        );
        return 2;
    }
  } catch (error) {
    const isUse =
      error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
    // "EACCES: permission denied, open 'specs/…'" says what, and where.
    const isSystem = error instanceof Error && "syscall" in error;
    if (!(error instanceof Failure) && !isUse && !isSystem) throw error;
    context.output.error(error.message);
    return 2;
  }
}
