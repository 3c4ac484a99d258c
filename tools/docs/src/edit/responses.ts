import { addField, removeField } from "./edit.ts";
import { Writer } from "./fresh.ts";
import { edited, leave, type Plan, type Task } from "./plan.ts";

/** A status that only one side documents. */
export function planResponse({ finding, page, spec }: Task): Plan {
  const { where, kind } = finding;
  const [, status = "", part] = where.split(".");
  const responses = spec.place.at("responses");
  if (part !== undefined) return leave("whether it has a body decides what the operation returns");
  if (status.startsWith("2"))
    return leave("another kind of success is another answer: what it holds is yours to say");
  if (kind === "removed") return edited(removeField(responses.at(status)));
  if (kind !== "added") return leave("it may be another name, or one status gone and another one new");
  const body = page.responses.find((each) => each.status === status)?.body;
  const example = page.examples.find((each) => each.of === "response" && each.status === status)?.value;
  const written = body === undefined ? undefined : new Writer(page, spec).error(body, example);
  const response = {
    description: "To be described.",
    ...(written === undefined
      ? {}
      : {
          content: {
            "application/json": { schema: written.schema, ...(example === undefined ? {} : { example }) },
          },
        }),
  };
  const after = responses
    .children()
    .map(({ key }) => key)
    .filter((key) => key !== "default" && key < status);
  return edited([...addField(responses, status, response, { after }), ...(written?.edits ?? [])]);
}
