/** Options of every client, and what its logger is told. */

/** Options of every client, whatever its cloud. */
export interface ServiceOptions {
  /** Sends requests. Default: the global `fetch`, looked up at each request. */
  fetch?: typeof globalThis.fetch | undefined;
  /** How long one attempt may take, its body included; finding credentials is not counted. Milliseconds, default 30 000. */
  timeoutMs?: number | undefined;
  /** How often one call is sent at most. Default 4; only what cannot do harm is sent again. */
  maxAttempts?: number | undefined;
  /** How many requests of this client are under way at once; the rest wait their turn. Default 50. */
  maxConcurrency?: number | undefined;
  /** The largest body accepted, after decompression. Bytes, default 32 MiB. */
  maxResponseBytes?: number | undefined;
  /** Told about each attempt. Default: nobody. No header, query or body is ever passed to it; what it throws is ignored. */
  logger?: ((event: LogEvent) => void) | undefined;
  /** The clock: milliseconds since 1970. Default `Date.now`. For tests. */
  now?: (() => number) | undefined;
  /** Randomness for the pauses between attempts, in [0, 1). Default `Math.random`. For tests. */
  random?: (() => number) | undefined;
}

/** One attempt, for logs. */
export interface LogEvent {
  /** `"elb.listJobs"` */
  readonly operation: string;
  readonly method: string;
  readonly host: string;
  /** 1 for the first. */
  readonly attempt: number;
  readonly durationMs: number;
  /** HTTP status, if the server answered. */
  readonly status?: number;
  /** The server's id for the request, of a success too: quote it to the vendor's support. */
  readonly requestId?: string;
  /** The error's class, if the attempt failed. */
  readonly error?: string;
}

/** The names of {@link ServiceOptions}, for checks of options that come without types. */
export const serviceOptionNames: readonly (keyof ServiceOptions)[] = [
  "fetch",
  "timeoutMs",
  "maxAttempts",
  "maxConcurrency",
  "maxResponseBytes",
  "logger",
  "now",
  "random",
];
