import { type Document, LineCounter, type ParsedNode, parseDocument, visit } from "yaml";

/** A YAML text, parsed. */
export interface Yaml {
  readonly document: Document<ParsedNode>;
  readonly lines: LineCounter;
  /** What keeps it from being used. */
  readonly mistakes: readonly Mistake[];
}

/** Something wrong in a text. */
export interface Mistake {
  readonly offset: number;
  readonly rule: string;
  readonly message: string;
}

/** Parses YAML, and refuses what would not mean the same to every reader. */
export function parseYaml(text: string): Yaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, stringKeys: true, prettyErrors: false });
  const mistakes: Mistake[] = [...document.errors, ...document.warnings].map(
    ({ code, message, pos: [offset] }) => ({
      offset,
      rule: "yaml",
      message:
        code === "MULTIPLE_DOCS"
          ? "A second document begins. Write one document a file."
          : `${message.replace(/\.$/, "")}. Mend the YAML.`,
    }),
  );
  visit(document, {
    // Aliases can make a small file enormous, and give one value two places.
    Alias: (_, { source, range }) => {
      mistakes.push({
        offset: range?.[0] ?? 0,
        rule: "yaml",
        message: `Alias "*${source}". Use a $ref to a component.`,
      });
    },
    Scalar: (_, { value, source, range }) => {
      if (typeof value !== "number" || isExact(value)) return;
      const message = `JavaScript cannot keep the number ${source}. Write a string, or a number that it can.`;
      mistakes.push({ offset: range?.[0] ?? 0, rule: "yaml", message });
    },
  });
  return { document, lines, mistakes };
}

const isExact = (value: number): boolean =>
  Number.isFinite(value) && (Number.isSafeInteger(value) || !Number.isInteger(value));
