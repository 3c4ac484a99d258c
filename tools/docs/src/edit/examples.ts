import type { Place } from "typedcloud/checked";
import { isCollection } from "yaml";
import type { Example, PageFacts } from "../facts.ts";
import type { SpecFacts } from "../spec/facts.ts";
import { addField, addItem, type Edit, removeField, removeItem, replaceNode, replaceValue } from "./edit.ts";
import { edited, leave, type Plan, type Task } from "./plan.ts";
import { nodeAt } from "./text.ts";

/** What findings call an example, of an answer or of the request. */
export const EXAMPLE = /^(?:response\.(\w+)|body)\.example(?=[.[]|$)(.*)$/;

/** One value of an example. */
export function planExample({ finding, page, spec }: Task): Plan {
  const [, status, path = ""] = EXAMPLE.exec(finding.where) ?? [];
  const of = status === undefined ? "request" : "response";
  const isIt = (each: Example<unknown>) => each.of === of && each.status === status;
  const place = spec.examples.find(isIt)?.at;
  const shown = page.examples.find(isIt);
  if (place === undefined || shown === undefined) return leave("its place was not found");
  const keys = [...path.matchAll(/\.([^.[\]]+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? index ?? "");
  const parents = keys.slice(0, -1);
  const value = keys.reduce(childOf, shown.value);
  const parent = parents.reduce(childOf, shown.value);
  const owner = place.at(...parents);
  const key = keys.at(-1) ?? "";
  if (finding.kind === "added") return edited(put(owner, key, value, parent));
  if (finding.kind === "removed") return edited(take(owner.at(key)));
  return edited(change(place.at(...keys), value));
}

/** Everything in which the examples differ from the page's. */
export function exampleEdits(page: PageFacts, spec: SpecFacts): Edit[] {
  return spec.examples.flatMap(({ of, status, at }) => {
    const shown = page.examples.find((each) => each.of === of && each.status === status);
    return shown === undefined ? [] : follow(at, shown.value);
  });
}

function follow(place: Place, value: unknown): Edit[] {
  const { value: known } = place;
  if (!isContainer(value) || !isContainer(known) || Array.isArray(value) !== Array.isArray(known))
    return JSON.stringify(known) === JSON.stringify(value) ? [] : change(place, value);
  // On one line, the line is written anew.
  if (isFlow(place)) return JSON.stringify(known) === JSON.stringify(value) ? [] : replaceNode(place, value);
  const keys = Object.keys(value);
  const gone = place.children().filter(({ key }) => !keys.includes(key));
  // A container of which nothing stays is another one.
  if (gone.length === place.children().length) return change(place, value);
  return [
    ...keys.flatMap((key) => {
      const child = childOf(value, key);
      return place.has(key) ? follow(place.at(key), child) : put(place, key, child, value);
    }),
    ...gone.flatMap(take),
  ];
}

const change = (place: Place, value: unknown): Edit[] =>
  !isContainer(place.value) &&
  (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    ? replaceValue(place, value)
    : replaceNode(place, value);

/** Where the page has it. */
function put(owner: Place, key: string, value: unknown, parent: unknown): Edit[] {
  if (owner.isList) return addItem(owner, value);
  const keys = isContainer(parent) ? Object.keys(parent) : [];
  return addField(owner, key, value, { after: keys.slice(0, keys.indexOf(key)) });
}

const take = (place: Place): Edit[] =>
  place.parent.children().length === 1
    ? replaceNode(place.parent, place.parent.isList ? [] : {})
    : place.parent.isList
      ? removeItem(place)
      : removeField(place);

function isFlow(place: Place): boolean {
  const node = nodeAt(place);
  return isCollection(node) && node.flow === true;
}

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;

/** Only what it holds itself: an example may have a field called "constructor". */
function childOf(value: unknown, key: string): unknown {
  return isContainer(value) && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}
