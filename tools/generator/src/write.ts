import { mkdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Change, isChanged } from "./plan.ts";

/**
 * Makes the changes, all or none: everything is written beside its place first, and moved there when all of it is
 * written. What fails while moving is undone.
 *
 * @param top the folder that stays, even if nothing is left in it
 */
export async function write(changes: readonly Change[], top: string): Promise<void> {
  const pending = changes.filter(isChanged);
  const done: Change[] = [];
  try {
    for (const { path, after } of pending) if (after !== undefined) await stage(path, after);
    for (const change of pending) {
      done.push(change);
      await (change.after === undefined ? rm(change.path) : rename(stagedPath(change.path), change.path));
    }
  } catch (error) {
    for (const { path, before } of done)
      await (before === undefined ? rm(path, { force: true }) : writeFile(path, before));
    throw error;
  } finally {
    await Promise.all(pending.map(({ path }) => rm(stagedPath(path), { force: true })));
  }
  for (const { path, after } of pending)
    if (after === undefined) await removeEmptyFolders(dirname(path), top);
}

/** Beside its place, so that moving it never copies. */
const stagedPath = (path: string): string => `${path}.${process.pid}.tmp`;

async function stage(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(stagedPath(path), text);
}

/** Removes a folder that has become empty, and those that it leaves empty; one with something in it stays. */
async function removeEmptyFolders(path: string, top: string): Promise<void> {
  if (path === top) return;
  const isGone = await rmdir(path).then(
    () => true,
    () => false,
  );
  if (isGone) await removeEmptyFolders(dirname(path), top);
}
