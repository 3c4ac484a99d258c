import { basename } from "node:path";
import type { Field, PageFacts, Parameter, Type, Value } from "../facts.ts";
import { isClientsOwn, isCredential } from "../headers.ts";
import { toYaml } from "../spec/style.ts";
import { jobOf } from "./job.ts";
import { itemIdOf, paginationOf } from "./pagination.ts";
import { Schemas, sample, type Tree } from "./schemas.ts";

export interface Draft {
  readonly text: string;
  /** What a person must decide or write. */
  readonly decisions: readonly string[];
}

/** @param service the name of the specification's file: `elb` */
export function draftOf(page: PageFacts, service: string): Draft {
  const isHuawei = page.site === "huaweicloud";
  const success = page.responses.find(({ status }) => status.startsWith("2"));
  const name = page.name?.value ?? nameFrom(page, hasList(page, success?.body));
  const operationId = name.replace(/^./, (letter) => letter.toLowerCase());
  const decisions: string[] = [];
  if (page.name === undefined)
    decisions.push(`operationId: the page names none; "${operationId}" is made of method and path`);
  decisions.push(
    "info.title, info.description, x-service.name: how people call the service",
    "servers: the host is guessed, look it up",
  );
  decisions.push(
    'every description that says "To be described"',
    "externalDocs.url: the page's address, for `docs fetch`",
  );
  const shownFor = (status: string) =>
    page.examples.find((each) => each.of === "response" && each.status === status)?.value;
  const example = success && shownFor(success.status);
  const schemas = new Schemas(page, name, example);
  const root = success?.body;
  const pagination = paginationOf(page.parameters, root, (type) => schemas.fieldsOf(type));
  const item =
    pagination === undefined ? root : itemsAt(root, pagination.items ?? "", (type) => schemas.fieldsOf(type));
  const words = (status: string): readonly Value[] => schemas.statusWords(item, status, decisions);
  const job = jobOf(item, page.parameters, (type) => schemas.fieldsOf(type), words);
  if (job !== undefined) schemas.setJob(item, job.id, job.status, words(job.status), root === item);
  if (
    pagination?.style === "offset" &&
    String(page.parameters.find((each) => each.name === pagination.offset)?.default?.value) === "1"
  )
    decisions.push("x-pagination.base: the default offset is 1, so the first row's number is not certain");
  const id = job === undefined ? itemIdOf(pagination?.items ?? "", schemas.fieldsOf(item)) : undefined;
  if (pagination !== undefined && job === undefined)
    decisions.push(
      `x-pagination.id: ${id === undefined ? "what" : `whether "${id}"`} tells the items apart, so that a list that changes can be read again`,
    );
  decisions.push(...(job?.decisions ?? []));
  if (job !== undefined)
    decisions.push("x-job: proposed by names of fields; whether these are jobs that end by themselves");
  if (pagination?.style === "cursor")
    decisions.push(
      "x-pagination: proposed by names of fields; whether an absent or empty cursor ends the list",
    );
  else if (pagination !== undefined) decisions.push("x-pagination: proposed by names of fields");
  else if (schemas.fieldsOf(root).some(({ type }) => type.kind === "array"))
    decisions.push("x-pagination: a list in the answer, and no fields that make it evident how it is paged");
  if (!isHuawei && page.version === undefined)
    decisions.push("info.version: the API's version, which is sent with every request; the page names none");

  if (success === undefined) decisions.push("responses: the page names no status of success");
  const tellFree = (body: Type, where: string): void => {
    if (body.kind === "object" && schemas.fieldsOf(body).length === 0)
      decisions.push(`the body of ${where}: the page names none of its fields`);
  };
  const responses: Record<string, Tree> = {};
  for (const { status, body, headers } of page.responses) {
    if (status === "default") continue;
    const shown = shownFor(status);
    if (body !== undefined) tellFree(body, status);
    if (body !== undefined && shown === undefined)
      decisions.push(`the example of ${status}: the page has none, this one is made up`);
    const schema = body && (status === success?.status ? schemas.root(body) : schemas.error(body, shown));
    responses[status] = {
      description: "To be described.",
      ...(headers.length === 0
        ? {}
        : { headers: Object.fromEntries(headers.map((each) => [each.name, headerOf(each, schemas)])) }),
      ...(body === undefined
        ? {}
        : {
            content: {
              "application/json": {
                schema,
                example: shown ?? sample({ ...body, fields: schemas.fieldsOf(body) }),
              },
            },
          }),
    };
  }
  responses.default = { $ref: "common.yaml#/components/responses/Error" };
  const parameters = page.parameters.filter(
    ({ in: where, name }) => where !== "header" || !(isCredential(name) || isClientsOwn(name)),
  );
  const path = isHuawei ? (page.path?.value ?? "/") : (page.path?.value ?? `/${name}`);
  const method = (page.method?.value ?? "get").toLowerCase();
  if (page.method === undefined)
    decisions.push("the method: the page names none; get, if the action only reads");
  const operation = {
    operationId,
    summary: "To be described.",
    description: "To be described.",
    ...(page.title === undefined || page.language !== "zh" ? {} : { "x-title-zh": page.title.value }),
    ...(page.updated === undefined ? {} : { "x-updated": page.updated.value }),
    ...(page.permission === undefined ? {} : { "x-permission": { ...page.permission.value, resource: "*" } }),
    ...(pagination === undefined ? {} : { "x-pagination": { ...pagination, ...(id ? { id } : {}) } }),
    ...(job === undefined ? {} : { "x-job": job.job }),
    parameters: parameters.map((parameter) => parameterOf(parameter, parameters, schemas, isHuawei)),
    ...(page.body === undefined ? {} : { requestBody: requestOf(page, page.body, schemas, decisions) }),
    responses,
  };
  const security: readonly string[] = isHuawei ? ["aksk", "token"] : ["acs3"];
  const title = service.replace(/^./, (letter) => letter.toUpperCase());
  const host = isHuawei
    ? `https://${service}.{region}.myhuaweicloud.com`
    : `https://${service}.{region}.aliyuncs.com`;
  const document = {
    openapi: "3.1.0",
    info: {
      title,
      version: page.version?.value ?? /\/(v\d[\w.]*)\//.exec(path)?.[1] ?? "v1",
      description: "To be described.",
    },
    "x-service": {
      name: title.replace(/[^A-Za-z0-9]/g, ""),
      ...(isHuawei ? {} : { style: page.path === undefined ? "RPC" : "ROA" }),
    },
    servers: [
      {
        url: host,
        variables: {
          region: { default: isHuawei ? "cn-north-4" : "cn-hangzhou", description: "Region ID." },
        },
      },
    ],
    security: security.map((scheme) => ({ [scheme]: [] })),
    paths: { [path]: { [method]: operation } },
    components: {
      securitySchemes: Object.fromEntries(
        security.map((scheme) => [scheme, { $ref: `common.yaml#/components/securitySchemes/${scheme}` }]),
      ),
      schemas: schemas.all,
    },
  };
  for (const field of schemas.open) decisions.push(`${field}: its structure is not on the page`);
  decisions.push(...page.notUnderstood.map(({ line, message }) => `line ${line} of the page: ${message}`));
  return { text: write(document, page, decisions), decisions };
}

function requestOf(page: PageFacts, body: Type, schemas: Schemas, decisions: string[]): Tree {
  const example = page.examples.find(({ of }) => of === "request")?.value;
  const fields = schemas.fieldsOf(body);
  const canBeEmpty = fields.length > 0 && fields.every(({ required }) => required === "no");
  const said = page.bodyRequired?.value;
  if (said === undefined && canBeEmpty)
    decisions.push(
      "requestBody.required: each of its fields may be left out; whether all of it may is not said",
    );
  return {
    required: said === undefined ? !canBeEmpty : said === "yes",
    content: {
      "application/json": {
        schema: schemas.request(body),
        ...(example === undefined ? {} : { example }),
      },
    },
  };
}

const headerOf = (header: Field, schemas: Schemas): Tree => ({
  ...(header.required === "yes" ? { required: true } : {}),
  description: "To be described.",
  schema: schemas.schemaOf(header, false),
});

/** What the list at a dotted path holds. */
function itemsAt(
  root: Type | undefined,
  path: string,
  fieldsOf: (type: Type) => readonly Field[],
): Type | undefined {
  const end = path
    .split(".")
    .reduce<Type | undefined>(
      (type, name) => type && fieldsOf(type).find((each) => each.name === name)?.type,
      root,
    );
  return end?.items;
}

function hasList(page: PageFacts, body: Type | undefined): boolean {
  const fields = body?.fields ?? page.schemas.find(({ name }) => name === body?.schema)?.fields ?? [];
  return fields.some(({ type }) => type.kind === "array" && type.items?.kind === "object");
}

const VERBS: Readonly<Record<string, string>> = {
  GET: "Show",
  PUT: "Update",
  PATCH: "Update",
  DELETE: "Delete",
};

/** @param isList whether the answer holds a list */
function nameFrom(page: PageFacts, isList: boolean): string {
  const parts = (page.path?.value ?? "operation")
    .split("/")
    .filter((part) => part !== "" && !/^v\d|[{}]/.test(part));
  const path = page.path?.value ?? "";
  const method = page.method?.value ?? "";
  const isOne = /\}\/?$/.test(path);
  // "POST …/kites" makes one; "POST …/kites/{id}/restart" may do anything.
  const verb = VERBS[method] ?? (method === "POST" && /s\/?$/.test(path) ? "Create" : "Call");
  return (
    (verb === "Show" && isList && !isOne ? "List" : verb) +
    parts
      .map((part) =>
        part
          .replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => (next ?? "").toUpperCase())
          .replace(/^./, (letter) => letter.toUpperCase()),
      )
      .join("")
  );
}

function parameterOf(
  parameter: Parameter,
  all: readonly Parameter[],
  schemas: Schemas,
  isHuawei: boolean,
): Tree {
  if (isHuawei && parameter.in === "path" && parameter.name === "project_id")
    return { $ref: "common.yaml#/components/parameters/project_id" };
  const requires = (parameter.requires?.value ?? []).filter((name) =>
    all.some((each) => each.in === "query" && each.name === name),
  );
  return {
    name: parameter.name,
    in: parameter.in,
    ...(parameter.required === "yes" ? { required: true } : {}),
    description: "To be described.",
    schema: schemas.schemaOf(parameter, true),
    ...(requires.length > 0 && parameter.in === "query" ? { "x-requires": requires } : {}),
  };
}

/** The first lines say where the facts are from and what is left to do; a comment, so that it can be deleted line by line. */
function write(value: object, page: PageFacts, decisions: readonly string[]): string {
  const edition = page.updated === undefined ? "" : `, the edition of ${page.updated.value}`;
  const head = [
    // Where it lies is known to whoever saved it, and changes from machine to machine.
    `Source: ${basename(page.page)}${edition}.`,
    "Drafted from the page. To be decided by a person:",
    ...decisions.map((decision) => `- ${decision}`),
  ];
  return `${head.map((line) => `# ${line}`).join("\n")}\n${spaced(toYaml(value))}\n`;
}

/** Empty lines where the hand-written specifications have them: between sections, and between schemas. */
function spaced(text: string): string {
  const lines = text.split("\n");
  const schemas = lines.indexOf("  schemas:");
  return lines
    .map((line, index) => {
      const isSection = /^(?:servers|security|paths|components):/.test(line) || line === "  schemas:";
      const isSchema = schemas >= 0 && index > schemas + 1 && /^ {4}\S/.test(line);
      return isSection || isSchema ? `\n${line}` : line;
    })
    .join("\n");
}
