/**
 * The descriptor of an operation, and the types of calling it. Types only: nothing here exists at run time.
 *
 * A descriptor holds those facts of a specification that code needs before, between and after requests. The
 * generator writes it as plain data; everything else about an operation is type, and comes from openapi-typescript.
 */

/** HTTP methods, in the lower case that OpenAPI uses. */
export type Method = "get" | "put" | "post" | "delete" | "options" | "head" | "patch";

/** A service: what its operations have in common. */
export interface Service {
  /** The cloud, as its folder in `specs/` is called: `"huaweicloud"`. */
  readonly cloud: string;
  /** The service, as its specification is called: `"elb"`. */
  readonly name: string;
  /** The service's own name for people: `"Elastic Load Balance"`. */
  readonly title: string;
  /** The API version as the vendor writes it: `"v3"`, `"2020-06-16"`. */
  readonly version: string;
  /** Alibaba Cloud's API style: where the action's name travels. */
  readonly style?: "RPC" | "ROA";
  /** Hosts. An entry with `regions` serves just those and is looked at first; one without serves every other region. */
  readonly servers: readonly Server[];
}

/** A host pattern. */
export interface Server {
  /** `https://` address; `{region}` stands for the client's region. */
  readonly url: string;
  /** The only regions that this address serves. */
  readonly regions?: readonly string[];
}

/** One operation: what the documentation says, as far as code must know it. */
export interface Operation {
  readonly method: Method;
  /** Path template, or `/Action` for an RPC action. */
  readonly path: string;
  /** Every documented query parameter, with the constraints that can be checked before sending. */
  readonly query?: Readonly<Record<string, Parameter>>;
  /** How a request body travels. Absent: the operation has none. */
  readonly body?: "json" | "form";
  /** Success has no body (204), or may have none, where one is documented as well. */
  readonly noContent?: true | "sometimes";
  /** How its list is paged (`x-pagination`). */
  readonly pages?: Pages;
  /** How its jobs are watched (`x-job`). */
  readonly job?: Job;
}

/** What a query parameter accepts. */
export interface Parameter {
  readonly type: "string" | "integer" | "number" | "boolean" | "array";
  readonly default?: string | number | boolean;
  /** The only accepted values. Lists that the vendor may extend are not here: they are types only. */
  readonly enum?: readonly (string | number)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  /** A time in milliseconds since 1970. */
  readonly unit?: "ms";
  /** Other query parameters that the documentation wants beside this one. */
  readonly requires?: readonly string[];
}

/** Where a list's items and its position stand. Response fields are dotted paths, request fields are query names. */
export type Pages = CursorPages | OffsetPages | NumberedPages;

interface AnyPages {
  /** Response: the array of items. */
  readonly items: string;
  /** What tells items apart: a dotted path within an item. Without it, a list that changes cannot be read again. */
  readonly id?: string;
  /** Query: how many items to return. */
  readonly limit?: string;
  /** Response: how many items there are in all. */
  readonly total?: string;
  /** Response: how many items this page holds. */
  readonly count?: string;
}

/** Each page names the next. */
export interface CursorPages extends AnyPages {
  readonly style: "cursor";
  /** Query: where to start. */
  readonly cursor: string;
  /** Response: the next page's cursor. */
  readonly next: string;
  /** Query: the boolean that walks backwards. */
  readonly reverse?: string;
  /** Response: the cursor when walking backwards. */
  readonly previous?: string;
}

/** Pages start at a row. */
export interface OffsetPages extends AnyPages {
  readonly style: "offset";
  /** Query: the first row. */
  readonly offset: string;
  /** What the first row is called; `"unknown"` where the documentation contradicts itself. Default 0. */
  readonly base?: 0 | 1 | "unknown";
}

/** Pages have numbers, from 1. */
export interface NumberedPages extends AnyPages {
  readonly style: "page";
  /** Query: the page's number. */
  readonly page: string;
}

/** What becomes of a job. `blocked`: it waits for a person. */
export type JobState = "pending" | "blocked" | "succeeded" | "failed" | "cancelled";

/** Where a job's facts stand in it; dotted paths within the job. */
export interface Job {
  /** How to ask for one job: `"query.job_id"`, `"path.job_id"`, `"query.JobIds[]"`. Absent: search the pages. */
  readonly find?: string;
  readonly id: string;
  readonly status: string;
  /** The service's own words for each state. */
  readonly states: Readonly<Partial<Record<JobState, readonly string[]>>>;
  /** Those of the words that tell of a rollback: of one under way if pending, of one that did not work if failed. */
  readonly rollback?: readonly string[];
  readonly type?: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly progress?: string;
  readonly error?: { readonly code?: string; readonly message?: string };
  readonly resource?: string;
  /** The job's sub-jobs. */
  readonly children?: string;
}

/** The descriptors of a service: one for each operation of its schema. */
export type Operations<Schema> = { readonly [Name in keyof Schema]: Operation };
