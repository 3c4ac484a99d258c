import { type OperationModel, Place, type ServiceModel } from "typedcloud/checked";
import { flatten } from "../../src/flatten.ts";
import { readSpecFacts } from "../../src/spec/facts.ts";

/** Two specifications of one operation: which of all their facts they share, and which not. */
export function agreement(ours: ServiceModel, theirs: ServiceModel) {
  const [mine, hers] = [ours, theirs].map(factsOf);
  const keys = [...new Set([...(mine?.keys() ?? []), ...(hers?.keys() ?? [])])];
  const apart = keys
    .filter((key) => mine?.get(key) !== hers?.get(key))
    .map((key) => `${key}: ${mine?.get(key) ?? "-"} / ${hers?.get(key) ?? "-"}`);
  return { count: keys.length, ratio: 1 - apart.length / keys.length, apart };
}

function factsOf(service: ServiceModel): Map<string, unknown> {
  const [operation] = service.operations;
  if (operation === undefined) throw new Error(`${service.folder} has no operation`);
  const facts = readSpecFacts(service, operation);
  const flat = new Map<string, unknown>(flatten(facts));
  const job = operation.job && { ...operation.job, states: documented(operation.job.states, service) };
  for (const [name, value] of [...leaves("x-pagination", operation.pages), ...leaves("x-job", job)])
    flat.set(name, value);
  for (const [name, value] of exampleOf(operation)) flat.set(name, value);
  return flat;
}

/** Whole, as one fact: its values are as many as its author liked to show. */
const exampleOf = ({ examples }: OperationModel): [string, unknown][] =>
  examples
    .filter(({ status }) => status.startsWith("2"))
    .map(({ status, body }) => [`example ${status}`, JSON.stringify(body)]);

function leaves(name: string, value: unknown): [string, unknown][] {
  if (value === undefined) return [];
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return [[name, JSON.stringify(value)]];
  return Object.entries(value).flatMap(([key, child]) => leaves(`${name}.${key}`, child));
}

/** Words from elsewhere than the page, which the specification marks, are no facts of the page. */
function documented(states: object, { file }: ServiceModel): object {
  const others = new Set<unknown>();
  const walk = (place: Place): void => {
    if (place.key === "x-undocumented") for (const { value } of place.children()) others.add(value);
    for (const child of place.children()) walk(child);
  };
  walk(Place.root(file));
  return Object.fromEntries(
    Object.entries(states)
      .map(([state, words]: [string, unknown]): [string, unknown[]] => [
        state,
        Array.isArray(words) ? words.filter((word) => !others.has(word)) : [],
      ])
      .filter(([, words]) => words.length > 0),
  );
}
