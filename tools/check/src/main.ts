// Packs every public package and checks the tarballs: publint, are-the-types-wrong, and the rules of this repository.
// Run after a build: `pnpm check`.
import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { checkPackage, createPackageFromTarballData, type Package } from "@arethetypeswrong/core";
import { problemAffectsResolutionKind } from "@arethetypeswrong/core/problems";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { findings, type Manifest } from "./rules.ts";

const repository = resolve(import.meta.dirname, "../../..");

function publicPackages(): string[] {
  return globSync("{packages,tools}/*/package.json", { cwd: repository })
    .filter((file) => JSON.parse(readFileSync(join(repository, file), "utf8")).private !== true)
    .map(dirname)
    .sort();
}

/** The tarball that a publish would upload. */
function pack(folder: string): Uint8Array<ArrayBuffer> {
  const destination = mkdtempSync(join(tmpdir(), "typedcloud-check-"));
  try {
    execFileSync("pnpm", ["pack", "--pack-destination", destination], {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
    });
    const [tarball] = globSync("*.tgz", { cwd: destination });
    if (tarball === undefined) throw new Error(`pnpm pack wrote nothing for ${folder}`);
    return new Uint8Array(readFileSync(join(destination, tarball)));
  } finally {
    rmSync(destination, { recursive: true, force: true });
  }
}

async function publintFindings(tarball: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const { messages, pkg } = await publint({
    pack: { tarball: tarball.buffer },
    strict: true,
  });
  return messages.map(
    (message) => `publint: ${formatMessage(message, pkg, { color: false }) ?? message.code}`,
  );
}

async function attwFindings(unpacked: Package, manifest: Manifest): Promise<string[]> {
  const hasEntry = Object.keys(manifest.exports ?? {}).some((subpath) => subpath !== "./package.json");
  if (!hasEntry) return [];
  const result = await checkPackage(unpacked, { excludeEntrypoints: ["./package.json"] });
  if (!result.types) return ["are-the-types-wrong: no types"];
  // The packages are ESM only: `require` from CommonJS types and resolution without "exports" are not promised.
  const promised = (["node16-esm", "bundler"] as const).flatMap((kind) =>
    result.problems.filter((problem) => problemAffectsResolutionKind(problem, kind, result)),
  );
  return [...new Set(promised)].map((problem) => `are-the-types-wrong: ${JSON.stringify(problem)}`);
}

async function check(folder: string): Promise<string[]> {
  const tarball = pack(folder);
  const unpacked = createPackageFromTarballData(tarball);
  const root = `/node_modules/${unpacked.packageName}/`;
  const read = (file: string): string => unpacked.readFile(root + file);
  const manifest: Manifest = JSON.parse(read("package.json"));
  const files = unpacked.listFiles().map((file) => file.slice(root.length));
  return [
    ...findings({ manifest, files, read }),
    ...(await publintFindings(tarball)),
    ...(await attwFindings(unpacked, manifest)),
  ];
}

let failed = 0;
const packages = publicPackages();
for (const folder of packages) {
  const found = await check(join(repository, folder));
  console.log(`${found.length === 0 ? "✓" : "✗"} ${folder}`);
  for (const line of found) console.log(`    ${line.replaceAll("\n", "\n    ")}`);
  if (found.length > 0) failed++;
}
console.log(
  `${packages.length} packed packages checked: ${failed === 0 ? "all fine" : `${failed} with findings`}`,
);
if (failed > 0) process.exitCode = 1;
