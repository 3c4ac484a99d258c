import type { Bump, Difference, FieldEvent, OperationEvent, ServiceEvent } from "./difference.ts";
import type { Side } from "./seen.ts";

/** A change in a sentence for users of the package. */
export interface Change {
  readonly bump: Bump;
  /** "`listJobs`: `query.limit` accepts up to 3000 (was 2000)." */
  readonly text: string;
}

type FieldDifference = Extract<Difference, { of: "field" }>;

/** The only place that words changes. What happens to several fields alike is told in one sentence. */
export function worded(differences: readonly Difference[]): Change[] {
  const groups = new Map<string, Difference[]>();
  for (const [index, difference] of differences.entries()) {
    const key =
      difference.of === "field"
        ? JSON.stringify([difference.bump, difference.operation, genus(difference), difference.event])
        : String(index);
    groups.set(key, [...(groups.get(key) ?? []), difference]);
  }
  return [...groups.values()].flatMap((group): Change[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { bump } = first;
    if (first.of === "service") return [{ bump, text: ofService(first.event) }];
    if (first.of === "operation")
      return [{ bump, text: `\`${first.operation}\` ${ofOperation(first.event)}` }];
    const fields = group.filter((each) => each.of === "field");
    const text = ofFields(first, fields);
    // Of several fields each was what they all were.
    const told = fields.length > 1 ? text.replace(" (was ", " (each was ") : text;
    return [{ bump, text: `\`${first.operation}\`${told}` }];
  });
}

/** Parameters, fields of answers and fields of errors are told apart only where the sentence does. */
const genus = ({ side, status, event }: FieldDifference): string =>
  event.kind === "new" || event.kind === "gone"
    ? `${side} ${side === "error" ? status : ""}`
    : side === "error"
      ? `error ${status}`
      : "";

const code = (text: string): string => `\`${text}\``;
const list = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;

function ofFields(first: FieldDifference, fields: readonly FieldDifference[]): string {
  const names = list(fields.map(({ path }) => code(path)));
  const isMany = fields.length > 1;
  const { event, side, status } = first;
  if (event.kind === "new" || event.kind === "gone") return ofMember(event, side, status, names, isMany);
  const errors = side === "error" ? ` of errors (${statusWords(status)})` : "";
  return `: ${names}${errors} ${ofFact(event, isMany)}.`;
}

function ofMember(
  event: Extract<FieldEvent, { kind: "new" | "gone" }>,
  side: Side,
  status: string | undefined,
  names: string,
  isMany: boolean,
): string {
  const s = isMany ? "s" : "";
  const owner = side === "answer" ? " answers have" : ` errors (${statusWords(status)}) have`;
  if (event.kind === "new") {
    if (side === "request")
      return ` ${event.required ? "needs" : "takes"} the new parameter${s} ${names} (${event.type}).`;
    return `${owner} the new field${s} ${names} (${event.type}).`;
  }
  if (side === "request") return ` no longer takes the parameter${s} ${names} (was ${event.type}).`;
  return `${owner.replace(" have", " no longer have")} the field${s} ${names} (was ${event.type}).`;
}

const statusWords = (status: string | undefined): string =>
  status === undefined || status === "default" ? "any status" : `status ${status}`;

function ofFact(event: Exclude<FieldEvent, { kind: "new" | "gone" }>, isMany: boolean): string {
  const verb = (one: string, many: string) => (isMany ? many : one);
  const is = verb("is", "are");
  switch (event.kind) {
    case "type":
      return `${is} ${event.after} now (was ${event.before})`;
    case "required":
      return event.required ? `${is} required now` : `${is} no longer required`;
    case "value new":
      return `${verb("knows", "know")} the new value ${code(event.value)}`;
    case "value gone":
      return `no longer ${verb("knows", "know")} the value ${code(event.value)}`;
    case "list new":
      return `${verb("has", "have")} known values now: ${list(event.values.map(code))}`;
    case "list gone":
      return `no longer ${verb("has", "have")} known values (${list(event.values.map(code))})`;
    case "closed":
      return event.closed
        ? `${verb("has", "have")} no other values than those that are known`
        : "may have other values than those that are known";
    case "default":
      if (event.after === undefined)
        return `no longer ${verb("has", "have")} a default${was(event.before, "none")}`;
      return `${verb("defaults", "default")} to ${event.after}${was(event.before, "no default")}`;
    case "minimum":
      if (event.after === undefined)
        return `no longer ${verb("has", "have")} a minimum${was(event.before, "none")}`;
      return `${verb("accepts", "accept")} ${event.after} or more${was(event.before, "without minimum")}`;
    case "maximum":
      if (event.after === undefined)
        return `no longer ${verb("has", "have")} a maximum${was(event.before, "none")}`;
      return `${verb("accepts", "accept")} up to ${event.after}${was(event.before, "without maximum")}`;
    case "minLength":
      if (event.after === undefined) return `may have any length${was(event.before, "any", "at least ")}`;
      return `${verb("accepts", "accept")} lengths of ${event.after} or more${was(event.before, "any")}`;
    case "maxLength":
      if (event.after === undefined) return `may have any length${was(event.before, "any", "at most ")}`;
      return `${verb("accepts", "accept")} lengths of up to ${event.after}${was(event.before, "any")}`;
    case "minItems":
      if (event.after === undefined)
        return `may have any number of items${was(event.before, "any", "at least ")}`;
      return `must have at least ${items(event.after)}${was(event.before, "any number")}`;
    case "maxItems":
      if (event.after === undefined)
        return `may have any number of items${was(event.before, "any", "at most ")}`;
      return `may have up to ${items(event.after)}${was(event.before, "any number")}`;
    case "pattern":
      if (event.after === undefined)
        return `may have any form${was(event.before && code(event.before), "none")}`;
      return `must have the form ${code(event.after)}${was(event.before && code(event.before), "any")}`;
    case "requires":
      if (event.after === undefined)
        return `may be sent alone (was only together with ${names(event.before)})`;
      return `must be sent together with ${names(event.after)}${was(event.before && `with ${names(event.before)}`, "alone")}`;
  }
}

const items = (count: string): string => `${count} item${count === "1" ? "" : "s"}`;
const was = (before: string | undefined, none: string, prefix = ""): string =>
  ` (was ${before === undefined ? none : prefix + before})`;
const names = (joined: string | undefined): string => list((joined ?? "").split(",").map(code));

function ofOperation(event: OperationEvent): string {
  switch (event.kind) {
    case "operation new":
      return "is new.";
    case "operation gone":
      return "is gone.";
    case "paging":
      return "is paged in another way.";
    case "paging gone":
      return "is no longer paged.";
    case "job":
      return "follows its jobs in another way.";
    case "job gone":
      return "no longer answers jobs that can be waited for.";
    case "deprecated":
      return event.deprecated ? "is deprecated." : "is no longer deprecated.";
    case "address":
      return `is sent to ${code(event.after)} (was ${code(event.before)}).`;
    case "status new":
      return `may answer with status ${event.status}.`;
    case "status gone":
      return `is no longer said to answer with status ${event.status}.`;
    case "body new":
      return "takes a body.";
    case "body required":
      return event.required ? "must be sent with its body." : "may be sent without its body.";
    case "body gone":
      return "no longer takes a body.";
    case "state":
      return event.before === undefined
        ? `jobs with status ${code(event.word)} count as ${event.after}.`
        : `jobs with status ${code(event.word)} count as ${event.after} (was ${event.before}).`;
  }
}

function ofService(event: ServiceEvent): string {
  switch (event.kind) {
    case "first":
      return `First release: ${list(event.operations.map(code))}.`;
    case "hosts":
      return "Hosts or regions are others.";
    case "words":
      return "Descriptions and examples are others.";
    case "described":
      return `The service is described as ${event.title} (${event.version}).`;
    case "structure gone":
      return `The type \`components["schemas"]["${event.name}"]\` is gone.`;
  }
}
