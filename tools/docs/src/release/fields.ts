import { BOUNDS } from "../facts.ts";
import type { SpecFacts } from "../spec/facts.ts";
import type { Bump, Difference, FieldEvent } from "./difference.ts";
import { type Seen, seenOf } from "./seen.ts";

/** What became of the parameters and the fields of an operation. */
export function fieldDifferences(before: SpecFacts, after: SpecFacts): Difference[] {
  const [old, fresh] = [seenOf(before), seenOf(after)];
  const found: Difference[] = [];
  /** What is inside of a field that is new, gone, or another thing now goes without saying. */
  const told: string[] = [];
  const statuses = (spec: SpecFacts) => new Set(spec.responses.map(({ status }) => status));
  const [oldStatuses, freshStatuses] = [statuses(before), statuses(after)];
  for (const key of new Set([...old.keys(), ...fresh.keys()])) {
    const [a, b] = [old.get(key), fresh.get(key)];
    const seen = b ?? a;
    if (
      seen === undefined ||
      told.some((each) => key !== each && /^[.[{]/.test(key.slice(each.length)) && key.startsWith(each))
    )
      continue;
    // With its body, or its status.
    if (seen.path.startsWith("body") && (before.body === undefined || after.body === undefined)) continue;
    if (seen.status !== undefined && !(oldStatuses.has(seen.status) && freshStatuses.has(seen.status)))
      continue;
    const tell = (bump: Bump, event: FieldEvent) =>
      found.push({
        of: "field",
        bump,
        operation: before.operation,
        side: seen.side,
        path: seen.path,
        status: seen.status,
        event,
      });
    if (a === undefined || b === undefined || a.type !== b.type) told.push(key);
    if (a === undefined && b !== undefined)
      tell(b.side === "request" && b.required ? "major" : "minor", {
        kind: "new",
        type: b.type,
        required: b.required,
      });
    else if (b === undefined && a !== undefined) tell("major", { kind: "gone", type: a.type });
    else if (a !== undefined && b !== undefined) compare(a, b, tell);
  }
  return found;
}

type Tell = (bump: Bump, event: FieldEvent) => void;

function compare(before: Seen, after: Seen, tell: Tell): void {
  const isRequest = after.side === "request";
  if (before.type !== after.type)
    tell(bumpOfType(before.type, after.type, isRequest), {
      kind: "type",
      before: before.type,
      after: after.type,
    });
  if (before.required !== after.required)
    tell(after.required === isRequest ? "major" : "minor", { kind: "required", required: after.required });
  compareValues(before, after, isRequest, tell);
  compareConstraints(before, after, isRequest, tell);
}

/** Both integers are `number` to TypeScript. An answer that may be null asks more of its reader, a parameter less. */
function bumpOfType(before: string, after: string, isRequest: boolean): Bump {
  const plain = (type: string) => type.replaceAll("64-bit ", "").replaceAll(/\ban? /g, "");
  if (plain(before) === plain(after)) return "patch";
  const isNullable = (type: string) => type.endsWith(" or null");
  if (before.replace(" or null", "") === after.replace(" or null", ""))
    return isNullable(after) === isRequest ? "minor" : "major";
  return "major";
}

/** Lists are open, so a new value breaks nobody, unless the list is said to be closed. */
function compareValues(before: Seen, after: Seen, isRequest: boolean, tell: Tell): void {
  const [old, fresh] = [before.values, after.values];
  if (old === undefined && fresh !== undefined)
    tell(after.closed && isRequest ? "major" : "minor", { kind: "list new", values: fresh });
  // Without a list everything may be sent.
  if (old !== undefined && fresh === undefined) tell("minor", { kind: "list gone", values: old });
  if (old === undefined || fresh === undefined) return;
  for (const value of old) if (!fresh.includes(value)) tell("major", { kind: "value gone", value });
  for (const value of fresh)
    if (!old.includes(value))
      tell(after.closed && !isRequest ? "major" : "minor", { kind: "value new", value });
  if (before.closed !== after.closed)
    tell(after.closed === isRequest ? "major" : "minor", { kind: "closed", closed: after.closed });
}

function compareConstraints(before: Seen, after: Seen, isRequest: boolean, tell: Tell): void {
  const text = (value: string | number | boolean | readonly string[] | undefined) =>
    value === undefined ? undefined : String(value);
  const narrowing = (narrows: boolean): Bump => (isRequest ? (narrows ? "major" : "minor") : "patch");
  for (const kind of BOUNDS) {
    const [old, fresh] = [before.constraints[kind]?.value, after.constraints[kind]?.value];
    if (old === fresh) continue;
    const isLower = kind.startsWith("min");
    const narrows = fresh !== undefined && (old === undefined || (isLower ? fresh > old : fresh < old));
    tell(narrowing(narrows), { kind, before: text(old), after: text(fresh) });
  }
  for (const kind of ["default", "pattern", "requires"] as const) {
    const [old, fresh] = [text(before.constraints[kind]?.value), text(after.constraints[kind]?.value)];
    if (old === fresh) continue;
    const grows = fresh?.split(",").some((name) => !old?.split(",").includes(name)) === true;
    const bump = kind === "default" ? "minor" : narrowing(kind === "pattern" ? fresh !== undefined : grows);
    tell(bump, { kind, before: old, after: fresh });
  }
}
