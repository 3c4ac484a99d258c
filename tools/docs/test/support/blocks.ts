import type { Layout } from "./render.ts";

/** A part of a page, whatever it is rendered as. Lines of a cell that begin with a dash are bullets. */
export type Block =
  | { readonly kind: "heading" | "line"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | {
      readonly kind: "table";
      readonly caption: string | undefined;
      readonly head: readonly string[];
      readonly rows: readonly (readonly Cell[])[];
    };
export type Cell = readonly string[];

export const line = (text: string): Block => ({ kind: "line", text });
export const heading = (text: string): Block => ({ kind: "heading", text });
export const code = (text: string): Block => ({ kind: "code", text });

export const table = (
  caption: string | undefined,
  head: readonly string[],
  ...rows: readonly (readonly (string | Cell)[])[]
): Block => ({
  kind: "table",
  caption,
  head,
  rows: rows.map((row) => row.map((cell) => (typeof cell === "string" ? [cell] : cell))),
});

/** A page of these blocks in one of the layouts. */
export function renderBlocks(
  blocks: readonly Block[],
  layout: Layout,
  site: "huaweicloud" | "alibabacloud",
  title: string,
): string {
  switch (layout) {
    case "text":
      return blocks.map((block) => toText(block, site)).join("\n\n");
    case "html":
      return `<!DOCTYPE html><html><head><title>${escapeHtml(title)}</title></head><body>\n${blocks.map(toHtml).join("\n")}\n</body></html>`;
    case "markdown":
      return blocks.map(toMarkdown).join("\n\n");
    case "cells":
      return blocks.map(toCells).join("\n\n");
    case "snippet":
      return blocks
        .map((block) => toText(block, "huaweicloud"))
        .join(" ")
        .replace(/\s+/g, " ");
  }
}

function toText(block: Block, site: "huaweicloud" | "alibabacloud"): string {
  if (block.kind !== "table") return block.text;
  if (site === "huaweicloud") {
    const cells = block.rows
      .flatMap((row) => row.flatMap((cell) => cell.map(bullet)))
      .filter((text) => text.trim() !== "");
    return [...(block.caption === undefined ? [] : [block.caption]), ...block.head, ...cells].join("\n\n");
  }
  const isRequest = block.head.length === 5;
  const rows = block.rows.map((row) => {
    const name = row
      .slice(0, isRequest ? 3 : 2)
      .flat()
      .join("");
    const [text = [], [example = ""] = []] = row.slice(isRequest ? 3 : 2);
    return `${name}\n\n${text.map(bullet).join("\n\n")}\n${example === "" ? "" : `\n${example}`}`;
  });
  return [block.head.join(""), ...rows].join("\n");
}

const bullet = (text: string): string => text.replace(/^- /, "  • ");
const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function toHtml(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `<h4 class="sectiontitle">${escapeHtml(block.text)}</h4>`;
    case "line":
      return `<p>${escapeHtml(block.text)}</p>`;
    case "code":
      return `<pre class="screen">${escapeHtml(block.text)}</pre>`;
    case "table": {
      // Bullets that follow each other are one list.
      const cell = (lines: Cell) =>
        lines
          .map((text) =>
            text.startsWith("- ")
              ? `<ul><li>${escapeHtml(text.slice(2))}</li></ul>`
              : `<p>${escapeHtml(text)}</p>`,
          )
          .join("")
          .replaceAll("</ul><ul>", "");
      return [
        '<div class="tablenoborder"><table cellpadding="4" summary="" frame="border" border="1" rules="all">',
        block.caption === undefined
          ? ""
          : `<caption><b>${escapeHtml(block.caption.replace(/^(表\d+|Table \d+) /, "$1 </b>"))}</caption>`.replace(
              "&lt;/b&gt;",
              "</b>",
            ),
        `<thead align="left"><tr>${block.head.map((text) => `<th><p>${escapeHtml(text)}</p></th>`).join("")}</tr></thead>`,
        `<tbody>${block.rows.map((row) => `<tr>\n${row.map((lines) => `<td class="cellrowborder">${cell(lines)}</td>`).join("\n")}\n</tr>`).join("\n")}</tbody>`,
        "</table></div>",
      ].join("\n");
    }
  }
}

/** Captions are lost. */
function toMarkdown(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `## ${block.text.replaceAll("_", "\\_")}`;
    case "line":
      return block.text;
    case "code":
      return `\`\`\`\n${block.text}\n\`\`\``;
    case "table": {
      const row = (cells: readonly string[]) =>
        `| ${cells.map((text) => text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("*", "\\*").replaceAll("_", "\\_")).join(" | ")} |`;
      return [
        row(block.head),
        row(block.head.map(() => "---")),
        ...block.rows.map((cells) =>
          row(cells.map((lines) => lines.join("\ue000"))).replaceAll("\ue000", "<br>"),
        ),
      ].join("\n");
    }
  }
}

function toCells(block: Block): string {
  if (block.kind !== "table") return block.kind === "heading" ? `# ${block.text}`.slice(2) : block.text;
  const head = block.head.map((text) => `${text} |`);
  const rule = block.head.map(() => "---|").join("");
  const rows = block.rows.flatMap((row) => [
    "|",
    ...row.flatMap((lines) => (lines.join("") === "" ? [] : [`${lines.map(bullet).join("\n")} |`])),
  ]);
  return [...head, rule, ...rows].join("\n");
}
