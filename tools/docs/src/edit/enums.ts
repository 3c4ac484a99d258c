import type { Place } from "typedcloud/checked";
import { stateOf } from "../draft/states.ts";
import type { Field, PageFacts, Type, Value } from "../facts.ts";
import { definition } from "./definition.ts";
import { addField, addItem, type Edit, removeField, removeItem, replaceValue } from "./edit.ts";
import { edited, leave, type Plan, type Task } from "./plan.ts";

/** A list of values: a whole one, or one value of it. */
export function planEnum(task: Task, place: Place): Plan {
  const { finding, page, pairing } = task;
  const { where, kind, before, after } = finding;
  const schema = definition(place);
  const list = schema.at("enum");
  const field = pairing.field(where.slice(0, -".enum".length))?.page;
  if (!list.exists)
    return field?.enum === undefined
      ? leave("there is no list")
      : edited(addField(schema, "enum", field.enum.value));
  const item = list.children().find(({ value }) => String(value) === before);
  if (kind === "removed" && item === undefined) return planNoList(task, schema);
  const word = stateWords(task).find(({ value }) => String(value) === before);
  if (kind === "added")
    return after === null ? leave("there is no value") : planValue(task, schema, typed(after, list));
  // Fields share the list: as long as one of them has the value, it stays.
  if (before !== null && isListed(page, String(before)))
    return leave("another list of the page still has this value");
  if (item === undefined) return leave("the list stands in another form");
  // Words of a rollback have a state as well, and stand in a second list.
  const rolledBack = task.spec.place
    .at("x-job", "rollback")
    .children()
    .filter(({ value }) => String(value) === before);
  if (kind === "renamed" && after !== null) {
    if (word !== undefined && stateOf(String(after)) !== word.parent.key) return leave(asksState(after));
    return edited([
      ...replaceValue(item, typed(after, list)),
      ...(word === undefined ? [] : replaceValue(word, after)),
      ...rolledBack.flatMap((each) => replaceValue(each, after)),
    ]);
  }
  return edited([
    ...removeItem(item),
    ...(word === undefined ? [] : removeItem(word)),
    ...rolledBack.flatMap(removeItem),
  ]);
}

/** The words that have a state. */
const stateWords = ({ spec }: Task): Place[] =>
  spec.place
    .at("x-job", "states")
    .children()
    .flatMap((state) => state.children());

const asksState = (word: Value): string =>
  `what state "${word}" is (x-job.states) is yours to say: is such a job pending, blocked, succeeded, failed or cancelled?`;

/** Findings tell values as text; a list of numbers holds numbers. */
const typed = (value: Value, list: Place): Value =>
  list.children().some((each) => typeof each.value === "number") && String(Number(value)) === String(value)
    ? Number(value)
    : value;

/** The page states the list nowhere any more. */
function planNoList(task: Task, schema: Place): Plan {
  if (stateWords(task).some(({ value }) => schema.texts("enum").includes(String(value))))
    return leave("the job's states (x-job) need the list: look at what the statuses are now");
  if (schema.path.includes("components") && schema.path.length === 3)
    return leave("several fields may share this list: say which of them have none now");
  const names = ["enum", "x-undocumented", "x-closed"].filter((name) => schema.has(name));
  return edited(names.flatMap((name) => removeField(schema.at(name))));
}

/** A status needs a state, and only a word that says its state gets one by machine. */
function planValue(task: Task, schema: Place, value: Value): Plan {
  const list = schema.at("enum");
  const undocumented = schema
    .at("x-undocumented")
    .children()
    .find((each) => each.value === value);
  // It stands in a state already, if it is a status.
  if (undocumented !== undefined) return edited([...addItem(list, value), ...removeItem(undocumented)]);
  const isStatus = stateWords(task).some((word) => list.children().some((each) => each.value === word.value));
  if (!isStatus) return edited(addItem(list, value));
  const state = stateOf(String(value));
  if (state === undefined) return leave(asksState(value));
  const states = task.spec.place.at("x-job", "states");
  const inStates: Edit[] = states.has(state)
    ? addItem(states.at(state), value)
    : addField(states, state, [value]);
  return edited([...addItem(list, value), ...inStates]);
}

function isListed(page: PageFacts, value: string): boolean {
  const has = (field: Field): boolean =>
    (field.enum?.value ?? []).map(String).includes(value) || inside(field.type).some(has);
  const inside = (type: Type | undefined): readonly Field[] =>
    type?.fields ?? (type?.items ? inside(type.items) : []);
  return [
    ...page.parameters,
    ...inside(page.body),
    ...page.responses.flatMap(({ body }) => inside(body)),
    ...page.schemas.flatMap(({ fields }) => fields),
  ].some(has);
}
