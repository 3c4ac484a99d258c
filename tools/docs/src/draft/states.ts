/** The states of `x-job`. */
export type State = "pending" | "blocked" | "succeeded" | "failed" | "cancelled";

const WORDS: readonly (readonly [State, RegExp])[] = [
  // First, because "CANCEL_FAILED" is a failure and "ROLLBACKING" goes on.
  ["failed", /fail|error|abnormal|timeout|timed_?out/i],
  ["cancelled", /^(?:cancel|canceled|cancelled|aborted|abort|terminated|revoked)$/i],
  [
    "blocked",
    /^(?:unauthorized|pending_payment|pending_?approval|waiting_?(?:for_)?approval|paused|suspended)$/i,
  ],
  ["succeeded", /^(?:success|succeeded|succeed|successful|complete|completed|finish|finished|done|ok)$/i],
  [
    "pending",
    /^(?:init|initial|initializing|initialized|pending|waiting|wait|queued|queueing|created?|submitted|accepted|scheduled|ready|starting|started|running|run|process|processing|executing|in_?progress|doing|active|rollbacking|rolling_?back|retrying|canceling|cancelling|stopping|[a-z]+ing)$/i,
  ],
];

/** The state that a status' word says; nothing if it could mean several. */
export const stateOf = (word: string): State | undefined => WORDS.find(([, words]) => words.test(word))?.[0];

/** Does a word tell of a rollback? */
export const isRollback = (word: string): boolean => /roll_?back/i.test(word);
