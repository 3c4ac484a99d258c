/** The same signatures on every Node that is supported, under every locale. Fetches the Nodes with npx. */

import { bundle, LOCALES, NODES, type Report, run } from "./bundle.ts";

const reports: Report[] = [];
for (const hashes of ["node", "web"] as const) {
  const code = await bundle(hashes);
  for (const node of NODES) {
    for (const locale of LOCALES) {
      const report = run(code, locale, ["npx", "--yes", `--package=node@${node}`, "--", "node"]);
      console.log(
        `${report.version.padEnd(9)} ${report.locale.padEnd(8)} ${hashes.padEnd(5)} ${report.signatures}`,
      );
      reports.push(report);
    }
  }
}
const different = new Set(reports.map(({ signatures }) => signatures));
const versions = new Set(reports.map(({ version }) => version.split(".")[0]));
if (different.size !== 1 || versions.size !== NODES.length) {
  console.error(`${different.size} different sets of signatures from ${versions.size} versions of Node`);
  process.exitCode = 1;
}
