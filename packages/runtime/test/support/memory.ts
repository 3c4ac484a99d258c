/** A server in memory, and time that passes only when nothing else can happen. For what needs no sockets. */

import { getEventListeners } from "node:events";
import { inspect } from "node:util";
import { expect, onTestFinished, vi } from "vitest";
import { CloudError } from "../../src/errors.js";
// What is loaded on demand is loaded already: to load it takes real time, which virtual time does not wait for.
import "../../src/cursor.js";
import "../../src/numbered.js";
import "../../src/offset.js";
import "../../src/paginate.js";
import "../../src/wait.js";

/** A request as the server saw it. */
export interface Asked {
  readonly url: URL;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Headers;
  /** When, by the test's clock. */
  readonly at: number;
}

/** Answers the n-th request, from 1. Undefined: never; an error: the connection breaks with it. */
export type Answers = (
  asked: Asked,
  n: number,
) => Response | Error | undefined | Promise<Response | Error | undefined>;

export interface Memory {
  readonly fetch: typeof globalThis.fetch;
  readonly asked: Asked[];
}

/** Counts requests and answers, of all servers: as long as it rises, there is something to do that needs no time. */
let activity = 0;

export function memory(answers: Answers): Memory {
  const asked: Asked[] = [];
  return {
    asked,
    fetch: async (input, init = {}) => {
      init.signal?.throwIfAborted();
      const url = new URL(String(input));
      const one: Asked = {
        url,
        query: Object.fromEntries(url.searchParams),
        headers: new Headers(init.headers),
        at: performance.now(),
      };
      asked.push(one);
      activity++;
      const answer = await answers(one, asked.length);
      activity++;
      if (answer instanceof Response) return answer;
      if (answer) throw answer;
      return new Promise((_, reject) => {
        init.signal?.addEventListener("abort", () => reject(init.signal?.reason));
      });
    },
  };
}

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });

/** What Node's `fetch` throws when a connection breaks. */
export const broken = (code = "ECONNRESET"): Error =>
  new TypeError("fetch failed", { cause: Object.assign(new Error(`read ${code}`), { code }) });

/** Pauses between requests, in milliseconds. */
export const pauses = ({ asked }: Memory): number[] =>
  asked.slice(1).map(({ at }, index) => Math.round(at - (asked[index]?.at ?? 0)));

/** Makes time virtual for one test, and checks at its end that no timer was left behind. */
export function virtualTime(): void {
  if (vi.isFakeTimers()) return;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
  onTestFinished(() => {
    const left = vi.getTimerCount();
    vi.useRealTimers();
    expect(left, "timers left behind").toBe(0);
  });
}

/** Lets time pass until the promise is settled. */
export async function settle<T>(promise: Promise<T>): Promise<T> {
  let settled = false;
  const done = () => {
    settled = true;
  };
  promise.then(done, done);
  while (!settled) {
    // What needs no time goes first: answers, and what they bring about.
    let before = activity;
    for (let quiet = 0; quiet < QUIET_TURNS && !settled; quiet++) {
      await new Promise(setImmediate);
      if (activity !== before) quiet = 0;
      before = activity;
    }
    if (!settled) await vi.advanceTimersToNextTimerAsync();
  }
  return promise;
}

/** So many turns of the event loop without a request or an answer: everybody waits for time to pass. */
const QUIET_TURNS = 30;

/** The canaries: whatever is printed, none of them may be in it. */
export const SECRETS = {
  ak: "CANARYACCESSKEY",
  sk: "canary-secret-key-0123456789",
  token: "canary.token.0123456789",
};

/** The error that a promise ends with: one of ours, and nowhere in it a secret. */
export async function failure(promise: Promise<unknown>): Promise<CloudError> {
  const error = await promise.then(
    (value) => {
      throw new Error(`no error, but ${inspect(value)}`);
    },
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(CloudError);
  expectNoSecret(error);
  return error as CloudError; // checked above
}

export function expectNoSecret(...sinks: unknown[]): void {
  for (const value of sinks) {
    const printed = [
      String(value),
      value instanceof Error ? value.stack : "",
      inspect(value, { depth: null, showHidden: true }),
      JSON.stringify(value),
    ].join("\n");
    for (const secret of [SECRETS.sk, SECRETS.token]) {
      for (const form of [secret, encodeURIComponent(secret), btoa(secret)])
        expect(printed).not.toContain(form);
    }
    expect(printed).not.toMatch(/Signature=[0-9a-f]{8}/);
  }
}

/** A signal, and a check at the test's end that nobody listens to it any more. */
export function watchedSignal(): AbortController {
  const controller = new AbortController();
  onTestFinished(() => {
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });
  return controller;
}

/** All that an iterable gives. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
