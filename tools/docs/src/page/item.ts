/** A paragraph, a heading or a bullet of a page. */
export interface Line {
  readonly kind: "line";
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
  /** 0: no bullet; 1: a bullet; 2: a bullet within a bullet. */
  readonly bullet: number;
}

/** A cell of a table: what it says, line by line. */
export interface Cell {
  readonly line: number;
  readonly lines: readonly Line[];
}

/** A table of a rendering that keeps its cells apart. */
export interface Table {
  readonly kind: "table";
  readonly line: number;
  readonly caption: string | undefined;
  readonly rows: readonly (readonly Cell[])[];
}

/** Text that is to be kept as it is. */
export interface Code {
  readonly kind: "code";
  readonly line: number;
  readonly text: string;
}

/** What a page is made of, whichever way it was saved. */
export type Item = Line | Table | Code;

export const textOf = (cell: Cell | undefined): string =>
  cell === undefined
    ? ""
    : cell.lines
        .map(({ text }) => text)
        .join(" ")
        .trim();

export const isLine = (item: Item): item is Line => item.kind === "line";
