/** IAM and STS, as local servers play them. */

import type { Answer, Host, Received } from "./cloud.js";

export const HOUR = 3_600_000;

/** Gives tokens `token-1`, `token-2` …, each for the project that is asked for. */
export function iamHost({
  lifetimeMs = 24 * HOUR,
  clock = Date.now,
  project = "project-1",
} = {}): Host & { issued: number } {
  const host = Object.assign(
    (request: Received): Answer => {
      if (!request.target.startsWith("/v3/auth/tokens"))
        return { status: 404, body: { error: { code: 404, message: "no such API" } } };
      host.issued++;
      const now = clock();
      return {
        status: 201,
        headers: { "x-subject-token": `token-${host.issued}`, date: new Date(now).toUTCString() },
        body: {
          token: {
            issued_at: new Date(now).toISOString().replace("Z", "000Z"),
            expires_at: new Date(now + lifetimeMs).toISOString().replace("Z", "000Z"),
            project: { id: project, name: "cn-north-4" },
          },
        },
      };
    },
    { issued: 0 },
  );
  return host;
}

/** Gives temporary AccessKeys `sts-1`, `sts-2` … */
export function stsHost({ lifetimeMs = HOUR, clock = Date.now } = {}): Host & { issued: number } {
  const host = Object.assign(
    (): Answer => {
      const n = ++host.issued;
      const now = clock();
      return {
        headers: { date: new Date(now).toUTCString() },
        body: {
          RequestId: "r",
          Credentials: {
            AccessKeyId: `sts-${n}`,
            AccessKeySecret: `sts-secret-${n}`,
            SecurityToken: `sts-token-${n}`,
            Expiration: new Date(now + lifetimeMs).toISOString(),
          },
        },
      };
    },
    { issued: 0 },
  );
  return host;
}
