import type { Place } from "typedcloud/checked";
import { stateOf } from "../draft/states.ts";
import type { Finding } from "../drift/finding.ts";
import type { Field, PageFacts, Parameter, Type } from "../facts.ts";
import type { SpecFacts } from "../spec/facts.ts";
import { addField, addItem, type Edit, removeField, removeItem, replaceValue } from "./edit.ts";

/** The edits that bring a specification into line with one finding; a reason where a person has to. */
export type Plan = { readonly edits: readonly Edit[] } | { readonly reason: string };

const BOUNDS = /\.(minimum|maximum|minLength|maxLength|default)$/;

export function planFor(
  finding: Finding,
  page: PageFacts,
  spec: SpecFacts,
  sourceOf: (place: Place) => string,
): Plan {
  const { where, kind, before, after } = finding;
  const place = locate(finding, spec);
  const bound = BOUNDS.exec(where)?.[1];
  if (bound !== undefined) {
    const schema = place === undefined ? undefined : definition(place);
    if (schema === undefined) return leave("its place in the specification was not found");
    if (kind === "changed" && after !== null) return edited(replaceValue(schema.at(bound), after));
    if (kind === "removed") return edited(removeField(schema.at(bound), sourceOf(schema)));
    return after === null
      ? leave("there is no value")
      : edited(addField(schema, bound, JSON.stringify(after)));
  }
  if (where.endsWith(".enum"))
    return place === undefined
      ? leave("its place in the specification was not found")
      : planEnum(finding, definition(place), page, spec, sourceOf);
  if (where.endsWith(".required") && place !== undefined && isParameter(where)) {
    if (after === "yes") return edited(place.has("required") ? [] : addField(place, "required", "true"));
    return edited(removeField(place.at("required"), sourceOf(place)));
  }
  if (where === "title" && after !== null) return edited(replaceValue(spec.place.at("x-title-zh"), after));
  if (where === "permission.access" && after !== null)
    return edited(replaceValue(spec.place.at("x-permission", "access"), after));
  if (where.includes(".example") && kind === "changed" && before !== null && after !== null)
    return planExample(finding, spec);
  if (kind === "added" && /^(?:query|header)\.[^.]+$/.test(where)) return planParameter(where, page, spec);
  return leave(
    kind === "renamed" || kind === "removed"
      ? "users of the package lose something: decide on a release first"
      : "its description and its meaning are yours to write",
  );
}

const leave = (reason: string): Plan => ({ reason });
const edited = (edits: readonly Edit[]): Plan =>
  edits.length > 0 ? { edits } : leave("it is written in a form that is not edited by machine");
const isParameter = (where: string): boolean => /^(?:path|query|header)\./.test(where);
const definition = (place: Place): Place => {
  const schema = place.has("schema") ? place.at("schema") : place;
  const list = schema.follow() ?? schema;
  return list.text("type") === "array" && list.has("items") ? (list.at("items").follow() ?? list) : list;
};

/** The parameter or the field that a finding is about. */
function locate({ where }: Finding, spec: SpecFacts): Place | undefined {
  const name = where.replace(/\.(?:minimum|maximum|minLength|maxLength|default|enum|required)$/, "");
  const parameter = spec.parameters.find((each) => `${each.in}.${each.name}` === name);
  if (parameter !== undefined) return parameter.at;
  for (const schema of spec.schemas) {
    const field = schema.fields.find((each) => `${schema.name}.${each.name}` === name);
    if (field !== undefined) return field.at;
  }
  const [, status, ...path] = name.split(".");
  let type = name.startsWith("response.")
    ? spec.responses.find((each) => each.status === status)?.body
    : undefined;
  let place: Place | undefined;
  for (const part of path) {
    const fields = type?.fields ?? spec.schemas.find((each) => each.name === type?.schema)?.fields;
    const field = fields?.find((each) => each.name === part.replace(/[[\]{}]+$/, ""));
    place = field?.at;
    type = field?.type;
    while (type?.items !== undefined) type = type.items;
  }
  return place;
}

/** A status needs a state, and only a word that says its state gets one by machine. */
function planEnum(
  { kind, before, after }: Finding,
  schema: Place,
  page: PageFacts,
  spec: SpecFacts,
  sourceOf: (place: Place) => string,
): Plan {
  const list = schema.at("enum");
  const states = spec.place.at("x-job", "states");
  const stateWords = states.children().flatMap((state) => state.children());
  const isStatus = stateWords.some(({ value }) => list.children().some((each) => each.value === value));
  if (kind === "added") {
    if (after === null || !list.exists)
      return leave("a list where there was none: whether it is complete is yours to say");
    const undocumented = schema
      .at("x-undocumented")
      .children()
      .find(({ value }) => value === after);
    // It stands in a state already.
    if (undocumented !== undefined) {
      const only = schema.at("x-undocumented").children().length === 1;
      return edited([
        ...addItem(list, after),
        ...(only
          ? removeField(schema.at("x-undocumented"), sourceOf(schema))
          : removeItem(undocumented, sourceOf(schema))),
      ]);
    }
    if (!isStatus) return edited(addItem(list, after));
    const state = stateOf(String(after));
    if (state === undefined)
      return leave(
        `what state "${after}" is (x-job.states) is yours to say: is such a job pending, blocked, succeeded, failed or cancelled?`,
      );
    const target = states.at(state);
    return edited([
      ...addItem(list, after),
      ...(target.exists ? addItem(target, after) : addField(states, state, `[${after}]`)),
    ]);
  }
  // Fields share the list: as long as one of them has the value, it stays.
  if (before !== null && isListed(page, String(before)))
    return leave("another list of the page still has this value");
  const item = list.children().find(({ value }) => String(value) === before);
  const word = stateWords.find(({ value }) => String(value) === before);
  if (item === undefined) return leave("the list stands in another form");
  if (kind === "renamed" && after !== null)
    return edited([...replaceValue(item, after), ...(word === undefined ? [] : replaceValue(word, after))]);
  const isAlone = word !== undefined && word.parent.children().length === 1;
  return edited([
    ...removeItem(item, sourceOf(item)),
    ...(word === undefined
      ? []
      : isAlone
        ? removeField(word.parent, sourceOf(word))
        : removeItem(word, sourceOf(word))),
  ]);
}

function planExample({ where, after }: Finding, spec: SpecFacts): Plan {
  const [, status, path = ""] = /^response\.(\w+)\.example(.*)$/.exec(where) ?? [];
  const example = spec.examples.find((each) => each.status === status);
  const keys = [...path.matchAll(/\.([^.[\]]+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? index ?? "");
  const place = example?.at.at(...keys);
  return place === undefined || after === null
    ? leave("its place was not found")
    : edited(replaceValue(place, after));
}

const YAML_TYPES: Readonly<Record<string, string>> = {
  string: "{ type: string }",
  integer: "{ type: integer }",
  boolean: "{ type: boolean }",
  number: "{ type: number }",
};

/** A new parameter that nobody must send: what it is good for is left to be written. */
function planParameter(where: string, page: PageFacts, spec: SpecFacts): Plan {
  const parameter = page.parameters.find((each) => `${each.in}.${each.name}` === where);
  if (parameter === undefined || parameter.required === "yes")
    return leave("a parameter that must be sent breaks every caller: decide on a release first");
  const schema = schemaOf(parameter);
  const list = spec.place.at("parameters");
  const last = list.children().at(-1);
  if (schema === undefined || last === undefined) return leave("its type is more than a word");
  const node = last.file.yaml.getIn(last.path, true);
  const range =
    typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range)
      ? node.range
      : [];
  const [start, end]: unknown[] = range;
  if (typeof start !== "number" || typeof end !== "number")
    return leave("the parameters are written in a form that is not edited by machine");
  const indent = " ".repeat(last.file.lines.linePos(start).col - 3);
  const text = `\n${indent}- name: ${parameter.name}\n${indent}  in: ${parameter.in}\n${indent}  description: To be described.\n${indent}  schema: ${schema}`;
  // A map in block style ends behind its last line break.
  const source = end;
  return { edits: [{ file: last.file.absolute, start: source, end: source, text }] };
}

function schemaOf({
  type,
  enum: values,
  default: fallback,
  minimum,
  maximum,
}: Parameter): string | undefined {
  const base = type.format === "int64" ? "{ type: integer, format: int64 }" : YAML_TYPES[type.kind];
  const facts = [
    ...(values === undefined ? [] : [`enum: ${JSON.stringify(values.value)}`]),
    ...(minimum === undefined || type.kind === "string" ? [] : [`minimum: ${minimum.value}`]),
    ...(maximum === undefined || type.kind === "string" ? [] : [`maximum: ${maximum.value}`]),
    ...(fallback === undefined ? [] : [`default: ${JSON.stringify(fallback.value)}`]),
  ];
  return facts.length === 0 ? base : base?.replace(" }", `, ${facts.join(", ")} }`);
}

function isListed(page: PageFacts, value: string): boolean {
  const has = (field: Field): boolean =>
    (field.enum?.value ?? []).map(String).includes(value) || inside(field.type).some(has);
  const inside = (type: Type | undefined): readonly Field[] =>
    type?.fields ?? (type?.items ? inside(type.items) : []);
  return [
    ...page.parameters,
    ...page.responses.flatMap(({ body }) => inside(body)),
    ...page.schemas.flatMap(({ fields }) => fields),
  ].some(has);
}
