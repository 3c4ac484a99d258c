import { isCloudError, type JobState } from "@typedcloud/runtime";
import { describe, expect, test } from "vitest";
import { at, type Json, withAt } from "../../../packages/runtime/src/mocks.js";
import { wire } from "../../../packages/runtime/test/support/wire.js";
import { subjects } from "./services.js";
import { type Subject, waitArguments } from "./subject.js";

const { use } = wire();

const fast = { minDelayMs: 1, maxDelayMs: 2, timeoutMs: 5000 };
const errorFor: Partial<Record<JobState, string>> = {
  failed: "JobFailedError",
  cancelled: "JobCancelledError",
  blocked: "JobBlockedError",
};

const watched = subjects.filter(({ operation }) => operation.job);

/** Every word that a service documents for a job's status, with what it means. */
const words = watched.flatMap((subject) =>
  Object.entries(subject.operation.job?.states ?? {}).flatMap(([state, statuses]) =>
    statuses.map((status) => ({ subject, name: subject.label, state: state as JobState, status })),
  ),
);

test("there are statuses to test", () => {
  expect(words.length).toBeGreaterThanOrEqual(20);
});

/** A body with one job in this status; the words go round for each request. */
function serveJob({ mock, operation, examples, success }: Subject, statuses: string[]): void {
  const { pages, job } = operation;
  if (!job) throw new Error("chosen for having jobs");
  const example = examples[success] as Json;
  const body = () => {
    const status = statuses.length > 1 ? statuses.shift() : statuses[0];
    const shown = (from: Json) => withAt(withAt(from, job.id, "job-1"), job.status, status);
    if (!pages) return shown(example);
    let list = withAt(example, pages.items, [shown({})]);
    if (pages.total) list = withAt(list, pages.total, 1);
    if (pages.count) list = withAt(list, pages.count, 1);
    return pages.style === "cursor" ? withAt(list, pages.next, undefined) : list;
  };
  use(mock(body));
}

describe.each(words)("$name: $status is $state", ({ subject, state, status }) => {
  const field = subject.operation.job?.status ?? "";

  test("waiting ends as it should", async () => {
    const success = subject.operation.job?.states.succeeded?.[0] ?? "";
    serveJob(subject, state === "pending" ? [status, success] : [status]);
    const seen: string[] = [];
    const outcome: unknown = await subject
      .connect()
      .wait("job-1", {
        ...waitArguments(subject),
        ...fast,
        onProgress: ({ state: now }: { state: string }) => seen.push(now),
      })
      .catch((thrown: unknown) => thrown);
    expect(seen[0]).toBe(state);
    const expectedError = errorFor[state];
    if (expectedError) {
      expect(isCloudError(outcome) && outcome.name).toBe(expectedError);
      expect(outcome).toMatchObject({ status });
      expect(at((outcome as { job?: unknown }).job, field)).toBe(status);
    } else {
      expect(at(outcome, field)).toBe(state === "pending" ? success : status);
    }
  });
});

describe.each(watched)("$label", (subject) => {
  test("a status that nobody documented is waited out, and reported", async () => {
    const success = subject.operation.job?.states.succeeded?.[0] ?? "";
    serveJob(subject, ["SOMETHING_NEW", success]);
    const seen: string[] = [];
    await subject.connect().wait("job-1", {
      ...waitArguments(subject),
      ...fast,
      onProgress: ({ state, status }: { state: string; status: string }) => seen.push(`${status}:${state}`),
    });
    expect(seen).toEqual(["SOMETHING_NEW:unknown", `${success}:succeeded`]);
  });
});
