import {
  BaseResolver,
  createConfig,
  type Document,
  lintDocument,
  type NormalizedProblem,
  Source,
} from "@redocly/openapi-core";
import type { Oas3Rule } from "@redocly/openapi-core/lib/visitors.js";
import type { SpecificationFile } from "./file.ts";
import { type Path, Place, parsePointer } from "./place.ts";
import type { Problem } from "./problem.ts";

/** An object of a specification and what OpenAPI calls it: `Operation`, `Schema`, `MediaType` … */
export interface Node {
  readonly kind: string;
  readonly place: Place;
}

/** What OpenAPI itself has to say about a specification. */
export interface Structure {
  /** Every object that can be reached from the file, whichever file it stands in. */
  readonly nodes: readonly Node[];
  readonly problems: readonly Problem[];
}

const OPENAPI = /^3\.1\.\d+$/;

/** Checks a file against OpenAPI 3.1, and tells which of its objects is what. */
export async function checkStructure(
  file: SpecificationFile,
  files: ReadonlyMap<string, SpecificationFile>,
): Promise<Structure> {
  const document = Place.root(file);
  if (!OPENAPI.test(document.text("openapi") ?? "")) {
    const message = "Not an OpenAPI 3.1 document. Begin it with `openapi: 3.1.0`.";
    return { nodes: [], problems: [document.at("openapi").problem("openapi-version", message)] };
  }
  const nodes: Node[] = [];
  const found = await lintDocument({
    document: toRedocly(file),
    config: await configWith((kind, absolute, pointer) => {
      const owner = files.get(absolute);
      if (owner !== undefined) nodes.push({ kind, place: Place.root(owner).at(...pathOf(pointer)) });
    }),
    externalRefResolver: new LoadedFiles(files),
  });
  return { nodes, problems: found.flatMap((problem) => toProblem(problem, files) ?? []) };
}

function toProblem(
  { message, location: [location], suggest }: NormalizedProblem,
  files: ReadonlyMap<string, SpecificationFile>,
): Problem | undefined {
  const owner = location && files.get(location.source.absoluteRef);
  if (location?.pointer === undefined || owner === undefined) return undefined;
  const place = Place.root(owner).at(...pathOf(location.pointer));
  const mend = suggest.length > 0 ? `Did you mean \`${suggest[0]}\`?` : "See the OpenAPI 3.1 specification.";
  const aspect = location.reportOnKey ? "key" : "value";
  return place.problem("openapi", `${message.replaceAll(/\s+/g, " ")} ${mend}`, aspect);
}

/** Redocly writes `#/` for the whole document; elsewhere that is the field with the empty name. */
const pathOf = (pointer: string): Path => (pointer === "#/" ? [] : parsePointer(pointer));

/** Redocly's rules of structure, and a rule of ours that only looks on. */
async function configWith(onNode: (kind: string, absolute: string, pointer: string) => void) {
  const observe: Oas3Rule = () => ({
    any: {
      enter: (_, { type, location }) => onNode(type.name, location.source.absoluteRef, location.pointer),
    },
  });
  const config = await createConfig({
    plugins: [{ id: "typedcloud", rules: { oas3: { observe } } }],
    rules: { struct: "error", "typedcloud/observe": "error" },
  });
  return config.styleguide;
}

/** The parsed file in the form that Redocly reads. Its own parser would neither refuse aliases nor keep our positions. */
export const toRedocly = (file: SpecificationFile, value: unknown = file.value): Document => ({
  source: new Source(file.absolute, ""),
  parsed: value,
});

/** Answers with files that are loaded already, and never reads others, let alone from the network. */
export class LoadedFiles extends BaseResolver {
  constructor(
    files: ReadonlyMap<string, SpecificationFile>,
    contentOf = (file: SpecificationFile) => file.value,
  ) {
    super();
    for (const file of files.values())
      this.cache.set(file.absolute, Promise.resolve(toRedocly(file, contentOf(file))));
  }

  override loadExternalRef(absoluteRef: string): Promise<Source> {
    return Promise.reject(new Error(`not loaded: ${absoluteRef}`));
  }
}
