import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Checked } from "./check.ts";
import { typesDocument } from "./emit/document.ts";
import { emit } from "./emit.ts";
import { generatedPackages, obstacleIn, ownFiles, runtimeClouds, versionOf } from "./packages.ts";
import { Place } from "./place.ts";
import { compare, type Problem, sortProblems } from "./problem.ts";
import { suggest } from "./validation.ts";

/** A file of the packages, and what is to become of it. */
export interface Change {
  readonly path: string;
  /** What it holds now; nothing if there is no such file. */
  readonly before: string | undefined;
  /** What it is to hold; nothing if it is to go. */
  readonly after: string | undefined;
}

/** What is to be done to the packages, or why it cannot be. */
export interface Plan {
  readonly changes: readonly Change[];
  /** The packages that are to be made anew, by folder. */
  readonly added: readonly string[];
  /** Not empty: there are no changes. */
  readonly problems: readonly Problem[];
}

/** Emits every package and compares it with what stands in `out`. Writes nothing. */
export async function plan(checked: Checked, out: string, cwd: string): Promise<Plan> {
  const { specifications, services } = checked;
  const problems = [
    ...unknownClouds(checked, out),
    ...services.flatMap(({ folder }) => obstacleIn(join(out, folder), cwd) ?? []),
  ];
  if (problems.length > 0) return { changes: [], added: [], problems: sortProblems(problems) };

  const wanted = new Map<string, string>();
  const known = generatedPackages(out);
  for (const model of services) {
    const document = await typesDocument(model.file, specifications.files);
    const files = await emit(model, document, versionOf(join(out, model.folder)));
    for (const [path, text] of files) wanted.set(join(out, model.folder, path), text);
  }
  const present = known.flatMap((folder) => ownFiles(join(out, folder)));
  const changes = [...new Set([...wanted.keys(), ...present])].sort(compare).map((path) => ({
    path,
    before: existsSync(path) ? readFileSync(path, "utf8") : undefined,
    after: wanted.get(path),
  }));
  const added = services.map(({ folder }) => folder).filter((folder) => !known.includes(folder));
  return { changes, added, problems };
}

/** Packages of a cloud that the runtime has no module for would not compile. */
function unknownClouds({ specifications, services }: Checked, out: string): Problem[] {
  const clouds = runtimeClouds(out);
  if (clouds === undefined) return [];
  return services
    .filter(({ service }) => !clouds.includes(service.cloud))
    .flatMap(({ service: { cloud } }) => {
      const message = `@typedcloud/runtime has no module "${cloud}". ${suggest(cloud, clouds)} CONTRIBUTING.md says how a cloud is added.`;
      const { common } = specifications.clouds.find(({ name }) => name === cloud) ?? {};
      return typeof common === "object" ? [Place.root(common).problem("cloud", message)] : [];
    });
}

export const isChanged = ({ before, after }: Change): boolean => before !== after;
