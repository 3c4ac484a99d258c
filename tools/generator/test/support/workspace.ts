import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { generate } from "../../src/generate.ts";
import { COMMON, SPECIFICATION } from "./specification.ts";

/** What a run of the generator said. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with specifications, and with packages once they are generated; it goes when the test is over. */
export class Workspace {
  readonly cwd = mkdtempSync(join(tmpdir(), "typedcloud-"));

  constructor(files: Readonly<Record<string, string>> = {}) {
    onTestFinished(() => rmSync(this.cwd, { recursive: true, force: true }));
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.cwd, path)), { recursive: true });
    writeFileSync(join(this.cwd, path), text);
  }

  read(path: string): string {
    return readFileSync(join(this.cwd, path), "utf8");
  }

  remove(path: string): void {
    rmSync(join(this.cwd, path), { recursive: true });
  }

  has(path: string): boolean {
    return existsSync(join(this.cwd, path));
  }

  /** Every file below a folder with its text, in alphabetical order. */
  files(folder = "packages"): Record<string, string> {
    if (!this.has(folder)) return {};
    const entries = readdirSync(join(this.cwd, folder), { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    return Object.fromEntries(
      paths.map((path) => [path.slice(this.cwd.length + 1), readFileSync(path, "utf8")]),
    );
  }

  async generate(options: { readonly check?: boolean } = {}): Promise<Run> {
    const stdout: string[] = [];
    const stderr: string[] = [];
    const output = {
      log: (line: string) => void stdout.push(line),
      error: (line: string) => void stderr.push(line),
    };
    const code = await generate(
      { specs: "specs", out: "packages", cwd: this.cwd, check: options.check ?? false },
      output,
    );
    return { code, stdout: stdout.join("\n"), stderr: stderr.join("\n") };
  }
}

/** A workspace with one cloud and one service. */
export const workspaceOf = (
  specification = SPECIFICATION,
  others: Readonly<Record<string, string>> = {},
): Workspace =>
  new Workspace({ "specs/acme/common.yaml": COMMON, "specs/acme/tasks.yaml": specification, ...others });
