import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { replace } from "../sources/replace.ts";
import { Failure } from "./context.ts";

/** A copy of the specifications that is worked on: the files themselves change all at once, or not at all. */
export class Stage {
  /** Where the copy lies. */
  readonly cwd: string;
  /** The copy's folder, seen from there. */
  readonly specs: string;
  readonly #target: string;
  readonly #before: ReadonlyMap<string, string>;

  constructor(specs: string, cwd: string) {
    this.#target = resolve(cwd, specs);
    if (!existsSync(this.#target)) throw new Failure(`${specs}: there is no such folder.`);
    this.cwd = mkdtempSync(join(tmpdir(), "typedcloud-docs-"));
    this.specs = basename(this.#target);
    cpSync(this.#target, join(this.cwd, this.specs), { recursive: true });
    this.#before = new Map(
      yamlIn(this.#target).map((name) => [name, readFileSync(join(this.#target, name), "utf8")]),
    );
  }

  /** What a file said in the beginning. */
  before(name: string): string {
    return this.#before.get(name) ?? "";
  }

  /**
   * Puts what has changed in its place.
   *
   * @returns how to undo that
   */
  publish(): () => void {
    const staged = join(this.cwd, this.specs);
    const changed = yamlIn(staged)
      .map((name) => ({ path: join(this.#target, name), text: readFileSync(join(staged, name), "utf8") }))
      .map((file) => ({
        ...file,
        before: existsSync(file.path) ? readFileSync(file.path, "utf8") : undefined,
      }))
      .filter(({ text, before }) => text !== before);
    for (const { path, text } of changed) replace(path, text);
    return () => {
      for (const { path, before } of changed)
        if (before === undefined) rmSync(path, { force: true });
        else replace(path, before);
    };
  }

  remove(): void {
    rmSync(this.cwd, { recursive: true, force: true });
  }
}

const yamlIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".yaml"));
