/** The READMEs' own sample: every call works where mocks are given no bodies. */

import { isCloudError, type JobState } from "@typedcloud/runtime";
import { describe, expect, test } from "vitest";
import { at } from "../../../packages/runtime/src/mocks.js";
import { wire } from "../../../packages/runtime/test/support/wire.js";
import { subjects } from "./services.js";
import { waitArguments } from "./subject.js";

const { use } = wire();

const lists = subjects.flatMap((subject) => {
  const { pages } = subject.operation;
  return pages ? [{ ...subject, pages }] : [];
});
const jobs = subjects.flatMap((subject) => {
  const { job } = subject.operation;
  return job?.find === undefined ? [] : [{ ...subject, job }];
});

test("there are lists and jobs to test", () => {
  expect(lists.length).toBeGreaterThanOrEqual(4);
  expect(jobs.length).toBeGreaterThanOrEqual(4);
});

test.each(lists)("$label: the example's items come, and then the end", async (subject) => {
  const { connect, mock, args, examples, success, pages } = subject;
  use(mock());
  const came: unknown[] = [];
  for await (const item of connect().items(args)) came.push(item);
  const items = Array.from((at(examples[success], pages.items) ?? []) as unknown[]);
  // Where it is not known where a list begins, items come as they are found.
  const isOrdered = !(pages.style === "offset" && pages.base === "unknown");
  expect(came).toHaveLength(items.length);
  expect(isOrdered ? came : new Set(came)).toEqual(isOrdered ? items : new Set(items));
});

/** How waiting ends, by what the example's status means. A job that goes on is waited for in vain. */
const endings: Readonly<Record<JobState, string>> = {
  succeeded: "resolved",
  failed: "JobFailedError",
  cancelled: "JobCancelledError",
  blocked: "JobBlockedError",
  pending: "WaitTimeoutError",
};

describe.each(jobs)("$label", (subject) => {
  test.each(["some-job", "36da5a82"])("the job %s ends as the example's did", async (id) => {
    const { connect, mock, examples, success, job, operation } = subject;
    use(mock());
    const ending: unknown = await connect()
      .wait(id, { ...waitArguments(subject), minDelayMs: 1, maxDelayMs: 2, timeoutMs: 200 })
      .catch((thrown: unknown) => thrown);
    const items = operation.pages ? at(examples[success], operation.pages.items) : [examples[success]];
    const [shown] = Array.isArray(items) ? items : [];
    const state = (Object.keys(endings) as JobState[]).find((each) =>
      job.states[each]?.includes(String(at(shown, job.status))),
    );
    expect(isCloudError(ending) ? ending.name : "resolved").toBe(state && endings[state]);
    if (state === "succeeded") expect(at(ending, job.id)).toBe(id);
  });
});
