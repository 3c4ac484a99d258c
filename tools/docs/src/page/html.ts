import { type DefaultTreeAdapterTypes, parse } from "parse5";
import type { Cell, Item, Line } from "./item.ts";
import { normalise } from "./normalise.ts";

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

/** No page nests that deep; the parser's own time would grow with the square of the depth. */
const DEEPEST = 400;

const SKIPPED = new Set([
  "script",
  "style",
  "noscript",
  "template",
  "head",
  "svg",
  "iframe",
  "button",
  "select",
]);
const INLINE = new Set(
  "a b strong i em u s span font code tt sup sub small big mark abbr label kbd var samp q cite time ins del img input".split(
    " ",
  ),
);

/** The blocks of a page that was saved as HTML. */
export function htmlItems(source: string): Item[] {
  const depth = depthOf(source);
  if (depth > DEEPEST) throw new Error(`HTML nested ${depth} deep; no page of documentation is`);
  const collector = new Collector();
  for (const node of parse(source, { sourceCodeLocationInfo: true }).childNodes) collector.walk(node, 0);
  return collector.finish();
}

/** How deep elements nest, told without building them. Those that may be left unclosed do not count. */
function depthOf(source: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [, close, name = "", end] of source.matchAll(
    /<(\/?)([a-z][a-z0-9]{0,20})\b[^<>]{0,2000}?(\/?)>/gi,
  )) {
    if (
      /^(?:p|li|td|th|tr|dt|dd|br|hr|img|input|meta|link|option|thead|tbody|col|wbr|source)$/i.test(name) ||
      end === "/"
    )
      continue;
    depth = close === "/" ? Math.max(0, depth - 1) : depth + 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

class Collector {
  readonly #items: Item[] = [];
  #text: string[] = [];
  #line = 0;
  #bullet = 0;

  finish(): Item[] {
    this.#flush();
    return this.#items;
  }

  walk(node: Node, bullet: number): void {
    if (node.nodeName === "#text" && "value" in node) {
      const text = normalise(node.value).replace(/\s+/g, " ");
      if (text.trim() !== "" && this.#text.join("").trim() === "") this.#begin(lineOf(node), bullet);
      this.#text.push(text);
      return;
    }
    if (!("tagName" in node) || SKIPPED.has(node.tagName)) return;
    const { tagName } = node;
    if (INLINE.has(tagName)) {
      for (const child of node.childNodes) this.walk(child, bullet);
      return;
    }
    this.#flush();
    if (tagName === "pre")
      this.#items.push({ kind: "code", line: lineOf(node), text: normalise(rawText(node)) });
    else if (tagName === "table" && !holdsCode(node)) this.#items.push(tableOf(node));
    else {
      const inner = tagName === "li" ? bullet + 1 : bullet;
      for (const child of node.childNodes) this.walk(child, inner);
    }
    this.#flush();
  }

  #begin(line: number, bullet: number): void {
    this.#line = line;
    this.#bullet = bullet;
  }

  #flush(): void {
    const text = this.#text.join("").trim();
    this.#text = [];
    if (text !== "") this.#items.push({ kind: "line", text, line: this.#line, bullet: this.#bullet });
  }
}

const lineOf = (node: Node): number => node.sourceCodeLocation?.startLine ?? 1;

const isElement = (node: Node): node is Element => "tagName" in node;

function rawText(node: Node): string {
  if (node.nodeName === "#text" && "value" in node) return node.value;
  if (!isElement(node)) return "";
  return node.tagName === "br" ? "\n" : node.childNodes.map(rawText).join("");
}

/** Every element with one of these names, but not within another one of them. */
function find(node: Element, names: readonly string[]): Element[] {
  return node.childNodes
    .filter(isElement)
    .flatMap((child) => (names.includes(child.tagName) ? [child] : find(child, names)));
}

/** Samples stand in tables: line numbers in one cell, code in the other. */
const holdsCode = (table: Element): boolean =>
  find(table, ["pre"]).length > 0 && find(table, ["th"]).length === 0;

function tableOf(table: Element): Item {
  const [caption] = find(table, ["caption"]);
  const rows = find(table, ["tr"]);
  return {
    kind: "table",
    line: lineOf(table),
    caption: caption === undefined ? undefined : normalise(rawText(caption)).replace(/\s+/g, " ").trim(),
    rows: spread(
      rows.map((row) =>
        row.childNodes.filter(isElement).filter(({ tagName }) => tagName === "td" || tagName === "th"),
      ),
    ),
  };
}

const LARGEST_SPAN = 100;

/** The cells of each row, those included that reach into it from above or from the left. */
function spread(rows: readonly (readonly Element[])[]): Cell[][] {
  const reaching = new Map<number, { cell: Cell; rows: number }>();
  return rows.map((elements) => {
    const cells: Cell[] = [];
    const carry = (): void => {
      for (
        let above = reaching.get(cells.length);
        above !== undefined && above.rows > 0;
        above = reaching.get(cells.length)
      ) {
        above.rows--;
        cells.push(above.cell);
      }
    };
    for (const element of elements) {
      carry();
      const cell = cellOf(element);
      const down = spanOf(element, "rowspan");
      for (let across = spanOf(element, "colspan"); across > 0; across--) {
        if (down > 1) reaching.set(cells.length, { cell, rows: down - 1 });
        cells.push(cell);
      }
    }
    carry();
    return cells;
  });
}

function spanOf(element: Element, name: string): number {
  const span = Number(element.attrs.find((attribute) => attribute.name === name)?.value ?? 1);
  return Number.isInteger(span) && span > 1 ? Math.min(span, LARGEST_SPAN) : 1;
}

function cellOf(element: Element): Cell {
  const collector = new Collector();
  for (const child of element.childNodes) collector.walk(child, 0);
  const lines = collector.finish().flatMap(linesOf);
  return { line: lines[0]?.line ?? lineOf(element), lines };
}

function linesOf(item: Item): readonly Line[] {
  switch (item.kind) {
    case "line":
      return [item];
    case "code":
      return item.text
        .split("\n")
        .map((text, index) => ({ kind: "line", text, line: item.line + index, bullet: 0 }));
    case "table":
      return item.rows.flatMap((row) => row.flatMap((cell) => cell.lines));
  }
}
