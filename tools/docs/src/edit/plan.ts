import type { Place } from "typedcloud/checked";
import type { Finding } from "../drift/finding.ts";
import { BOUNDS, type PageFacts } from "../facts.ts";
import type { SpecFacts } from "../spec/facts.ts";
import { planConstraint } from "./constraints.ts";
import type { Edit } from "./edit.ts";
import { replaceValue } from "./edit.ts";
import { planEnum } from "./enums.ts";
import { EXAMPLE, planExample } from "./examples.ts";
import { planAdded, planRemoved } from "./members.ts";
import { Pairing } from "./pairing.ts";
import { planResponse } from "./responses.ts";
import { planRequired, planType } from "./types.ts";

/** The edits that bring a specification into line with one finding; a reason where a person has to. */
export type Plan = { readonly edits: readonly Edit[] } | { readonly reason: string };

/** What a plan is made from. */
export interface Task {
  readonly finding: Finding;
  readonly page: PageFacts;
  readonly spec: SpecFacts;
  readonly pairing: Pairing;
}

export const leave = (reason: string): Plan => ({ reason });
export const edited = (edits: readonly Edit[]): Plan =>
  edits.length > 0 ? { edits } : leave("it is written in a form that is not edited by machine");

const FACT = new RegExp(`\\.(${BOUNDS.join("|")}|length|pattern|requires|default|enum|required|type|in)$`);

export function planFor(finding: Finding, page: PageFacts, spec: SpecFacts): Plan {
  const note = noteOn(finding, page);
  if (note !== undefined) return leave(`the page is not understood here: ${note}`);
  const plan = planAny({ finding, page, spec, pairing: new Pairing(page, spec) });
  if ("edits" in plan && plan.edits.some(({ file }) => file !== spec.place.file.absolute))
    return leave(
      "it stands in a file that the cloud's services share: what one page says is not true of all",
    );
  return plan;
}

/** What is not understood of a row that would be added. */
function noteOn({ kind, where, page: { line } }: Finding, { notUnderstood }: PageFacts): string | undefined {
  const name = where.split(".").at(-1) ?? where;
  return kind === "added"
    ? notUnderstood.find((note) => note.line === line && note.message.startsWith(`${name}: `))?.message
    : undefined;
}

function planAny(task: Task): Plan {
  const { finding, spec, pairing } = task;
  const { where, kind, after } = finding;
  const [, fact] = FACT.exec(where) ?? [];
  const owner = fact === undefined ? undefined : pairing.field(where.slice(0, -fact.length - 1));
  // A field may be called "default": then its name is a field, and what stands before it is an object.
  if (fact !== undefined && owner?.spec !== undefined) return planFact(task, fact, owner.spec.at);
  // A field of the body may be called "example", too.
  if (EXAMPLE.test(where) && pairing.field(where) === undefined) return planExample(task);
  if (/^response\.\w+(?:\.body)?$/.test(where) && pairing.field(where) === undefined)
    return planResponse(task);
  if (where === "title" && after !== null) return edited(replaceValue(spec.place.at("x-title-zh"), after));
  if (/^permission\./.test(where) && after !== null)
    return edited(replaceValue(spec.place.at("x-permission", where.slice("permission.".length)), after));
  if (where === "method" || where === "path" || where === "action")
    return leave(
      "another address is another operation to its callers: write it as a new one, or move this one",
    );
  if (where === "body" || (where === "body.required" && pairing.field(where) === undefined))
    return leave("whether it must be sent, and what stands in it, is yours to say: write requestBody");
  if (kind === "added") return planAdded(task);
  if (kind === "removed") return planRemoved(task);
  return leave(
    where === finding.before
      ? "the name of a structure: users import it under this name"
      : "it may be another name, or one thing gone and another one new: users lose something either way",
  );
}

function planFact(task: Task, fact: string, place: Place): Plan {
  switch (fact) {
    case "enum":
      return planEnum(task, place);
    case "required":
      return planRequired(task);
    case "type":
      return planType(task);
    case "in":
      return task.finding.after === null
        ? leave("where it goes is not said")
        : edited(replaceValue(place.at("in"), task.finding.after));
    default:
      return planConstraint(task, fact, place);
  }
}
