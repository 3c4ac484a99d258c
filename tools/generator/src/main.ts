#!/usr/bin/env node
import { parseArgs } from "node:util";
import { generate } from "./generate.ts";
import { watch } from "./watch.ts";

const USAGE = `Usage: typedcloud [generate] [options]

Makes one TypeScript package of each specification.

  --specs <folder>  where the specifications are (default: specs)
  --out <folder>    where the packages go (default: packages)
  --check           write nothing; fail if the packages are not what the specifications say
  --watch           generate again whenever a specification changes
  --help            show this
`;

process.exitCode = await main(process.argv.slice(2));

/** @returns the exit code: 0 all is well, 1 problems or differences, 2 wrong use */
async function main(argv: string[]): Promise<number> {
  const options = parse(argv);
  if (typeof options === "string") {
    console.error(`${options}\n\n${USAGE}`);
    return 2;
  }
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  return options.watch ? await watch(options, interruption()) : await generate(options);
}

/** Aborts when the user has had enough. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"]) process.once(name, () => controller.abort());
  return controller.signal;
}

/** The options, or what is wrong with them. */
function parse(argv: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        specs: { type: "string", default: "specs" },
        out: { type: "string", default: "packages" },
        check: { type: "boolean", default: false },
        watch: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) return { ...values, cwd: process.cwd() };
    if (positionals.length > 0 && positionals.join(" ") !== "generate")
      return `Unknown command "${positionals.join(" ")}".`;
    if (values.check && values.watch) return "--check and --watch exclude each other.";
    return { ...values, cwd: process.cwd() };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
