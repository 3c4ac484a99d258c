import { watch as watchFolder } from "node:fs/promises";
import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type GenerateOptions, generate } from "./generate.ts";

/** Editors write a file in several steps: wait until they are through. */
const QUIET_MS = 50;

/** Generates now, and again after every change, until `signal` aborts. Problems are told and waited out. */
export async function watch(options: GenerateOptions, signal: AbortSignal): Promise<0> {
  const changes = watchFolder(resolve(options.cwd, options.specs), { recursive: true, signal });
  let last = generateAndTell(options);
  let changed = 0;
  try {
    for await (const _ of changes) {
      const change = ++changed;
      // One run at a time, and only for the last of several changes.
      last = Promise.all([last, pause(QUIET_MS)]).then(() =>
        change === changed ? generateAndTell(options) : undefined,
      );
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  await last;
  return 0;
}

async function generateAndTell(options: GenerateOptions): Promise<void> {
  await generate(options).catch((error: unknown) => console.error(error));
}
