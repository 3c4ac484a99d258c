/** What an application's own source of credentials throws is an error of credentials, whatever it is. */

import { expect, test, vi } from "vitest";
import { createElbClient } from "../../../huaweicloud-elb/src/index.js";
import { sleep } from "../../src/abort.js";
import {
  AbortError,
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

test("finding credentials is no part of an attempt: its timeout does not end it, nor blame the server", async () => {
  virtualTime();
  const credentials = async () => {
    await sleep(60_000);
    return { ak: "ak", sk: "sk" };
  };
  const server = memory(() => json({ jobs: [], page_info: {} }));
  const { listJobs } = elb({ ...server, credentials, timeoutMs: 1000 });
  expect(await settle(listJobs())).toEqual({ jobs: [], page_info: {} });
  expect(server.asked).toHaveLength(1);
});

test("a source that never answers is an error of credentials, after two minutes; and nothing was sent", async () => {
  virtualTime();
  const server = memory(() => json({}));
  const error = await failure(
    settle(elb({ ...server, credentials: () => new Promise<never>(() => {}), timeoutMs: 1000 }).listJobs()),
  );
  expect(error).toBeInstanceOf(CredentialsError);
  expect(error.message).toBe("the source of credentials did not answer within 120 s");
  expect(server.asked).toHaveLength(0);
});

test("an expiry in seconds is told to be one", async () => {
  const credentials = () => ({ ak: "ak", sk: "sk", expiresAt: Math.round(Date.now() / 1000) + 3600 });
  const error = await failure(huaweiClient({ credentials, projectId: "p" }).listThings());
  expect(error.message).toMatch(/expired already. Their expiresAt looks like seconds/);
});

test("a project that cannot be looked up: each caller has an error of its own, and no 404 of the service", async () => {
  const server = memory(() => json({ error_msg: "no" }, 404));
  const { listJobs } = createElbClient({
    region: "cn-north-4",
    credentials: { ak: "ak", sk: "secret" },
    fetch: server.fetch,
  });
  const [one, other] = await Promise.all([failure(listJobs()), failure(listJobs())]);
  expect(server.asked).toHaveLength(1);
  expect(one).not.toBe(other);
  for (const error of [one, other]) {
    expect(error).toBeInstanceOf(CredentialsError);
    expect(error.message).toMatch(
      /^the project of cn-north-4 could not be looked up: iam.keystoneListProjects: 404/,
    );
    expect(error.operation).toBe("elb.listJobs");
  }
});

test("maxAttempts counts what is sent once more after a refused token, too", async () => {
  const server = memory(() => json({ error_code: "APIGW.0301", error_msg: "token expires" }, 401));
  for (const maxAttempts of [1, 2]) {
    const before = server.asked.length;
    const client = elb({ ...server, maxAttempts, credentials: () => ({ token: `t-${Math.random()}` }) });
    await failure(client.listJobs());
    expect(server.asked.length - before).toBe(maxAttempts);
  }
});

test("a policy that denies something about tokens is no end of ours: nothing is sent twice", async () => {
  const server = memory(() =>
    json({ error_msg: "Policy doesn't allow iam:tokens:assume to be performed" }, 403),
  );
  const credentials = () => ({ ak: "ak", sk: "secret-key", securityToken: "security-token" });
  expect(await failure(elb({ ...server, credentials }).listJobs())).toBeInstanceOf(PermissionError);
  expect(server.asked).toHaveLength(1);
});

test("a call that is aborted already asks no source, and leaves no rejection unhandled", async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", note);
  let asked = 0;
  const controller = new AbortController();
  const credentials = async () => {
    asked++;
    controller.abort();
    throw new Error("the vault is down");
  };
  for (const projectId of ["p", undefined]) {
    const client = elb({ ...memory(() => json({})), credentials, ...(projectId && { projectId }) });
    expect(await failure(client.listJobs({ signal: AbortSignal.abort() }))).toBeInstanceOf(AbortError);
  }
  expect(asked).toBe(0);
  const client = elb({ ...memory(() => json({})), credentials });
  expect(await failure(client.listJobs({ signal: controller.signal }))).toBeInstanceOf(AbortError);
  expect(asked).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 10));
  process.off("unhandledRejection", note);
  expect(unhandled).toEqual([]);
});

test("an abort while signing is seen before anything is sent", async () => {
  for (let depth = 0; depth < 30; depth++) {
    const controller = new AbortController();
    const credentials = async () => {
      let turns = depth;
      const later = () => (turns-- ? queueMicrotask(later) : controller.abort());
      queueMicrotask(later);
      return { ak: "ak", sk: "sk" };
    };
    const server = memory(() => undefined);
    const client = elb({ ...server, credentials, timeoutMs: 200, maxAttempts: 1 });
    expect(await failure(client.listJobs({ signal: controller.signal })), `${depth}`).toBeInstanceOf(
      AbortError,
    );
  }
});

test("a client of @alicloud/credentials that never answers is not waited for longer than any source", async () => {
  virtualTime();
  const credentials = { getCredential: () => new Promise<never>(() => {}) };
  const error = await failure(settle(alibabaClient({ credentials }).ListThings()));
  expect(error.message).toBe("the source of credentials did not answer within 120 s");
});
