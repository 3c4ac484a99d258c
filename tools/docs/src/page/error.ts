/** A page that cannot be read: its layout is none that is known. Says what was expected, and where. */
export class PageError extends Error {
  override readonly name = "PageError";
  readonly page: string;
  readonly line: number;

  constructor(page: string, line: number, message: string) {
    super(`${page}:${line}  ${message}`);
    this.page = page;
    this.line = line;
  }
}
