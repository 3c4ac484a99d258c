import type { In, Parameter } from "../facts.ts";
import { isClientsOwn } from "../headers.ts";
import type { Context } from "./context.ts";
import { compareCredentials } from "./credentials.ts";
import { compareMembers } from "./members.ts";

const PLACES: readonly In[] = ["path", "query", "header", "form"];

/** What a caller sends, place by place. One that has moved to another place is one finding. */
export function compareParameters(context: Context): void {
  const credentials = compareCredentials(context);
  const spec = context.spec.parameters;
  const isOurs = ({ name, in: where }: Parameter) =>
    where !== "header" || !isClientsOwn(name) || spec.some((each) => each.name === name);
  const page = context.page.parameters.filter((each) => !credentials.has(each) && isOurs(each));
  const isIn = (all: readonly { readonly name: string; readonly in: In }[], name: string, where: In) =>
    all.some((each) => each.name === name && each.in === where);
  for (const where of PLACES) {
    compareMembers(context, {
      page: page.filter((parameter) => parameter.in === where),
      spec: spec.filter((parameter) => parameter.in === where),
      where,
      isRequest: true,
      line: context.lineOf(where),
      place: context.spec.place.at("parameters"),
      onAdded: ({ name, at }) => {
        const from = spec.find(
          (each) => each.name === name && each.in !== where && !isIn(page, name, each.in),
        );
        if (from === undefined) return false;
        const before = { value: from.in, at: from.at };
        context.changed(`${from.in}.${name}.in`, before, { value: where, at }, "breaking");
        return true;
      },
      // It is told where it is new.
      onRemoved: ({ name }) =>
        page.some((each) => each.name === name && each.in !== where && !isIn(spec, name, each.in)),
    });
  }
}
