import type { Method } from "@typedcloud/runtime";
import type { OperationModel, Permission } from "../model.ts";
import type { Place } from "../place.ts";
import { readExamples } from "./examples.ts";
import { readJob } from "./job.ts";
import { checkUnique, readId } from "./operation-id.ts";
import { readPages } from "./pagination.ts";
import { checkPathParameters, describeQuery, readParameters, templateNames } from "./parameters.ts";
import type { Report } from "./report.ts";
import { checkSupported, FORM } from "./unsupported.ts";

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
        item?.has(method) ? [{ path: entry.key, method, item, place: item.at(method) }] : [],
      );
    });
  checkSupported(document, report);
  checkUnique(
    operations.map(({ place }) => place),
    report,
  );
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
  const inQuery = parameters.filter((parameter) => parameter.in === "query");
  const examples = readExamples(place, report);
  const response = success(place)?.at("content", "application/json", "schema").follow();
  const noContent = isEmpty(place);
  if (noContent) checkNothingNamed(place, report);
  const pages = readPages(place, response, inQuery, report);
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
    pathParameters: templateNames(path),
    query: describeQuery(inQuery, report),
    required: inQuery
      .filter(({ place: parameter }) => parameter.at("required").value === true)
      .map(({ name }) => name),
    body: readBody(place),
    noContent,
    pages,
    job: readJob(place, response, pages, parameters, report),
    examples,
  };
}

/** The first successful response. */
const success = (operation: Place): Place | undefined =>
  operation
    .at("responses")
    .children()
    .find(({ key }) => key.startsWith("2"))
    ?.follow();

/** Whether success has no body, as 204 says. */
const isEmpty = (operation: Place): boolean => success(operation)?.at("content").children().length === 0;

/** An answer without a body has neither pages nor jobs. */
function checkNothingNamed(operation: Place, report: Report): void {
  for (const extension of ["x-pagination", "x-job"].filter((name) => operation.has(name))) {
    const message = `${extension}: the response has no body. Remove the one, or describe the other.`;
    report(operation.at(extension).problem("unsupported", message, "key"));
  }
}

function readBody(operation: Place): OperationModel["body"] {
  const content = operation.at("requestBody").follow()?.at("content");
  if (content?.has("application/json")) return "json";
  return content?.has(FORM) ? "form" : undefined;
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
