/** What an application's own source of credentials throws is an error of credentials, whatever it is. */

import { expect, test, vi } from "vitest";
import {
  CredentialsError,
  JobNotFoundError,
  NotConfiguredError,
  NotFoundError,
  PermissionError,
  ValidationError,
} from "../../src/errors.js";
import { alibabaClient, huaweiClient } from "../support/clients.js";
import { failure, json, memory, settle, virtualTime } from "../support/memory.js";
import { elb } from "../support/services.js";

const thrown: [string, unknown, message: string][] = [
  ["an error of another client", new PermissionError({ status: 403, code: "X", message: "no" }), "403 X: no"],
  ["one with a constructor of its own", new ValidationError("query.x", "is bad"), "query.x is bad"],
  ["any error", new Error("the vault is sealed"), "the vault is sealed"],
  ["no error at all", "sealed", "the source of credentials failed"],
];

test.each(thrown)("%s", async (_, cause, message) => {
  for (const projectId of ["p", undefined]) {
    let asked = 0;
    const credentials = () => {
      asked++;
      throw cause;
    };
    const options = { credentials, random: () => 0, fetch: memory(() => json({})).fetch };
    const { listThings } = huaweiClient({ ...options, ...(projectId !== undefined && { projectId }) });
    for (let call = 1; call <= 2; call++) {
      const error = await failure(listThings());
      expect(error).toBeInstanceOf(CredentialsError);
      expect(error.message).toContain(message);
      expect(error.cause).toBe(cause);
      expect(error.operation).toBe("test.listThings");
      expect(asked).toBe(1);
    }
  }
});

test("an error of credentials stays what it is", async () => {
  const credentials = () => {
    throw new NotConfiguredError("nothing is set up");
  };
  const error = await failure(huaweiClient({ credentials, projectId: "p" }).listThings());
  expect(error).toBeInstanceOf(NotConfiguredError);
  expect(error.message).toBe("nothing is set up");
});

test("a client of @alicloud/credentials that fails", async () => {
  const cause = new TypeError("fetch failed");
  const error = await failure(
    alibabaClient({ credentials: { getCredential: () => Promise.reject(cause) } }).ListThings(),
  );
  expect(error).toBeInstanceOf(CredentialsError);
  expect(error.cause).toBe(cause);
});

test("its 404 does not mean that a job is not there", async () => {
  virtualTime();
  const credentials = () => {
    throw new NotFoundError({ status: 404, message: "no such secret" });
  };
  const error = await failure(settle(elb({ ...memory(() => json({})), credentials }).listJobs.wait("j")));
  expect(error).toBeInstanceOf(CredentialsError);
  expect(error).not.toBeInstanceOf(JobNotFoundError);
});

test("a source that fails for a while does not end the waiting for a job", async () => {
  virtualTime();
  let now = 0;
  const credentials = () => {
    if (now++ < 3) throw new TypeError("fetch failed");
    return { ak: "ak", sk: "sk" };
  };
  const server = memory(() => json({ jobs: [{ job_id: "j", status: "COMPLETE" }], page_info: {} }));
  const job = await settle(elb({ ...server, credentials }).listJobs.wait("j"));
  expect(job).toMatchObject({ status: "COMPLETE" });
});

test("a source that does not answer once is asked again", async () => {
  virtualTime();
  for (const projectId of ["p", undefined]) {
    let asked = 0;
    const credentials = () =>
      ++asked === 1 ? new Promise<never>(() => {}) : { ak: "ak", sk: "sk", projectId: "p" };
    const { fetch } = memory(() => json({ ok: true }));
    const { listThings } = huaweiClient({
      credentials,
      fetch,
      maxAttempts: 1,
      timeoutMs: 200_000,
      ...(projectId !== undefined && { projectId }),
    });
    const error = await failure(settle(listThings()));
    expect(error).toBeInstanceOf(CredentialsError);
    expect(error.message).toContain("did not answer within 120 s");
    vi.advanceTimersByTime(1000); // the pause after a failure
    expect(await settle(listThings())).toEqual({ ok: true });
  }
});
