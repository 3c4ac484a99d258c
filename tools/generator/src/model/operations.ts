import type { Method } from "@typedcloud/runtime/operation";
import type { OperationModel, Permission } from "../model.ts";
import type { Place } from "../place.ts";
import { readExamples } from "./examples.ts";
import { checkHeaders } from "./headers.ts";
import { readJob } from "./job.ts";
import { checkUnique, readId } from "./operation-id.ts";
import { readPages } from "./pagination.ts";
import { describeParameters, type ParameterPlace, readParameters, within } from "./parameters.ts";
import { checkPathParameters, checkPaths, templateNames } from "./paths.ts";
import type { Report } from "./report.ts";
import { checkStatuses, isSuccess } from "./responses.ts";
import { checkSecurity } from "./security.ts";
import { checkSupported, FORM, JSON_MEDIA } from "./unsupported.ts";

const METHODS: readonly Method[] = ["get", "put", "post", "delete", "options", "head", "patch"];

/** Reads every operation of a document, in its order. */
export function readOperations(document: Place, report: Report): OperationModel[] {
  if (document.at("paths").children().length === 0) {
    report(document.at("paths").problem("operation", "No operations. Add one under paths."));
  }
  const operations = document
    .at("paths")
    .children()
    .flatMap((entry) => {
      const item = entry.follow();
      return METHODS.flatMap((method) =>
        item?.has(method) ? [{ path: entry.key, method, entry, item, place: item.at(method) }] : [],
      );
    });
  const places = operations.map(({ place }) => place);
  checkSupported(document, report);
  checkPaths(operations, report);
  checkUnique(places, report);
  checkSecurity(document, places, report);
  return operations.map(({ path, method, item, place }) => readOperation(path, method, item, place, report));
}

function readOperation(
  path: string,
  method: Method,
  item: Place,
  place: Place,
  report: Report,
): OperationModel {
  const parameters = readParameters(item, place, report);
  checkPathParameters(path, place, parameters, report);
  checkHeaders(within(parameters, "header"), report);
  checkStatuses(place, report);
  const described = describeParameters(parameters, report);
  const examples = readExamples(place, report);
  const successes = contentsOfSuccess(place);
  const filled = successes.filter((content) => content.children().length > 0);
  const response = filled[0]?.at(JSON_MEDIA, "schema").follow();
  const noContent = filled.length === successes.length ? undefined : filled.length === 0 || "sometimes";
  if (noContent === true) checkNothingNamed(place, report);
  const pages = readPages(place, response, within(parameters, "query"), report);
  return {
    id: readId(place, report),
    method,
    path,
    summary: readSummary(place, report),
    description: place.text("description"),
    permission: readPermission(place.at("x-permission")),
    page: place.at("externalDocs").text("url"),
    updated: place.text("x-updated"),
    deprecated: place.at("deprecated").value === true,
    query: described.query,
    required: {
      path: pick(described.path, templateNames(path)),
      query: pick(described.query, requiredNames(within(parameters, "query"))),
      header: pick(described.header, requiredNames(within(parameters, "header"))),
    },
    body: readBody(place, report),
    noContent,
    pages,
    job: readJob(place, response, pages, parameters, report),
    examples,
  };
}

const requiredNames = (parameters: readonly ParameterPlace[]): string[] =>
  parameters.filter(({ place }) => place.at("required").value === true).map(({ name }) => name);

/** The entries with these names, in their order. */
const pick = <T>(entries: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> =>
  Object.fromEntries(
    names.flatMap((name): [string, T][] => {
      const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
      return entry === undefined ? [] : [[name, entry]];
    }),
  );

/** What stands under `content` of each successful response; nothing, as 204 has it, counts. */
const contentsOfSuccess = (operation: Place): Place[] =>
  operation
    .at("responses")
    .children()
    .filter(({ key }) => isSuccess(key))
    .flatMap((response) => response.follow()?.at("content") ?? []);

/** An answer without a body has neither pages nor jobs. */
function checkNothingNamed(operation: Place, report: Report): void {
  for (const extension of ["x-pagination", "x-job"].filter((name) => operation.has(name))) {
    const message = `${extension}: the response has no body. Remove the one, or describe the other.`;
    report(operation.at(extension).problem("unsupported", message, "key"));
  }
}

function readBody(operation: Place, report: Report): OperationModel["body"] {
  const content = operation.at("requestBody").follow()?.at("content");
  const name = [JSON_MEDIA, FORM].find((candidate) => content?.has(candidate));
  if (content === undefined || name === undefined) return undefined;
  const media = content.at(name);
  if (!media.has("schema"))
    report(media.problem("schema", "The request's body has no schema. Add it: types are made of it.", "key"));
  return name === JSON_MEDIA ? "json" : "form";
}

function readSummary(operation: Place, report: Report): string {
  const summary = operation.text("summary")?.trim();
  if (!summary) {
    report(
      operation.problem("summary", "summary is missing. Say in one line what the operation does.", "key"),
    );
  }
  return summary ?? "";
}

function readPermission(place: Place): Permission | undefined {
  const action = place.text("action");
  if (action === undefined) return undefined;
  return { action, access: place.text("access"), resource: place.text("resource") };
}
