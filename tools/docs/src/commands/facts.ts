import { type Context, type ExitCode, readPageFile } from "./context.ts";

/** Writes the facts of a page as JSON; every fact with its line. */
export function facts(pages: readonly string[], context: Context): ExitCode {
  const read = pages.map((page) => readPageFile(page, context));
  context.output.log(toJson(read.length === 1 ? read[0] : read));
  return 0;
}

/** People look for lines: that is what places on a page are called outside. */
const toJson = (facts: unknown): string =>
  JSON.stringify(
    facts,
    (_, value: unknown) => {
      if (typeof value !== "object" || value === null || Array.isArray(value) || !("at" in value))
        return value;
      const { at, requiredAt: _ignored, ...rest } = { requiredAt: undefined, ...value };
      return { ...rest, line: at };
    },
    2,
  );
