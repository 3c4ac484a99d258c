import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./model.ts";

/** The vendors' own pages, which are not ours to copy: they lie beside the repository, if they are there at all. */
const folder = process.env.TYPEDCLOUD_PAGES ?? join(root, "../shared/docs");

export const savedPages: readonly { readonly name: string; readonly text: string }[] = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => name.endsWith(".txt"))
      .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }))
  : [];
