/** A user's home folder for one test, with nothing in it, and an environment that names no credentials. */

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished, vi } from "vitest";

export interface Home {
  readonly path: string;
  /** Writes a file in it, and gives its path. */
  write(name: string, content: string | object): Promise<string>;
}

export async function emptyHome(): Promise<Home> {
  const path = await mkdtemp(join(tmpdir(), "typedcloud-"));
  onTestFinished(() => rm(path, { recursive: true }));
  for (const name of Object.keys(process.env)) {
    if (/^(HUAWEICLOUD_|CLOUD_SDK_|HC_|ALIBABA_CLOUD_)/.test(name)) vi.stubEnv(name, undefined);
  }
  vi.stubEnv("HOME", path);
  vi.stubEnv("USERPROFILE", path);
  return {
    path,
    async write(name, content) {
      const file = join(path, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
      return file;
    },
  };
}

export function setEnv(variables: Record<string, string>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
}
