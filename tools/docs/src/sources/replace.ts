import { renameSync, rmSync, writeFileSync } from "node:fs";

/** Writes a file beside its place and moves it there: nobody ever reads half of it, and a failure leaves the old one. */
export function replace(path: string, text: string): void {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, text);
    renameSync(beside, path);
  } finally {
    rmSync(beside, { force: true });
  }
}
