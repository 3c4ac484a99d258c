import { type OperationModel, Place, type ServiceModel } from "typedcloud/checked";
import type { Example, Fact, Facts, Field, In, Parameter, Response, Schema, Type } from "../facts.ts";
import { constraintsOf, fieldsOf, typeOf } from "./schema.ts";

/** The facts that a specification states about one operation. */
export interface SpecFacts extends Facts<Place> {
  /** `huaweicloud-elb`. */
  readonly service: string;
  /** `listJobs`. */
  readonly operation: string;
  readonly place: Place;
  /** The address of the page. */
  readonly page: string | undefined;
  /** Headers that carry credentials: security schemes, not parameters. */
  readonly credentials: ReadonlySet<string>;
  readonly isRpc: boolean;
}

export function readSpecFacts(service: ServiceModel, operation: OperationModel): SpecFacts {
  const root = Place.root(service.file);
  const item = root.at("paths", operation.path).follow() ?? root.at("paths", operation.path);
  const place = item.at(operation.method);
  const text = (name: string): Fact<string, Place> | undefined => {
    const value = place.text(name);
    return value === undefined ? undefined : { value, at: place.at(name) };
  };
  const action = place.at("x-permission").text("action");
  const isRpc = service.service.style === "RPC";
  const parameters = [...item.at("parameters").children(), ...place.at("parameters").children()].flatMap(
    parameterOf,
  );
  const requestBody = place.at("requestBody").follow();
  const body = contentOf(requestBody);
  const responses = place.at("responses").children().map(responseOf);
  const types = [
    ...parameters.map(({ type }) => type),
    ...(body ? [body] : []),
    // No page documents the default: it is the cloud's, and its structures may be called like the service's own.
    ...responses.flatMap(({ status, body }) => (status === "default" || body === undefined ? [] : [body])),
  ];
  return {
    service: service.folder,
    operation: operation.id,
    place,
    page: operation.page,
    credentials: credentialsOf(root),
    isRpc,
    name: {
      value: isRpc ? operation.path.slice(1) : operation.id,
      at: isRpc ? item : place.at("operationId"),
    },
    title: text("x-title-zh"),
    updated: text("x-updated"),
    method: { value: operation.method.toUpperCase(), at: place },
    path: { value: operation.path, at: item },
    version: { value: service.service.version, at: root.at("info", "version") },
    permission:
      action === undefined
        ? undefined
        : {
            value: { action, access: place.at("x-permission").text("access") ?? "" },
            at: place.at("x-permission"),
          },
    parameters,
    body,
    bodyRequired: requestBody && {
      value: requestBody.at("required").value === true ? "yes" : "no",
      at: requestBody.has("required") ? requestBody.at("required") : requestBody,
    },
    responses,
    schemas: schemasOf(root, types),
    examples: [
      ...responses.flatMap(({ status, at }) => exampleOf("response", status, at.follow())),
      ...exampleOf("request", undefined, requestBody),
    ],
  };
}

function parameterOf(entry: Place): Parameter<Place>[] {
  const place = entry.follow();
  const name = place?.text("name");
  const where = place?.text("in");
  if (place === undefined || name === undefined || !isIn(where)) return [];
  const requires = place.texts("x-requires");
  return [
    {
      name,
      in: where,
      at: place,
      type: typeOf(place.at("schema")),
      required: place.at("required").value === true ? "yes" : "no",
      requiredAt: place.has("required") ? place.at("required") : place,
      ...constraintsOf(place.at("schema")),
      ...(requires.length > 0 ? { requires: { value: requires, at: place.at("x-requires") } } : {}),
    },
  ];
}

const isIn = (where: string | undefined): where is In =>
  where === "path" || where === "query" || where === "header";

function contentOf(place: Place | undefined): Type<Place> | undefined {
  const [media] = place?.at("content").children() ?? [];
  return media?.has("schema") ? typeOf(media.at("schema")) : undefined;
}

function responseOf(entry: Place): Response<Place> {
  const place = entry.follow();
  const headers = place?.at("headers").children().map(headerOf) ?? [];
  return { status: entry.key, at: entry, body: contentOf(place), headers };
}

function headerOf(entry: Place): Field<Place> {
  const place = entry.follow() ?? entry;
  return {
    name: entry.key,
    at: entry,
    type: typeOf(place.at("schema")),
    required: place.at("required").value === true ? "yes" : "no",
    requiredAt: place.has("required") ? place.at("required") : place,
    ...constraintsOf(place.at("schema")),
  };
}

function exampleOf(of: Example["of"], status: string | undefined, body: Place | undefined): Example<Place>[] {
  const example = body?.at("content", "application/json", "example");
  return example?.exists ? [{ of, status, at: example, value: example.value }] : [];
}

const credentialsOf = (root: Place): ReadonlySet<string> =>
  new Set(
    root
      .at("components", "securitySchemes")
      .children()
      .flatMap((scheme) => scheme.follow()?.text("name") ?? []),
  );

/** Every named structure that the types lead to. Two files may each have one of the same name. */
function schemasOf(root: Place, types: readonly Type<Place>[]): Schema<Place>[] {
  const schemas = new Map<string, Schema<Place>>();
  const open = [...types];
  for (let type = open.pop(); type !== undefined; type = open.pop()) {
    if (type.items !== undefined) open.push(type.items);
    for (const field of type.fields ?? []) open.push(field.type);
    if (type.schema === undefined) continue;
    const place = type.at.follow() ?? root.at("components", "schemas", type.schema);
    if (schemas.has(place.pointer)) continue;
    const fields = fieldsOf(place);
    schemas.set(place.pointer, { name: type.schema, at: place, fields });
    open.push(...fields.map((field) => field.type));
  }
  return [...schemas.values()];
}
