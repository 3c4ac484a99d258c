/** Signing as a client needs it: with credentials that change, a clock that may be wrong, and refusals to learn from. */

import { type Clock, correctClock, SKEW_MS } from "./clock.js";
import type { CredentialSource } from "./credentials.js";
import type { ApiError, ErrorEnvelope } from "./errors.js";
import type { Provider, UnsignedRequest } from "./provider.js";
import { redact } from "./redact.js";
import { explainSignature } from "./signature-diff.js";

/** Headers to send, and what they were computed from if that is a signature. */
export interface SignedHeaders {
  readonly headers: Record<string, string>;
  readonly canonicalRequest?: string;
}

/** What a refusal means: the date is off, the credentials have ended, the nonce was used before. */
export type Refusal = "clock" | "signature" | "expired" | "nonce";

/** What differs between clouds. */
export interface Scheme<C> {
  sign(request: UnsignedRequest, credentials: C, date: number): SignedHeaders;
  secretsOf(credentials: C): readonly (string | undefined)[];
  /** The server's own canonical request, which some refusals carry in their message, and the message without it. */
  canonicalRequestIn(message: string): { message: string; canonicalRequest?: string };
  refusal(error: ApiError, credentials: C): Refusal | undefined;
}

/** How a request was last sent. */
interface Sent<C> extends SignedHeaders {
  readonly credentials: C;
  readonly offsetMs: number;
  /** What no error may show, of earlier attempts too: a late answer may repeat theirs. */
  readonly secrets: readonly (string | undefined)[];
}

/** Beyond this, no server accepts a date. */
const LARGEST_SKEW_MS = 15 * 60_000;

/** See {@link createSigning}. */
export interface Signing extends Pick<Provider, "sign" | "redact"> {
  readonly recover: NonNullable<Provider["recover"]>;
  readonly clean: (envelope: ErrorEnvelope, request: UnsignedRequest) => ErrorEnvelope;
}

/** A client's signing. `clean` takes secrets out of an envelope, and explains a refused signature. */
export function createSigning<C>(source: CredentialSource<C>, scheme: Scheme<C>): Signing {
  const clock: Clock = { offsetMs: 0 };
  // Weak: a request is forgotten with its call. Nothing that can be printed holds it.
  const sent = new WeakMap<UnsignedRequest, Sent<C>>();

  const sign: Signing["sign"] = async (request, context) => {
    const credentials = await source.get(context);
    const { offsetMs } = clock;
    const signed = scheme.sign(request, credentials, context.now() + offsetMs);
    const signature = /Signature=(\w+)$/.exec(signed.headers.authorization ?? "")?.[1];
    const secrets = [...(sent.get(request)?.secrets ?? []), ...scheme.secretsOf(credentials), signature];
    sent.set(request, { ...signed, credentials, offsetMs, secrets });
    return signed.headers;
  };

  const redactFor: Signing["redact"] = (text, request) => redact(text, sent.get(request)?.secrets ?? []);

  const clean: Signing["clean"] = (envelope, request) => {
    const ours = sent.get(request)?.canonicalRequest;
    const { message, canonicalRequest: theirs } = scheme.canonicalRequestIn(envelope.message ?? "");
    const explained =
      theirs !== undefined && ours !== undefined ? `${message}. ${explainSignature(theirs, ours)}` : message;
    // Whatever a server repeats, and wherever it does.
    const texts = Object.entries({ ...envelope, ...(explained && { message: explained }) });
    return Object.fromEntries(texts.map(([name, text]) => [name, redactFor(text, request)]));
  };

  const recover: Signing["recover"] = async (error, request, response, context) => {
    const last = sent.get(request);
    const refusal = last && scheme.refusal(error, last.credentials);
    if (!refusal) return undefined;
    switch (refusal) {
      case "nonce":
        return "replay"; // the next signature has another
      case "expired":
        if (!source.renewable) return undefined;
        source.invalidate(last.credentials);
        return "replay"; // which waits for new ones
      default: {
        // A refused signature mostly means a wrong key, and clouds lock keys that are tried again. But a date that is
        // certainly out of bounds cannot have been accepted, whatever the server says.
        const leastMs = refusal === "clock" ? SKEW_MS : LARGEST_SKEW_MS;
        return correctClock(clock, last.offsetMs, response.headers, context.now(), leastMs)
          ? "replay"
          : undefined;
      }
    }
  };

  return { sign, redact: redactFor, clean, recover };
}
