/** What differs between clouds, as the rest of the server sees it. */

import type { Service } from "@typedcloud/runtime/operation";
import type { Answer, Refusal } from "../answer.js";
import type { Incoming } from "../incoming.js";

/** An access key: its secret, and the token that must come with it if it is temporary. */
export interface AccessKey {
  readonly secret: string;
  readonly securityToken?: string;
  /** Milliseconds since 1970. */
  readonly expiresAt?: number;
}

/** Who sent a request. */
export interface Caller {
  /** The access key, or the user of a token: for the journal. */
  readonly name: string;
  /** The only project that a token is good for. */
  readonly projectId?: string;
}

type Verdict = { readonly caller: Caller } | { readonly refusal: Refusal };

/** When a request is judged, and how far its date may be off. */
export interface Moment {
  /** The server's clock, milliseconds since 1970. */
  readonly now: number;
}

/** A service that gives out credentials or knows projects, which the cloud itself plays. */
export interface IdentityService {
  /** The path prefix that leads to it. */
  readonly name: string;
  /** Its host names. */
  readonly host: RegExp;
  /** Whether a request that names no service is for it. */
  recognizes(request: Incoming, path: string): boolean;
  answer(request: Incoming, path: string, moment: Moment): Answer | Refusal;
}

export interface Cloud {
  /** As its folder in `specs/` is called. */
  readonly name: string;
  readonly identity: readonly IdentityService[];
  /** What the clients in front of it are told: credentials, projects. */
  readonly account: object;
  /** Whether a request that leads nowhere was meant for this cloud. */
  recognizes(request: Incoming): boolean;
  /** Whether a request that matches one of a service's operations is for this version of the service. */
  speaks(request: Incoming, service: Service): boolean;
  /** Checks the signature or token. */
  authenticate(request: Incoming, moment: Moment): Verdict;
  /** May the caller have this? Asked with the values of the operation's path parameters. */
  authorize(caller: Caller, path: Readonly<Record<string, string>>): Refusal | undefined;
  /** A refusal in the cloud's envelope. */
  envelope(refusal: Refusal, requestId: string, host: string): Answer;
  /** The headers that come with every answer. */
  headers(requestId: string): Record<string, string>;
  /** The body's field that holds the request's id. */
  readonly requestIdField: string;
  newRequestId(): string;
  readonly refusals: {
    unknownApi(method: string, path: string): Refusal;
    throttled(random: number): Refusal;
    failed(status: number): Refusal;
    invalid(message: string): Refusal;
  };
}
