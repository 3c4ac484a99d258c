/** What differs between clouds, as the rest of the runtime sees it. Types only. */

import type { ApiError, ErrorEnvelope } from "./errors.js";
import type { Operation } from "./operation.js";

/** A request before signing. Header names are lower-case; the URL is final, byte for byte. */
export interface UnsignedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** What a provider may need while it works: the client's way to the network, its clock, the caller's signal. */
export interface Context {
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly signal?: AbortSignal;
}

/** What kind of refusal an error envelope is, where the status alone does not say. */
export type ErrorKind = "throttled" | "authentication" | "api-not-found";

/** A cloud, bound to one client's options. */
export interface Provider {
  /** `https://` address that every path is appended to, without a slash at its end. */
  readonly baseUrl: string;

  /**
   * How an operation travels: its path and fixed headers. An RPC action becomes `/` and a header. `id` is the operation's
   * in the specification: the vendor's name in camelCase.
   */
  route(operation: Operation, id: string): { path: string; headers?: Record<string, string> };

  /** Path parameters that the client fills in when the caller does not: `project_id`. Asked once a call. */
  pathParameters(names: readonly string[], context: Context): Promise<Record<string, string>>;

  /** How an array or object travels in a query: `JobIds.1=a&JobIds.2=b`. Scalars never come here. */
  flatten(name: string, value: object): Iterable<readonly [name: string, value: unknown]>;

  /** The headers to send, all of them, signature included. Called anew for each attempt: fresh date, fresh nonce. */
  sign(request: UnsignedRequest, context: Context): Promise<Record<string, string>>;

  /**
   * Reads the cloud's error envelopes; undefined where the body is none. Bodies that came with success are asked about
   * too, and read strictly. The message is free of the request's secrets, and says why a signature was refused.
   */
  readError(body: unknown, status: number, request: UnsignedRequest): ErrorEnvelope | undefined;

  /** A text of the answer without the request's secrets. */
  redact(text: string, request: UnsignedRequest): string;

  /** The server's id for the request, from the answer's headers. It goes before one in the body. */
  requestId(headers: Headers): string | undefined;

  /** What the vendor's code says beyond the status. */
  errorKind(status: number, envelope: ErrorEnvelope): ErrorKind | undefined;

  /**
   * Milliseconds that the server asks to wait in a way of its own, beside `Retry-After`.
   */
  retryAfterMs?(headers: Headers): number | undefined;

  /**
   * After a refused attempt: corrects what can be corrected (clock, token) and says that the same request may be sent
   * once more; or returns undefined. It may return a better error to throw instead.
   */
  recover?(
    error: ApiError,
    request: UnsignedRequest,
    response: Response,
    context: Context,
  ): Promise<"replay" | ApiError | undefined>;
}
