import {
  Document,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  Scalar,
  stringify,
  visit,
} from "yaml";
import type { Value } from "../facts.ts";

/** Fields whose value is written on one line where it is short. */
const FLOW = new Set([
  "schema",
  "items",
  "x-service",
  "x-permission",
  "error",
  "default",
  "additionalProperties",
]);
const SHORT = 80;
/** What other readers of YAML take for a date, a time or a number. */
const AMBIGUOUS = /^\d{4}-\d{1,2}-\d{1,2}|^[\d:]+$/;

/** YAML in the style of the specifications: short schemas and lists on one line, what may be misread in quotes. */
export function toYaml(value: unknown): string {
  const document = new Document(value);
  visit(document, {
    Scalar: (_, node) => quote(node),
    Pair: (_, { key, value: node }, path) => {
      const name = isScalar(key) ? String(key.value) : "";
      const parent = path.at(-2);
      // A field that happens to be called so.
      const isProperty = isPair(parent) && isScalar(parent.key) && parent.key.value === "properties";
      if (!isCollection(node) || JSON.stringify(node).length > SHORT) return;
      if (isSeq(node) && node.items.every(isScalar)) node.flow = true;
      if (isMap(node) && (node.items.length === 0 || (FLOW.has(name) && !isProperty))) node.flow = true;
    },
  });
  return narrow(document.toString({ lineWidth: 110 })).trimEnd();
}

/** A value on one line. */
export function flowText(value: unknown): string {
  const document = new Document(value);
  visit(document, {
    Scalar: (_, node) => quote(node),
    Collection: (_, node) => {
      node.flow = true;
    },
  });
  return narrow(document.toString({ lineWidth: 0 })).trimEnd();
}

/** @param like how the value before it was written */
export function scalarText(value: Value, like?: Scalar.Type | null): string {
  if (typeof value !== "string") return stringify(value).trimEnd();
  const node = new Scalar(value);
  quote(node);
  if (like === Scalar.QUOTE_DOUBLE || like === Scalar.QUOTE_SINGLE) node.type = like;
  const document = new Document(node);
  return document.toString({ lineWidth: 0 }).trimEnd();
}

function quote(node: Scalar): void {
  if (typeof node.value !== "string") return;
  if (AMBIGUOUS.test(node.value) || node.value.includes("#/")) node.type = "QUOTE_DOUBLE";
  else if (node.value.includes("\\") || /^\^.*\$$/.test(node.value)) node.type = "QUOTE_SINGLE";
}

export const indented = (text: string, margin: string): string =>
  text
    .split("\n")
    .map((line) => (line === "" ? line : margin + line))
    .join("\n");

/** `[a, b]` beside `{ a: b }`: the library pads both or none. */
function narrow(text: string): string {
  const paddings: number[] = [];
  visit(parseDocument(text), {
    Seq: (_, { flow, range }) => {
      if (!flow || !range) return;
      if (text[range[0] + 1] === " ") paddings.push(range[0] + 1);
      if (text[range[1] - 2] === " ") paddings.push(range[1] - 2);
    },
  });
  return paddings.toSorted((a, b) => b - a).reduce((all, at) => all.slice(0, at) + all.slice(at + 1), text);
}
