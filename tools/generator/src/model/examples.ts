import type { Example } from "../model.ts";
import type { Place } from "../place.ts";
import type { Report } from "./report.ts";
import { isSuccess } from "./responses.ts";

/** The documented example of each response that has one. A successful response with a body must have one. */
export function readExamples(operation: Place, report: Report): Example[] {
  const responses = operation.at("responses").children();
  const successes = responses.filter(({ key }) => isSuccess(key));
  if (successes.length === 0) {
    report(
      operation.problem(
        "example-missing",
        "No successful response. Add 200, with its schema and example.",
        "key",
      ),
    );
  }
  return responses.flatMap((response) => {
    const media = response.follow()?.at("content", "application/json");
    if (media === undefined || !media.exists) return [];
    const example = exampleOf(media);
    if (!media.has("schema"))
      report(media.problem("schema", `${response.key} has no schema. Add it: types are made of it.`, "key"));
    if (example !== undefined) return [{ status: response.key, body: example.value }];
    if (successes.some(({ key }) => key === response.key)) {
      report(
        response.problem(
          "example-missing",
          `${response.key} has no example. Add the one of the page beside its schema.`,
          "key",
        ),
      );
    }
    return [];
  });
}

/** The example, or the first of several. */
function exampleOf(media: Place): Place | undefined {
  if (media.has("example")) return media.at("example");
  const [first] = media.at("examples").children();
  const value = first?.follow()?.at("value");
  return value?.exists ? value : undefined;
}
