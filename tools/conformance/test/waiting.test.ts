import { isCloudError, type JobState } from "@typedcloud/runtime";
import { describe, expect, test } from "vitest";
import { wire } from "../../../packages/runtime/test/support/wire.js";
import { type Subject, subjects } from "./services.js";

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
function serveJob({ mock, operation, examples }: Subject, statuses: string[]): void {
  const { pages, job } = operation;
  if (!job) throw new Error("chosen for having jobs");
  const example = examples["200"] as Record<string, unknown>;
  const body = () => {
    const one = { [job.id]: "job-1", [job.status]: statuses.length > 1 ? statuses.shift() : statuses[0] };
    if (!pages) return { ...example, ...one };
    return {
      ...example,
      [pages.items]: [one],
      ...(pages.total && { [pages.total]: 1 }),
      ...(pages.style === "cursor" && { [pages.next]: undefined }),
    };
  };
  use(mock(body));
}

describe.each(words)("$name: $status is $state", ({ subject, state, status }) => {
  test("waiting ends as it should", async () => {
    const success = subject.operation.job?.states.succeeded?.[0] ?? "";
    serveJob(subject, state === "pending" ? [status, success] : [status]);
    const seen: string[] = [];
    const outcome: unknown = await subject
      .connect()
      .wait("job-1", { ...fast, onProgress: ({ state: now }: { state: string }) => seen.push(now) })
      .catch((thrown: unknown) => thrown);
    expect(seen[0]).toBe(state);
    const expectedError = errorFor[state];
    if (expectedError) {
      expect(isCloudError(outcome) && outcome.name).toBe(expectedError);
      expect(outcome).toMatchObject({ status, job: { [subject.operation.job?.status ?? ""]: status } });
    } else {
      expect(outcome).toMatchObject({
        [subject.operation.job?.status ?? ""]: state === "pending" ? success : status,
      });
    }
  });
});

describe.each(watched)("$label", (subject) => {
  test("a status that nobody documented is waited out, and reported", async () => {
    const success = subject.operation.job?.states.succeeded?.[0] ?? "";
    serveJob(subject, ["SOMETHING_NEW", success]);
    const seen: string[] = [];
    await subject.connect().wait("job-1", {
      ...fast,
      onProgress: ({ state, status }: { state: string; status: string }) => seen.push(`${status}:${state}`),
    });
    expect(seen).toEqual(["SOMETHING_NEW:unknown", `${success}:succeeded`]);
  });
});
