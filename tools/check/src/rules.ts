import ts from "typescript";

/** A package as its users get it: the packed manifest and every packed file by its path, such as `dist/index.js`. */
export interface Packed {
  manifest: Manifest;
  files: string[];
  read(file: string): string;
}

export interface Manifest {
  name: string;
  version: string;
  exports?: Record<string, unknown>;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

type Rule = (packed: Packed) => string[];

/** npm runs these on the user's machine. */
const lifecycle = [
  "preinstall",
  "install",
  "postinstall",
  "preprepare",
  "prepare",
  "postprepare",
  "prepublish",
];

const noLifecycleScripts: Rule = ({ manifest }) =>
  lifecycle
    .filter((name) => manifest.scripts?.[name] !== undefined)
    .map((name) => `package.json: script "${name}" would run when a user installs the package`);

const noWorkspaceRanges: Rule = ({ manifest }) =>
  [manifest.dependencies, manifest.peerDependencies, manifest.optionalDependencies]
    .flatMap((group) => Object.entries(group ?? {}))
    .filter(([, range]) => /^(workspace|catalog|link|file):/.test(range))
    .map(([name, range]) => `package.json: "${name}": "${range}" means nothing outside this repository`);

const unwanted: [pattern: RegExp, what: string][] = [
  [/(^|\/)\.env($|\.)/, "an environment file"],
  [/(^|\/)\.npmrc$/, "an npm configuration"],
  [/(^|\/)(test|tests|__tests__)\/|\.(test|spec)\.[cm]?[jt]s$/, "a test"],
  [/(^|\/)node_modules\//, "a dependency's file"],
];

const noUnwantedFiles: Rule = ({ files }) =>
  files.flatMap((file) => {
    const found = unwanted.find(([pattern]) => pattern.test(file));
    return found ? [`${file}: ${found[1]} is packed`] : [];
  });

const noSourceCondition: Rule = ({ manifest }) =>
  JSON.stringify(manifest.exports ?? {}).includes('"@typedcloud/source"')
    ? ["package.json: exports lead to source, which is not packed: publishConfig.exports is missing"]
    : [];

const hasLicense: Rule = ({ files }) => (files.includes("LICENSE") ? [] : ["LICENSE is not packed"]);

const noAny: Rule = ({ files, read }) =>
  files.filter((file) => /^dist\/.+\.d\.[cm]?ts$/.test(file)).flatMap((file) => anysOf(file, read(file)));

function anysOf(file: string, text: string): string[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) {
      const { line, character } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
      const shown = text.split("\n")[line]?.trim();
      found.push(`${file}:${line + 1}:${character + 1}: "any" in a public type: ${shown}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** `"sideEffects": false` says that there are none: bundlers warn their users of such an import. */
const noImportsForEffects: Rule = ({ files, read }) =>
  files
    .filter((file) => /^dist\/.+\.[cm]?js$/.test(file))
    .flatMap(
      (file) =>
        read(file)
          .match(/^import\s*"[^"]+"/gm)
          ?.map((found) => `${file}: ${found} has no use`) ?? [],
    );

const rules: Rule[] = [
  noLifecycleScripts,
  noWorkspaceRanges,
  noUnwantedFiles,
  noSourceCondition,
  hasLicense,
  noAny,
  noImportsForEffects,
];

/** What is wrong with a packed package, one line a finding; empty when nothing is. */
export const findings = (packed: Packed): string[] => rules.flatMap((rule) => rule(packed));
