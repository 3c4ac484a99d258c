/** MSW handlers made of descriptors and of the specifications' documented examples. For tests. */

import { type DefaultBodyType, type HttpHandler, HttpResponse, http } from "msw";
import type { At, Body, Data, Element } from "./client.js";
import { type PagedOptions, pageOf } from "./mock-pages.js";
import { matches, readQuery, refusalOf } from "./mock-request.js";
import type { Operation, Operations, Service } from "./operation.js";

export { at, withAt } from "./fields.js";
export type { OffsetBehaviour, PagedOptions } from "./mock-pages.js";
export { matches } from "./mock-request.js";

/** The documented examples: for each operation, for each status (or `default`), a body. */
export type Examples<Schema> = { readonly [Name in keyof Schema]: ExamplesOf<Schema[Name]> };

type ExamplesOf<S> = S extends { responses: infer R }
  ? { readonly [Status in keyof R]?: Body<R[Status]> }
  : never;

/** The body that an operation documents for a status; the cloud's common error where it documents none. */
type BodyFor<S, Status> = S extends { responses: infer R }
  ? Status extends keyof R
    ? Body<R[Status]>
    : R extends { default: infer D }
      ? Body<D>
      : DefaultBodyType
  : never;

/** The error statuses that an operation documents, and any other number. */
type ErrorStatus<S> =
  | (S extends { responses: infer R } ? Exclude<keyof R, "default" | 200> : never)
  | (number & {});

/** Makes handlers for one operation, on any host. All of them refuse, with 400, requests that break the documented rules. */
export interface Mock<S> {
  /**
   * Answers 200 with this body, or with one made for each request; undefined leaves the request to the next handler.
   * Default: the documented example.
   */
  (body?: Data<S> | ((request: Request) => Data<S> | undefined | Promise<Data<S> | undefined>)): HttpHandler;
  /** Answers with an error: its documented example, or this body. */
  error<Status extends ErrorStatus<S>>(
    status: Status,
    body?: BodyFor<S, Status>,
    headers?: Record<string, string>,
  ): HttpHandler;
}

/** A {@link Mock} of an operation whose list has pages. */
export interface PagedMock<S, Items extends string> extends Mock<S> {
  /**
   * Serves these items page by page, by the service's own rules. Query parameters that are fields of an item filter.
   */
  paged(items: readonly Element<At<Data<S>, Items>>[], options?: PagedOptions): HttpHandler;
}

/** One {@link Mock} for each operation. */
export type Mocks<Schema, Descriptors extends Operations<Schema>> = {
  readonly [Name in keyof Descriptors]: Name extends keyof Schema
    ? Descriptors[Name] extends { pages: { items: infer Items extends string } }
      ? PagedMock<Schema[Name], Items>
      : Mock<Schema[Name]>
    : never;
};

/** Makes a service's mocks. */
export function createMocks<Schema, Descriptors extends Operations<Schema>>(
  service: Service,
  operations: Descriptors,
  examples: Examples<Schema>,
): Mocks<Schema, Descriptors> {
  // One mock for each descriptor, which are typed by the schema that the examples are typed by.
  return Object.fromEntries(
    Object.entries<Operation>(operations).map(([name, operation]) => [
      name,
      createMock(service, operation, examples[name as keyof Schema] as Readonly<Record<string, unknown>>),
    ]),
  ) as unknown as Mocks<Schema, Descriptors>;
}

/** A {@link Mock} of an operation that is only known as data: what it answers is not type-checked. */
export interface AnyMock {
  (body?: unknown): HttpHandler;
  error(status: number, body?: unknown, headers?: Record<string, string>): HttpHandler;
  /** Refuses every request with the documented error, whose message says why. */
  refused(status: number, reason: string): HttpHandler;
  /** Only where the operation's list has pages. Items and options may be looked up for each request. */
  paged?(
    items: readonly unknown[] | ((request: Request) => readonly unknown[]),
    options?: PagedOptions | (() => PagedOptions),
  ): HttpHandler;
}

/** Makes the {@link AnyMock} of an operation. */
export function createMock(
  service: Service,
  operation: Operation,
  documented: Readonly<Record<string, unknown>>,
): AnyMock {
  const success = Object.keys(documented).find((status) => /^2\d\d$/.test(status)) ?? "200";
  const example = documented[success];
  const answer = (
    respond: (request: Request, query: Record<string, unknown>) => Promise<Response | undefined> | Response,
  ) =>
    http.all(
      ({ request }) => matches(request, service, operation),
      ({ request }) => {
        const query = readQuery(request, operation);
        const refusal = refusalOf(query, operation);
        return refusal ? refuse(refusal) : respond(request, query);
      },
    );
  const refuse = (reason: string, status = 400) =>
    json(withMessage(documented[status] ?? documented.default ?? {}, reason), status);

  const mock = (body: unknown = example): HttpHandler =>
    answer(async (request) => {
      const made: unknown = typeof body === "function" ? await body(request) : body;
      return made === undefined ? undefined : json(made, Number(success));
    });
  const error = (
    status: number,
    body: unknown = documented[status] ?? documented.default ?? {},
    headers?: Record<string, string>,
  ): HttpHandler => answer(() => json(body, status, headers));
  const paged = (
    items: readonly unknown[] | ((request: Request) => readonly unknown[]),
    options: PagedOptions | (() => PagedOptions) = {},
  ): HttpHandler =>
    answer((request, query) => {
      const listed = typeof items === "function" ? items(request) : items;
      const page = pageOf(
        listed,
        query,
        operation,
        example,
        typeof options === "function" ? options() : options,
      );
      return typeof page === "string" ? refuse(page) : json(page, Number(success));
    });
  const refused = (status: number, reason: string): HttpHandler => answer(() => refuse(reason, status));
  return Object.assign(mock, { error, refused, ...(operation.pages && { paged }) });
}

const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  HttpResponse.json(body as DefaultBodyType, { status, headers }); // examples are JSON

/** The error example with its message, whatever the cloud calls that field, saying what is wrong with the request. */
function withMessage(example: object, reason: string): object {
  return Object.fromEntries(
    Object.entries(example).map(([name, value]) => [
      name,
      /^(error_?)?(msg|message)$/i.test(name) ? reason : value,
    ]),
  );
}
