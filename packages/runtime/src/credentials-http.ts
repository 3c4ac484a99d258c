/** Requests to the services that give credentials: they carry secrets, and so do their answers. */

import { sleep } from "./abort.js";
import { attempt, type Exchange, type Success } from "./attempt.js";
import { readText } from "./body.js";
import { readEnvelope, readRequestId } from "./envelope.js";
import {
  ApiError,
  ConnectionError,
  CredentialsError,
  NotConfiguredError,
  ServerError,
  ThrottledError,
  TlsError,
} from "./errors.js";
import type { Context, Provider, UnsignedRequest } from "./provider.js";
import { redact } from "./redact.js";
import { httpDate } from "./retry-after.js";
import type { Signing } from "./signing.js";
import { timeOf } from "./times.js";

/** Something to ask a service for. */
export interface Question {
  /** The source of credentials, for people: `"iamToken"`. */
  readonly source: string;
  /** The operation, for errors: `"iam.keystoneCreateUserTokenByPassword"`. */
  readonly name: string;
  readonly request: UnsignedRequest;
  /** What must not appear in an error, should the service repeat it. */
  readonly secrets: readonly (string | undefined)[];
  /** Signs the request, where it has to be, and learns from refusals. */
  readonly signing?: Signing;
  /** What the cloud's codes say beyond the status. */
  readonly errorKind?: Provider["errorKind"];
  /** What to do about a refusal, as a sentence. */
  readonly mend: string;
}

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 2 ** 20;
const ATTEMPTS = 3;

/** Asks a service, three times at most. A refusal is final: services lock users and keys that are tried again. */
export async function ask({ fetch, now }: Context, question: Question): Promise<Success> {
  const { source, name, request, secrets, signing, mend, errorKind = () => undefined } = question;
  const clean = (text: string): string => redact(signing ? signing.redact(text, request) : text, secrets);
  const provider: Exchange["provider"] = {
    sign: signing?.sign ?? (async () => request.headers),
    requestId: readRequestId,
    errorKind,
    redact: clean,
    readError(body, status) {
      const envelope = status < 400 ? undefined : readEnvelope(body);
      if (!envelope) return undefined;
      const explained = signing ? signing.clean(envelope, request) : envelope;
      return Object.fromEntries(Object.entries(explained).map(([name, text]) => [name, clean(text)]));
    },
  };
  let replayed = false;
  for (let attempts = 1; ; attempts++) {
    const outcome = await attempt({
      operation: {},
      name,
      request,
      provider,
      fetch,
      now,
      timeoutMs: TIMEOUT_MS,
      maxResponseBytes: MAX_BYTES,
    });
    if (!("error" in outcome)) return outcome;
    const { error, response } = outcome;
    if (error instanceof ApiError && response && !replayed) {
      replayed = (await signing?.recover(error, request, response, { fetch, now })) === "replay";
      if (replayed) continue;
    }
    const passing =
      error instanceof ServerError ||
      error instanceof ThrottledError ||
      (error instanceof ConnectionError && !(error instanceof TlsError));
    if (!passing || attempts === ATTEMPTS) {
      error.attempts = attempts;
      throw new CredentialsError(
        `${source}: ${error.message}${error instanceof ApiError && !passing ? `. ${mend}` : ""}`,
        { cause: error },
      );
    }
    await sleep(200 * 2 ** attempts * Math.random());
  }
}

/** Metadata services are a hop away: whoever does not answer in this time is not there. */
const METADATA_TIMEOUT_MS = 1000;

/**
 * Asks an instance metadata service. Its addresses mean something else, or nothing, outside of an instance: an answer
 * that is none, a redirect for instance, counts as "not there", and so does no answer.
 */
export async function askMetadata(
  { fetch }: Context,
  url: string,
  init: RequestInit = {},
): Promise<{ status: number; text: string; headers: Headers }> {
  const { host } = new URL(url);
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      ...init,
      redirect: "manual",
      signal: AbortSignal.timeout(METADATA_TIMEOUT_MS),
    });
    text = await readText(response, 2 ** 16);
  } catch {
    throw new NotConfiguredError(`no metadata service answers at ${host}`);
  }
  if ((response.status >= 300 && response.status < 400) || response.status === 0 || /^\s*</.test(text)) {
    throw new NotConfiguredError(`what answers at ${host} is not a metadata service`);
  }
  return { status: response.status, text, headers: response.headers };
}

/**
 * Checks the address of a local service that gives credentials. Whoever set the variable up chose http or https; the
 * address is not repeated in an error, because it may hold a secret.
 */
export function checkAddress(name: string, value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new CredentialsError(`${name} must be an http:// or https:// address`);
  if (url.username || url.password)
    throw new CredentialsError(`${name} must not hold a user name or password`);
  return url;
}

/**
 * When something ends, by this machine's clock: its lifetime counts, by the server's own clock, so that a wrong clock
 * here does not matter. Undefined if the server does not say.
 */
export function localExpiry(
  end: unknown,
  start: unknown,
  headers: Headers | undefined,
  now: number,
): number | undefined {
  const ends = timeOf(end);
  if (ends === undefined) return undefined;
  return now + ends - (timeOf(start) ?? (httpDate(headers?.get("date") ?? "") || now));
}
