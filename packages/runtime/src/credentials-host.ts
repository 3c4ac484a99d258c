/** The machine that this runs on: its environment variables and files. Node only; nothing else reads them. */

import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { CredentialsError } from "./errors.js";

/** An environment variable. Empty is as good as not set. */
export const env = (name: string): string | undefined => process.env[name] || undefined;

/** Is a switch on? */
export const enabled = (name: string): boolean => env(name)?.toLowerCase() === "true";

/** A file in the user's home folder. */
export const inHome = (...parts: string[]): string => join(homedir(), ...parts);

/** A text file, without a byte order mark; undefined if there is none. */
export async function readOptional(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, "utf8")).replace(/^\uFEFF/, "");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // what node:fs throws
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new CredentialsError(`${path} cannot be read (${code})`);
  }
}

/** A file with one token in it. The line end that most of them have is not part of the token. */
export async function readToken(name: string, path: string): Promise<string> {
  const token = (await readOptional(path))?.trim();
  if (token) return token;
  throw new CredentialsError(
    `${name}: the file ${path} ${token === undefined ? "does not exist" : "is empty"}`,
  );
}
