/**
 * Every error that a client throws.
 *
 * `instanceof` works across copies of this package: two versions of it may share one application, and each error
 * carries the names of its classes under a registered symbol. Fields hold only what is safe to log: no header, no
 * credential, no signature.
 */

import type { JobProgress } from "./client.js";

const kinds = Symbol.for("typedcloud.error");

/** Fields that any error may carry. */
export interface ErrorDetails {
  /** What went wrong one level deeper. */
  cause?: unknown;
  /** The operation, as `service.operation`: `"elb.listJobs"`. */
  operation?: string;
  /** How many times the request was sent. */
  attempts?: number;
}

/** The base of every error of this library. */
export class CloudError extends Error {
  static readonly kind: string = "CloudError";

  /** The operation, as `service.operation`: `"elb.listJobs"`. */
  declare operation?: string;
  /** How many times the request was sent before giving up. */
  declare attempts?: number;
  /** Where a walk through pages stood. */
  declare position?: Position;

  static override [Symbol.hasInstance](value: unknown): boolean {
    // A subclass that an application declares has no kind of its own: ordinary inheritance decides.
    if (!Object.hasOwn(this, "kind")) return Function.prototype[Symbol.hasInstance].call(this, value);
    const names = (value as { [kinds]?: unknown } | null | undefined)?.[kinds]; // anything has it, or has not
    return Array.isArray(names) && names.includes(this.kind);
  }

  constructor(message: string, details: ErrorDetails = {}) {
    const { cause, operation, attempts } = details;
    super(message, cause === undefined ? undefined : { cause });
    if (operation !== undefined) this.operation = operation;
    if (attempts !== undefined) this.attempts = attempts;

    const names: string[] = [];
    let type: unknown = new.target;
    while (typeof type === "function" && type !== Error) {
      if (Object.hasOwn(type, "kind")) names.push((type as typeof CloudError).kind);
      type = Object.getPrototypeOf(type);
    }
    // Not enumerable: they are for `instanceof` and `name`, not for logs.
    Object.defineProperty(this, kinds, { value: names });
    Object.defineProperty(this, "name", { value: names[0], configurable: true, writable: true });
  }
}

/** An option or argument cannot be used. Nothing was sent. */
export class ConfigError extends CloudError {
  static override readonly kind: string = "ConfigError";
}

/** A parameter of a call cannot be sent as it is. Nothing was sent. */
export class ValidationError extends CloudError {
  static override readonly kind: string = "ValidationError";
  /** Where: `"query.limit"`. */
  readonly parameter: string;

  constructor(parameter: string, message: string, details?: ErrorDetails) {
    super(`${details?.operation ? `${details.operation}: ` : ""}${parameter} ${message}`, details);
    this.parameter = parameter;
  }
}

/** No usable credentials, or a source of credentials that is broken. */
export class CredentialsError extends CloudError {
  static override readonly kind: string = "CredentialsError";
}

/** A source of credentials that is simply not set up: the only error on which a chain goes on to the next one. */
export class NotConfiguredError extends CredentialsError {
  static override readonly kind: string = "NotConfiguredError";
}

/** The server could not be reached, or the connection broke. */
export class ConnectionError extends CloudError {
  static override readonly kind: string = "ConnectionError";
  /** The system's code, `"ECONNRESET"`, where there is one. */
  declare code?: string;
}

/** The server does not speak HTTP as it should. Not retried: it would do so again. */
export class ProtocolError extends ConnectionError {
  static override readonly kind: string = "ProtocolError";
}

/** An attempt did not end in time, its body included. */
export class TimeoutError extends ConnectionError {
  static override readonly kind: string = "TimeoutError";
}

/** The server's certificate is not trusted. Never retried, and there is no option to trust it all the same. */
export class TlsError extends ConnectionError {
  static override readonly kind: string = "TlsError";
}

/** The caller's signal was aborted. `cause` is the signal's reason. */
export class AbortError extends CloudError {
  static override readonly kind: string = "AbortError";
}

/** The server answered, but not with what the documentation promises. */
export class ResponseError extends CloudError {
  static override readonly kind: string = "ResponseError";
  /** HTTP status. */
  declare status?: number;
  /** The server's id for the request: quote it to the vendor's support. */
  declare requestId?: string;
}

/** The server sent a redirect. It is not followed: a signature is good for one host only. */
export class RedirectError extends ResponseError {
  static override readonly kind: string = "RedirectError";
  /** The host that it names. */
  declare location?: string;
}

/** The body is larger than `maxResponseBytes`, after decompression. */
export class ResponseTooLargeError extends ResponseError {
  static override readonly kind: string = "ResponseTooLargeError";
}

/** The body is not JSON, or was cut off. */
export class ResponseFormatError extends ResponseError {
  static override readonly kind: string = "ResponseFormatError";
  /** It began as JSON and broke off. */
  truncated = false;
}

/** The body is JSON, but not of the documented shape. */
export class ResponseShapeError extends ResponseError {
  static override readonly kind: string = "ResponseShapeError";
}

/** What a cloud's error envelope says. */
export interface ErrorEnvelope {
  /** The vendor's error code, `"ELB.8902"`. */
  code?: string;
  message?: string;
  requestId?: string;
  /** Huawei Cloud: the reason of a denial, to be decoded with STS `decode-authorization-message`. */
  encodedAuthorizationMessage?: string;
  /** Alibaba Cloud: where the vendor explains the code. */
  recommend?: string;
}

/** Fields of an {@link ApiError}. */
export interface ApiErrorDetails extends ErrorDetails, ErrorEnvelope {
  status: number;
  /** How long the server asks to wait, in milliseconds. */
  retryAfterMs?: number;
}

/** The API answered with an error. Subclasses say which kind; `code` and `requestId` are the vendor's. */
export class ApiError extends ResponseError {
  static override readonly kind: string = "ApiError";
  override readonly status: number;
  /** The vendor's error code, `"ELB.8902"`, where the answer has one. */
  declare code?: string;
  /** How long the server asks to wait, in milliseconds. */
  declare retryAfterMs?: number;
  declare encodedAuthorizationMessage?: string;
  declare recommend?: string;

  constructor(details: ApiErrorDetails) {
    const { status, code, requestId, retryAfterMs, encodedAuthorizationMessage, recommend, operation } =
      details;
    const id = requestId ? ` (request id ${requestId})` : "";
    super(
      `${operation ? `${operation}: ` : ""}${[...new Set([String(status), code])].filter(Boolean).join(" ")}${details.message ? `: ${details.message}` : ""}${id}`,
      details,
    );
    this.status = status;
    if (code !== undefined) this.code = code;
    if (requestId !== undefined) this.requestId = requestId;
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs;
    if (encodedAuthorizationMessage !== undefined)
      this.encodedAuthorizationMessage = encodedAuthorizationMessage;
    if (recommend !== undefined) this.recommend = recommend;
  }
}

/** 400 and other refusals of the request as it is. */
export class BadRequestError extends ApiError {
  static override readonly kind: string = "BadRequestError";
}

/** 401, or a signature that the gateway does not accept. Never retried blindly: clouds lock keys after failures. */
export class AuthenticationError extends ApiError {
  static override readonly kind: string = "AuthenticationError";
}

/** 403: the credentials are good but may not do this. */
export class PermissionError extends ApiError {
  static override readonly kind: string = "PermissionError";
}

/** 404: the resource is not there. */
export class NotFoundError extends ApiError {
  static override readonly kind: string = "NotFoundError";
}

/** 404 of the gateway: there is no such API at this endpoint. Not the same as a resource that is not there. */
export class ApiNotFoundError extends ApiError {
  static override readonly kind: string = "ApiNotFoundError";
}

/** 409. */
export class ConflictError extends ApiError {
  static override readonly kind: string = "ConflictError";
}

/** Too many requests: 429, or the vendor's own way to say so. */
export class ThrottledError extends ApiError {
  static override readonly kind: string = "ThrottledError";
}

/** 5xx: the server failed. */
export class ServerError extends ApiError {
  static override readonly kind: string = "ServerError";
}

/** True for every error that the API itself answered with. Works across copies of this package. */
export const isApiError = (error: unknown): error is ApiError => error instanceof ApiError;

/** True for every error of this library. Works across copies of this package. */
export const isCloudError = (error: unknown): error is CloudError => error instanceof CloudError;

/**
 * Where a walk through pages stood when it failed: `pages({ from: error.position })` goes on. Plain JSON. If the list moved
 * meanwhile, so that items may have been passed over, lists by offset say so; in lists by page number nobody can tell.
 */
export interface Position {
  /** The page that failed: a cursor, an offset or a number. Undefined: the first one. */
  readonly from?: string | number | undefined;
  /** How many items this walk had handed out. Going on from the first page hands them out again. */
  readonly itemsYielded: number;
  /** Ids of items on that page that were handed out before: going on leaves them out. */
  readonly after?: readonly string[];
}

/** The pages of a list do not add up. */
export class PaginationError extends CloudError {
  static override readonly kind: string = "PaginationError";
}

/** The server names a page as the next one that it named before: following it would never end. */
export class PaginationLoopError extends PaginationError {
  static override readonly kind: string = "PaginationLoopError";
}

/** The list kept changing, or lacks items that the server counted: it cannot be shown to be complete. */
export class IncompletePaginationError extends PaginationError {
  static override readonly kind: string = "IncompletePaginationError";
  /** How many items the server says there are. */
  readonly expected: number;
  /** How many different items the last pass found. */
  readonly received: number;

  constructor(message: string, expected: number, received: number, details?: ErrorDetails) {
    super(message, details);
    this.expected = expected;
    this.received = received;
  }
}

/** Fields of a {@link JobError}. */
export interface JobErrorDetails extends ErrorDetails {
  status?: string;
  code?: string;
  progress?: JobProgress;
  rollbackFailed?: boolean;
}

/** Waiting for a job ended without success. `job` is the job as last seen. */
export class JobError extends CloudError {
  static override readonly kind: string = "JobError";
  /** The job as the server last described it. */
  readonly job: unknown;
  /** The service's own word for its status. */
  declare readonly status?: string;
  /** The service's error code for the job. */
  declare readonly code?: string;
  /** What the last poll saw: `wait(id, { from: error.progress })` goes on, here or in another process. */
  declare readonly progress?: JobProgress;

  constructor(message: string, job: unknown, details: JobErrorDetails = {}) {
    super(message, details);
    this.job = job;
    if (details.status !== undefined) this.status = details.status;
    if (details.code !== undefined) this.code = details.code;
    if (details.progress !== undefined) this.progress = details.progress;
  }
}

/** The job failed. */
export class JobFailedError extends JobError {
  static override readonly kind: string = "JobFailedError";
  /** What the job had begun could not be undone: the resource may be half changed. */
  readonly rollbackFailed: boolean;

  constructor(message: string, job: unknown, details?: JobErrorDetails) {
    super(message, job, details);
    this.rollbackFailed = details?.rollbackFailed ?? false;
  }
}

/** The job was cancelled. */
export class JobCancelledError extends JobError {
  static override readonly kind: string = "JobCancelledError";
}

/** The job waits for a person (an approval, a payment), and the caller asked not to wait for that. */
export class JobBlockedError extends JobError {
  static override readonly kind: string = "JobBlockedError";
}

/** There is no such job, even after the time in which a new job may still be invisible. */
export class JobNotFoundError extends JobError {
  static override readonly kind: string = "JobNotFoundError";
}

/** The job was there and is not any more. What became of it cannot be known. */
export class JobDisappearedError extends JobError {
  static override readonly kind: string = "JobDisappearedError";
}

/** The job did not end in time. It goes on at the server. */
export class WaitTimeoutError extends JobError {
  static override readonly kind: string = "WaitTimeoutError";
  /** How often each status was seen. */
  readonly statuses: Readonly<Record<string, number>>;

  constructor(
    message: string,
    job: unknown,
    statuses: Readonly<Record<string, number>>,
    details?: JobErrorDetails,
  ) {
    super(message, job, details);
    this.statuses = statuses;
  }
}
