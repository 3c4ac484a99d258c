/** Binds descriptors to fetch. The only file that knows openapi-fetch. */

import createClient from "openapi-fetch";
import { type CallArguments, checkArguments, checkHeaders } from "./arguments.js";
import type { Exchange } from "./attempt.js";
import type { Client, PagesOptions, WaitOptions } from "./client.js";
import { CloudError, ValidationError } from "./errors.js";
import { createGate } from "./gate.js";
import type { Job, Operation, Operations, Service } from "./operation.js";
import type { LogEvent, ServiceOptions } from "./options.js";
import { type PagingMemory, walkItems, walkPages } from "./paginate.js";
import type { Provider } from "./provider.js";
import { checkQuery } from "./query.js";
import { fullBudget, type RetryPolicy, send } from "./retry.js";
import { fillPath, writeQuery } from "./url.js";
import { LONGEST_MS, whole } from "./whole.js";

/** What openapi-fetch makes its request of: everything that it is given, and nothing more. */
class PlainRequest {
  readonly url: string;
  declare method: string;
  declare headers: Headers;
  declare body: string | undefined;
  declare call: Pick<Exchange, "operation" | "name" | "signal" | "timeoutMs">;

  constructor(url: string, init: object) {
    Object.assign(this, init);
    this.url = url;
  }
}

/** Makes a client of a service's descriptors. */
export function createService<Schema, Descriptors extends Operations<Schema>, Filled extends string>(
  service: Service,
  operations: Descriptors,
  provider: Provider,
  options: ServiceOptions,
): Client<Schema, Descriptors, Filled> {
  const timeoutMs = whole("timeoutMs", options.timeoutMs ?? 30_000, 1, LONGEST_MS);
  const maxResponseBytes = whole("maxResponseBytes", options.maxResponseBytes ?? 32 * 2 ** 20);
  const now = options.now ?? Date.now;
  const random = options.random ?? Math.random;
  const fetch: typeof globalThis.fetch = (input, init) => (options.fetch ?? globalThis.fetch)(input, init);
  const { logger } = options;
  const policy: RetryPolicy = {
    maxAttempts: whole("maxAttempts", options.maxAttempts ?? 4),
    budget: fullBudget(),
    gate: createGate(whole("maxConcurrency", options.maxConcurrency ?? 50)),
    random,
    ...(logger && { log: logTo(logger) }),
  };

  const http = createClient({
    baseUrl: provider.baseUrl,
    Request: PlainRequest as unknown as typeof Request, // openapi-fetch only constructs it and hands it on
    pathSerializer: (path) => path, // filled and checked before: see `call`
    querySerializer: (query) => writeQuery(query, provider.flatten),
    fetch: async (input) => {
      const request = input as unknown as PlainRequest; // what openapi-fetch constructed just now
      const { length } = request.url;
      if (length > LONGEST_URL)
        throw new ValidationError(
          "query",
          `makes a URL of ${length} characters, and servers take ${LONGEST_URL}: ask for less at once`,
        );
      const { data, response } = await send(
        {
          ...request.call,
          provider,
          fetch,
          now,
          maxResponseBytes,
          request: {
            method: request.method,
            url: new URL(request.url),
            headers: Object.fromEntries(request.headers),
            ...(request.body !== undefined && { body: request.body }),
          },
        },
        policy,
      );
      // Read, parsed and checked already: `parseAs: "stream"` makes openapi-fetch hand `body` on untouched.
      return {
        ok: true,
        status: 200,
        headers: NO_HEADERS,
        body: data,
        url: response.url,
      } as unknown as Response;
    },
  });

  // openapi-fetch types requests by literal paths; here a path is data, and the types are ours.
  const request = http.request as unknown as (
    method: string,
    path: string,
    init: object,
  ) => Promise<{ data?: unknown }>;

  const bind = (key: string, operation: Operation) => {
    const name = `${service.name}.${key}`;
    const route = provider.route(operation);
    const inPath = [...route.path.matchAll(/\{([^{}]+)\}/g)].map(([, parameter = ""]) => parameter);
    const memory: PagingMemory = {};

    const callOnce = async (args: CallArguments): Promise<unknown> => {
      checkArguments(args, name);
      const { path = {}, query = {}, header = {}, body, signal } = args;
      const checkedQuery = checkQuery(query, operation, name);
      checkHeaders(header, name);
      const stray = Object.keys(path).find((parameter) => !inPath.includes(parameter));
      if (stray !== undefined)
        throw new ValidationError(`path.${stray}`, "is not in the path", { operation: name });
      const missing = inPath.filter((parameter) => path[parameter] === undefined);
      const filled = missing.length
        ? await provider.pathParameters(missing, { fetch, now, ...(signal && { signal }) })
        : {};
      const { data } = await request(operation.method, fillPath(route.path, { ...path, ...filled }, name), {
        params: { query: checkedQuery, header },
        headers: route.headers ?? {},
        parseAs: "stream",
        ...(body !== undefined && { body, bodySerializer: () => writeBody(body, operation, provider) }),
        ...(operation.body === "form" && {
          headers: { ...route.headers, "content-type": "application/x-www-form-urlencoded" },
        }),
        call: {
          operation,
          name,
          timeoutMs:
            args.timeoutMs === undefined ? timeoutMs : whole("timeoutMs", args.timeoutMs, 1, LONGEST_MS),
          ...(signal && { signal }),
        },
      });
      return data;
    };

    const call = (args: CallArguments = {}) => named(callOnce(args), name);

    const { pages, job } = operation;
    const waitAll = async (ids: readonly string[], args: CallArguments & WaitOptions, of: Job) => {
      const { waitForJobs } = await import("./wait.js"); // only who waits loads it
      return named(waitForJobs(call, operation, of, name, ids, { ...args }, memory, random), name);
    };
    const wait = async (id: string, args: CallArguments & WaitOptions, of: Job) => {
      const [result] = await waitAll([id], args, of);
      if (result?.status === "fulfilled") return result.value;
      throw result?.reason;
    };
    return Object.assign(call, {
      descriptor: operation,
      ...(pages && {
        pages: (args: CallArguments & PagesOptions = {}) =>
          walkPages(call, operation, pages, name, args, memory),
        items: (args: CallArguments & PagesOptions = {}) =>
          walkItems(call, operation, pages, name, args, memory),
      }),
      ...(job && {
        wait: (id: string, args: CallArguments & WaitOptions = {}) => wait(id, args, job),
        waitAll: (ids: readonly string[], args: CallArguments & WaitOptions = {}) =>
          pages ? waitAll(ids, args, job) : Promise.allSettled(ids.map((id) => wait(id, args, job))), // only one can be asked for at once
      }),
    });
  };

  // The descriptors' keys are the client's, and each value is bound as its descriptor says.
  return Object.fromEntries(
    Object.entries<Operation>(operations).map(([key, operation]) => [key, bind(key, operation)]),
  ) as Client<Schema, Descriptors, Filled>;
}

const NO_HEADERS = new Headers();

/** Gateways refuse longer ones, some of them without a word that says why. */
const LONGEST_URL = 32_768;

/** Says in an error which operation it ended. */
const named = <T>(promise: Promise<T>, operation: string): Promise<T> =>
  promise.catch((error: unknown) => {
    if (error instanceof CloudError) error.operation ??= operation;
    throw error;
  });

function writeBody(body: unknown, operation: Operation, provider: Provider): string {
  return operation.body === "form"
    ? writeQuery(body as Record<string, unknown>, provider.flatten)
    : JSON.stringify(body);
}

const logTo =
  (logger: (event: LogEvent) => void): NonNullable<RetryPolicy["log"]> =>
  ({ name, request }, attempt, outcome, durationMs) =>
    logger({
      operation: name,
      method: request.method,
      host: request.url.host,
      attempt,
      durationMs,
      ...("response" in outcome
        ? { status: outcome.response.status }
        : { error: outcome.name, ...("status" in outcome && { status: Number(outcome.status) }) }),
    });
