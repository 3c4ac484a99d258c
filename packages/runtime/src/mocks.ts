/** MSW handlers made of descriptors and of the specifications' documented examples. For tests. */

import { type DefaultBodyType, type HttpHandler, HttpResponse, http } from "msw";
import type { At, Body, Data, Element } from "./client.js";
import type { Json } from "./fields.js";
import { exampleFor } from "./mock-example.js";
import { createMatcher, type Matcher } from "./mock-match.js";
import { type PagedOptions, pageOf } from "./mock-pages.js";
import { errorBody, withMessage } from "./mock-refusal.js";
import { readQuery, refusalOf } from "./mock-request.js";
import type { Operation, Operations, Service } from "./operation.js";

export { at, isObject, type Json, withAt } from "./fields.js";
export { createMatcher, type Match, type Matcher } from "./mock-match.js";
export type { OffsetBehaviour, PagedOptions } from "./mock-pages.js";
export { readQuery } from "./mock-request.js";

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
  | (S extends { responses: infer R } ? Exclude<keyof R, "default" | SuccessOf<keyof R>> : never)
  | (number & {});

type SuccessOf<Status> = Status extends string | number
  ? `${Status}` extends `2${string}`
    ? Status
    : never
  : never;

/** Makes handlers for one operation, on any host. All of them refuse, with 400, requests that break the documented rules. */
export interface Mock<S> {
  /**
   * Answers with the documented success and this body, or with one made for each request; if that is undefined, the
   * request is left to the next handler. Default: the documented example, whose items are the whole list where a page
   * is asked for, and whose job has the id that is asked for; nothing where success has no body.
   */
  (body?: Data<S> | ((request: Request) => Data<S> | undefined | Promise<Data<S> | undefined>)): HttpHandler;
  /**
   * Answers with an error: its documented example, or this body. Where the status has no example, the cloud's common
   * error says what the status means.
   */
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
  return createAnyMocks(service, operations, examples as AnyExamples) as unknown as Mocks<
    Schema,
    Descriptors
  >;
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

type AnyExamples = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

/** Makes the {@link AnyMock} of each operation. */
export function createAnyMocks(
  service: Service,
  operations: Readonly<Record<string, Operation>>,
  examples: AnyExamples,
): Record<string, AnyMock> {
  // One for all of them: whether an operation is asked for depends on the others.
  const match = createMatcher(service, operations);
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      createMock(match, name, operation, examples[name] ?? {}),
    ]),
  );
}

function createMock(
  match: Matcher,
  name: string,
  operation: Operation,
  documented: Readonly<Record<string, unknown>>,
): AnyMock {
  const success =
    Object.keys(documented).find((status) => /^2\d\d$/.test(status)) ?? (operation.noContent ? "204" : "200");
  const example = documented[success];
  const answer = (
    respond: (request: Request, query: Record<string, unknown>) => Promise<Response | undefined> | Response,
  ) =>
    http.all(
      ({ request }) => match(request)?.name === name,
      ({ request }) => {
        const query = readQuery(request, operation);
        const refusal = refusalOf(query, operation);
        return refusal ? refuse(refusal) : respond(request, query);
      },
    );
  const succeed = (body: unknown): Response => json(body, Number(success));
  const refuse = (reason: string, status = 400) =>
    json(withMessage(documented[status] ?? documented.default ?? { message: "" }, reason), status);
  /** A body, or why there is none. */
  const reply = (body: Json | string): Response => (typeof body === "string" ? refuse(body) : succeed(body));

  const mock = (body?: unknown): HttpHandler =>
    answer(async (request, query) => {
      if (body === undefined) {
        const asked = exampleFor(query, match(request)?.path ?? {}, operation, example);
        return asked === undefined ? succeed(example) : reply(asked);
      }
      if (typeof body !== "function") return succeed(body);
      const made: unknown = await body(request);
      return made === undefined ? undefined : succeed(made);
    });
  const error = (
    status: number,
    body: unknown = errorBody(documented, status),
    headers?: Record<string, string>,
  ): HttpHandler => answer(() => json(body, status, headers));
  const paged = (
    items: readonly unknown[] | ((request: Request) => readonly unknown[]),
    options: PagedOptions | (() => PagedOptions) = {},
  ): HttpHandler =>
    answer((request, query) =>
      reply(
        pageOf(
          typeof items === "function" ? items(request) : items,
          query,
          operation,
          example,
          typeof options === "function" ? options() : options,
        ),
      ),
    );
  const refused = (status: number, reason: string): HttpHandler => answer(() => refuse(reason, status));
  return Object.assign(mock, { error, refused, ...(operation.pages && { paged }) });
}

/** JSON, as examples are; no body where there is none. */
const json = (body: unknown, status: number, headers: Record<string, string> = {}): Response =>
  body === undefined
    ? new HttpResponse(null, { status, headers })
    : HttpResponse.json(body as DefaultBodyType, { status, headers });
