/** Binds descriptors to fetch. The only file that knows openapi-fetch. */

import { createFinalURL, mergeHeaders } from "openapi-fetch";
import { throwIfAborted } from "./abort.js";
import { type CallArguments, checkHeaders, checkNames, takeArguments, takeIds } from "./arguments.js";
import type { Client, PagesOptions, WaitOptions } from "./client.js";
import { CloudError, ConfigError, ResponseError, ValidationError } from "./errors.js";
import { isObject } from "./fields.js";
import { createGate } from "./gate.js";
import type { Job, Operation, Operations, Pages, Service } from "./operation.js";
import type { LogEvent, ServiceOptions } from "./options.js";
import type { PagingMemory } from "./paginate.js";
import type { Provider } from "./provider.js";
import { checkQuery } from "./query.js";
import { fullBudget, type RetryPolicy, send } from "./retry.js";
import { fillPath, kindOf, writeQuery } from "./url.js";
import { LONGEST_MS, whole } from "./whole.js";

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
  for (const name of ["fetch", "logger", "now", "random"] as const) {
    if (options[name] !== undefined && typeof options[name] !== "function")
      throw new ConfigError(`${name} must be a function, not ${kindOf(options[name])}`);
  }
  const policy: RetryPolicy = {
    maxAttempts: whole("maxAttempts", options.maxAttempts ?? 4),
    budget: fullBudget(),
    gate: createGate(whole("maxConcurrency", options.maxConcurrency ?? 50)),
    random,
    ...(logger && { log: logTo(logger) }),
  };

  const bind = (key: string, operation: Operation) => {
    const name = `${service.name}.${key}`;
    const route = provider.route(operation, key);
    const inPath = [...route.path.matchAll(/\{([^{}]+)\}/g)].map(([, parameter = ""]) => parameter);
    const memory: PagingMemory = {};

    const callOnce = async (given: CallArguments): Promise<unknown> => {
      const args = takeArguments(given, name);
      checkNames(args, name);
      const { path = {}, query = {}, header = {}, body, signal } = args;
      const checkedQuery = checkQuery(query, operation, name);
      const headers = checkHeaders(header, name);
      const stray = Object.keys(path).find((parameter) => !inPath.includes(parameter));
      if (stray !== undefined)
        throw new ValidationError(`path.${stray}`, "is not in the path", { operation: name });
      if (body !== undefined && operation.body === undefined)
        throw new ValidationError("body", "is not taken: the operation has none", { operation: name });
      const sent = body === undefined ? undefined : writeBody(body, operation, provider, name); // as it is now
      throwIfAborted(signal, name);
      const missing = inPath.filter((parameter) => path[parameter] === undefined);
      const filled = missing.length
        ? await provider.pathParameters(missing, { fetch, now, ...(signal && { signal }) })
        : {};
      const url = createFinalURL(fillPath(route.path, { ...path, ...filled }, name), {
        baseUrl: provider.baseUrl,
        params: { query: checkedQuery },
        querySerializer: (query) => writeQuery(query, provider.flatten, name),
        pathSerializer: (path) => path, // filled above, where every value is checked
      });
      if (url.length > LONGEST_URL)
        throw new ValidationError(
          "query",
          `makes a URL of ${url.length} characters, and servers take ${LONGEST_URL}: ask for less at once`,
          { operation: name },
        );
      const contentType = body !== undefined && operation.body ? CONTENT_TYPES[operation.body] : undefined;
      const { data } = await send(
        {
          operation,
          name,
          provider,
          fetch,
          now,
          maxResponseBytes,
          timeoutMs:
            args.timeoutMs === undefined ? timeoutMs : whole("timeoutMs", args.timeoutMs, 1, LONGEST_MS),
          ...(signal && { signal }),
          request: {
            method: operation.method.toUpperCase(),
            url: new URL(url),
            headers: Object.fromEntries(
              mergeHeaders({ "content-type": contentType }, route.headers, headers),
            ),
            ...(sent !== undefined && { body: sent }),
          },
        },
        policy,
      );
      return data;
    };

    const call = (args: CallArguments = {}) => named(callOnce(args), name);

    const { pages, job } = operation;
    const waitAll = async (ids: readonly string[], args: CallArguments & WaitOptions, of: Job) => {
      const own = takeArguments(args, name);
      const taken = takeIds(ids, name);
      const { waitForJobs } = await import("./wait.js"); // only who waits loads it
      return named(waitForJobs(call, operation, of, name, taken, own, memory, random), name);
    };
    const wait = async (id: string, args: CallArguments & WaitOptions, of: Job) => {
      const [result] = await waitAll([id], args, of);
      if (result?.status === "fulfilled") return result.value;
      throw result?.reason;
    };
    // The arguments are taken when it is called, not when its first page is asked for.
    async function* walk(by: "walkPages" | "walkItems", args: CallArguments & PagesOptions, of: Pages) {
      const walks = await import("./paginate.js");
      yield* walks[by](call, operation, of, name, args, memory);
    }
    return Object.assign(call, {
      descriptor: operation,
      ...(pages && {
        pages: (args: CallArguments & PagesOptions = {}) =>
          walk("walkPages", takeArguments(args, name), pages),
        items: (args: CallArguments & PagesOptions = {}) =>
          walk("walkItems", takeArguments(args, name), pages),
      }),
      ...(job && {
        wait: (id: string, args: CallArguments & WaitOptions = {}) => wait(id, args, job),
        waitAll: (ids: readonly string[], args: CallArguments & WaitOptions = {}) => waitAll(ids, args, job),
      }),
    });
  };

  // The descriptors' keys are the client's, and each value is bound as its descriptor says.
  return Object.fromEntries(
    Object.entries<Operation>(operations).map(([key, operation]) => [key, bind(key, operation)]),
  ) as Client<Schema, Descriptors, Filled>;
}

const CONTENT_TYPES = { json: "application/json", form: "application/x-www-form-urlencoded" } as const;

/** Gateways refuse longer ones, some of them without a word that says why. */
const LONGEST_URL = 32_768;

/** Says in an error which operation it ended. */
const named = <T>(promise: Promise<T>, operation: string): Promise<T> =>
  promise.catch((error: unknown) => {
    if (error instanceof CloudError) error.operation ??= operation;
    throw error;
  });

function writeBody(body: unknown, operation: Operation, provider: Provider, name: string): string {
  const refuse = (why: string) => new ValidationError("body", why, { operation: name });
  if (operation.body === "form") {
    if (!isObject(body)) throw refuse(`must be an object, not ${kindOf(body)}`);
    return writeQuery(body, provider.flatten, name, "body");
  }
  let text: string | undefined;
  try {
    text = JSON.stringify(body);
  } catch {
    throw refuse("cannot be written as JSON: it holds a bigint, perhaps, or itself");
  }
  if (text === undefined) throw refuse(`cannot be written as JSON: it is ${kindOf(body)}`);
  return text;
}

const logTo =
  (logger: (event: LogEvent) => void): NonNullable<RetryPolicy["log"]> =>
  ({ name, request, provider }, attempt, outcome, durationMs) => {
    const isError = outcome instanceof CloudError;
    const refused = outcome instanceof ResponseError ? outcome : undefined;
    const status = isError ? refused?.status : outcome.response.status;
    const requestId = isError ? refused?.requestId : provider.requestId(outcome.response.headers);
    try {
      const logged: unknown = logger({
        operation: name,
        method: request.method,
        host: request.url.host,
        attempt,
        durationMs,
        ...(status !== undefined && { status }),
        ...(requestId !== undefined && { requestId: provider.redact(requestId, request) }),
        ...(isError && { error: outcome.name }),
      });
      if (logged instanceof Promise) logged.catch(() => {});
    } catch {
      // A call that succeeded does not fail because nobody could write that down.
    }
  };
