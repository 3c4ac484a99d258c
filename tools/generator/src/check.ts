import { exampleChecker } from "./examples.ts";
import { checkExtensions } from "./extensions.ts";
import { SpecificationFile } from "./file.ts";
import { loadSpecifications, type Specifications } from "./load.ts";
import { readServices } from "./model/service.ts";
import type { ServiceModel } from "./model.ts";
import { type Problem, sortProblems } from "./problem.ts";
import { checkKeys } from "./references.ts";
import { checkSchemas } from "./schemas.ts";
import { checkStructure } from "./structure.ts";

/** What the specifications say, or why they cannot be used. */
export interface Checked {
  readonly specifications: Specifications;
  readonly services: readonly ServiceModel[];
  /** In reading order. Not empty: nothing may be emitted. */
  readonly problems: readonly Problem[];
}

/** Reads a folder of specifications and makes every check, so that all problems are told at once. */
export async function check(root: string, cwd: string): Promise<Checked> {
  const specifications = loadSpecifications(root, cwd);
  const problems = [...specifications.problems, ...[...specifications.files.values()].flatMap(checkKeys)];
  const services = readServices(specifications, (problem) => problems.push(problem));
  // Redocly would not come to an end, or break off.
  const isReadable = !problems.some(({ rule }) => rule === "ref-cycle" || rule === "key");
  if (isReadable) problems.push(...(await checkDocuments(specifications)));
  return { specifications, services, problems: sortProblems(problems) };
}

async function checkDocuments({ clouds, files }: Specifications): Promise<Problem[]> {
  const problems: Problem[] = [];
  const checkExamples = exampleChecker(files.values());
  const documents = clouds.flatMap(({ common, services }) => [common, ...services]);
  for (const file of documents.filter((document) => document instanceof SpecificationFile)) {
    const structure = await checkStructure(file, files);
    const schemas = checkSchemas(structure.nodes);
    const examples = checkExamples(structure.nodes);
    // What OpenAPI refuses JSON Schema refuses too, in worse words.
    const isSound = structure.problems.length === 0 && schemas.length === 0;
    problems.push(
      ...structure.problems,
      ...schemas,
      ...checkExtensions(structure.nodes),
      ...(isSound ? examples : examples.filter(({ rule }) => rule !== "schema")),
    );
  }
  return problems;
}
