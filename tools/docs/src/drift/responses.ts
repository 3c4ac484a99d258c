import type { Response } from "../facts.ts";
import { compareBodies } from "./body.ts";
import type { Context } from "./context.ts";
import { compareMembers } from "./members.ts";
import { pair } from "./pair.ts";

/** The documented answers, by status. The specification has a default of its own where the page has none. */
export function compareResponses(context: Context): void {
  const page = context.page.responses.filter(isDocumented).map(named);
  const spec = context.spec.responses.filter(isDocumented).map(named);
  const { same, renamed, added, removed } = pair(page, spec);
  for (const found of [...same, ...renamed]) {
    const where = `response.${found.spec.name}`;
    const [mine, theirs] = [found.page.response, found.spec.response];
    if (mine.status !== theirs.status) {
      const [before, after] = [
        { value: theirs.status, at: theirs.at },
        { value: mine.status, at: mine.at },
      ];
      context.renames(where, before, after, severityOf(theirs.status));
    }
    compareBodies(context, {
      page: mine.body,
      spec: theirs.body,
      isRequest: false,
      where: `${where}.body`,
      within: where,
      line: mine.at,
      place: theirs.at,
      severity: "compatible",
    });
    compareMembers(context, {
      page: mine.headers,
      spec: theirs.headers,
      where: `${where}.header`,
      isRequest: false,
      line: mine.at,
      place: theirs.at,
    });
  }
  for (const { name, at } of added)
    context.added(`response.${name}`, { value: name, at }, context.spec.place.at("responses"), "compatible");
  // A page that names no status of success says nothing about it.
  const hasSuccess = page.some(({ name }) => name.startsWith("2"));
  for (const { name, at } of removed.filter((each) => hasSuccess || !each.name.startsWith("2")))
    context.removed(`response.${name}`, { value: name, at }, page.at(-1)?.at ?? 1, severityOf(name));
}

const isDocumented = ({ status }: { readonly status: string }): boolean => status !== "default";

/** A status that goes breaks those who wait for it: that of success. */
const severityOf = (status: string) => (status.startsWith("2") ? "breaking" : "compatible");

const named = <At>(response: Response<At>) => ({
  name: response.status,
  at: response.at,
  type: response.body ?? { kind: "any" as const, at: response.at },
  response,
});
