/** `waitAll` where only one job can be asked for at once. */

import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import {
  AbortError,
  AuthenticationError,
  ConfigError,
  PermissionError,
  ValidationError,
} from "../../src/errors.js";
import {
  type Answers,
  failure,
  json,
  memory,
  settle,
  virtualTime,
  watchedSignal,
} from "../support/memory.js";
import { eip } from "../support/services.js";

const ended = (id: string) => json({ job_id: id, status: "SUCCESS" });
const idOf = (url: URL) => url.pathname.split("/").at(-1) ?? "";
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));
const outcome = (result: PromiseSettledResult<unknown>) =>
  result.status === "fulfilled" ? "ok" : (result.reason as Error).name;

test("an abort ends it for all, with the reason, and nothing is under way any more", async () => {
  const controller = watchedSignal();
  const server = memory(() => undefined);
  const waiting = eip(server).showResourcesJobDetail.waitAll(["a", "b"], { signal: controller.signal });
  await turn();
  controller.abort("enough");
  const error = await failure(waiting);
  expect(error).toBeInstanceOf(AbortError);
  expect(error.cause).toBe("enough");
  expect(getEventListeners(controller.signal, "abort").length).toBeLessThanOrEqual(1);
});

test.each([
  [403, PermissionError],
  [401, AuthenticationError],
] as const)("%i for one ends it for all: the others are not polled any more", async (status, type) => {
  virtualTime();
  const server = memory(({ url }) =>
    idOf(url) === "b" ? json({}, status) : json({ job_id: "a", status: "RUNNING" }),
  );
  const error = await failure(settle(eip(server).showResourcesJobDetail.waitAll(["a", "b"])));
  expect(error).toBeInstanceOf(type);
  expect(server.asked.length).toBeLessThanOrEqual(3);
});

test("what a callback throws ends it for all", async () => {
  const server = memory(({ url }) => json({ job_id: idOf(url), status: "RUNNING" }));
  const onProgress = () => {
    throw new Error("mine");
  };
  await expect(eip(server).showResourcesJobDetail.waitAll(["a", "b"], { onProgress })).rejects.toThrow(
    "mine",
  );
});

test("a refusal of one id says nothing of the others", async () => {
  const answers: Answers = ({ url }) => (idOf(url) === "b" ? json({}, 400) : ended(idOf(url)));
  const results = await eip(memory(answers)).showResourcesJobDetail.waitAll(["a", "b", "c"]);
  expect(results.map(outcome)).toEqual(["ok", "BadRequestError", "ok"]);
});

test("the same id twice is asked for once", async () => {
  const server = memory(({ url }) => ended(idOf(url)));
  const results = await eip(server).showResourcesJobDetail.waitAll(["a", "b", "a"]);
  expect(results.map(outcome)).toEqual(["ok", "ok", "ok"]);
  expect(server.asked).toHaveLength(2);
});

test("arguments that cannot be used are thrown, before anything is sent", async () => {
  const server = memory(({ url }) => ended(idOf(url)));
  const { waitAll } = eip(server).showResourcesJobDetail;
  expect(await failure(waitAll(["a", ""]))).toBeInstanceOf(ValidationError);
  expect(await failure(waitAll(["a", "b"], { minDelayMs: Number.NaN }))).toBeInstanceOf(ConfigError);
  expect(server.asked).toHaveLength(0);
});
