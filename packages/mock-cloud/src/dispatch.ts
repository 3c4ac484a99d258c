/** From a request to its answer: route, faults, authentication, validation, the mocks, validation of what they say. */

import { at, type Match, readQuery } from "@typedcloud/runtime/mocks";
import type { Operation } from "@typedcloud/runtime/operation";
import { getResponse, type HttpHandler } from "msw";
import type { Answer, Refusal } from "./answer.js";
import type { Caller, Cloud } from "./clouds/cloud.js";
import type { Incoming } from "./incoming.js";
import { type Journal, withoutSecrets } from "./journal.js";
import type { MockedService } from "./mocked-service.js";
import type { Random } from "./random.js";
import type { Route, Router } from "./route.js";
import type { Schemas } from "./schemas.js";
import type { Settings } from "./settings.js";

export interface Dispatch {
  readonly router: Router;
  readonly journal: Journal;
  /** Handlers that answer before ours. */
  readonly overrides: readonly HttpHandler[];
  readonly random: Random;
  settings(): Readonly<Settings>;
  /** The server's clock. */
  now(): number;
}

/** What a request came to, for the journal. */
interface Trace {
  service?: string;
  operation?: string;
  caller?: string;
  code?: string;
  mistake?: string;
}

/** The answer, or `"reset"` where the connection is to be cut. */
export async function dispatch(incoming: Incoming, server: Dispatch): Promise<Answer | "reset"> {
  const began = performance.now();
  const at = new Date(server.now());
  const trace: Trace = {};
  const route = server.router(incoming, toRequest(incoming, incoming.path));
  const { cloud } = route;
  const requestId = cloud.newRequestId();

  const made = await answer(incoming, route, trace, server);
  const result = made === "reset" ? made : finish(made, cloud, requestId, incoming.host, at, trace);
  server.journal.add({
    requestId,
    at: at.toISOString(),
    method: incoming.method,
    host: incoming.host,
    target: incoming.target,
    headers: withoutSecrets(incoming),
    ...trace,
    status: result === "reset" ? 0 : result.status,
    durationMs: Math.round((performance.now() - began) * 10) / 10,
  });
  return result;
}

const isRefusal = (made: Answer | Refusal): made is Refusal => "code" in made;

function finish(
  made: Answer | Refusal,
  cloud: Cloud,
  requestId: string,
  host: string,
  at: Date,
  trace: Trace,
): Answer {
  if (isRefusal(made)) trace.code = made.code;
  const { status, headers, body } = isRefusal(made) ? cloud.envelope(made, requestId, host) : made;
  const field = cloud.requestIdField;
  const hasId = typeof body === "object" && body !== null && Object.hasOwn(body, field);
  return {
    status,
    headers: {
      "content-type": typeof body === "string" ? "text/plain" : "application/json",
      ...cloud.headers(requestId),
      ...headers,
      date: at.toUTCString(),
    },
    body: hasId ? { ...body, [field]: requestId } : body,
  };
}

async function answer(
  incoming: Incoming,
  { cloud, identity, service, name, path }: Route,
  trace: Trace,
  server: Dispatch,
): Promise<Answer | Refusal | "reset"> {
  const { random } = server;
  const settings = server.settings();
  const moment = { now: server.now() };
  await pause(settings.latencyMs, random);
  if (random() < settings.resetRate) return "reset";
  if (name !== undefined) trace.service = name;
  if (identity) return fault(cloud, settings, random) ?? identity.answer(incoming, path, moment);
  const request = toRequest(incoming, path);
  const match = service && cloud.speaks(incoming, service.data.service) ? service.match(request) : undefined;
  if (!service || !match) return cloud.refusals.unknownApi(incoming.method, incoming.path);
  trace.operation = match.name;

  const verdict = cloud.authenticate(incoming, moment);
  if ("refusal" in verdict) return verdict.refusal;
  trace.caller = verdict.caller.name;
  return (
    fault(cloud, settings, random) ??
    refusal(incoming, request, cloud, verdict.caller, service, match) ??
    (await mocked(request, cloud, service, match, trace, server))
  );
}

function fault(
  cloud: Cloud,
  { throttleRate, failureRate, failureStatuses }: Readonly<Settings>,
  random: Random,
) {
  if (random() < throttleRate) return cloud.refusals.throttled(random());
  if (random() < failureRate)
    return cloud.refusals.failed(failureStatuses[Math.floor(random() * failureStatuses.length)] ?? 500);
  return undefined;
}

/** What the mocks do not look at: the path's values, what is required, members of lists, JSON bodies. */
function refusal(
  { body, headers }: Incoming,
  request: Request,
  cloud: Cloud,
  caller: Caller,
  { schemas, data }: MockedService,
  { operation, path: values, name }: Match,
): Refusal | Answer | undefined {
  const { path, method } = operation;
  const query = readQuery(request, operation);
  const missing = schemas.missing(path, method, query);
  const problem =
    schemas.problemWithPath(path, method, values) ??
    (missing === undefined ? undefined : `${missing} is required`) ??
    schemas.problemWithLists(path, method, query) ??
    problemWithBody(body, headers, operation, schemas);
  if (problem !== undefined) {
    const documented = data.examples[name]?.["400"];
    return documented === undefined ? cloud.refusals.invalid(problem) : { status: 400, body: documented };
  }
  return cloud.authorize(caller, values);
}

function problemWithBody(
  body: Uint8Array,
  headers: Incoming["headers"],
  { path, method, body: kind }: Operation,
  schemas: Schemas,
): string | undefined {
  if (body.length === 0) return schemas.needsBody(path, method) ? "the body is required" : undefined;
  if (kind !== "json") return undefined;
  if (!/json/i.test(headers.get("content-type") ?? "")) return "the body must be application/json";
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(body).toString());
  } catch {
    return "the body is not JSON";
  }
  return schemas.problemWithBody(path, method, json);
}

async function mocked(
  request: Request,
  cloud: Cloud,
  service: MockedService,
  match: Match,
  trace: Trace,
  { overrides }: Dispatch,
): Promise<Answer | Refusal> {
  const overridden = overrides.length ? await getResponse([...overrides], request) : undefined;
  // What a test has put there may be as wrong as the test likes.
  if (overridden) return { ...(await toAnswer(overridden)), headers: headersOf(overridden) };

  const { path, method } = match.operation;
  const response = await getResponse([...service.handlers(match)], request);
  if (!response) return cloud.refusals.unknownApi(request.method, path);
  const made = await toAnswer(response);
  // A refusal that the page does not show has the cloud's own envelope.
  if (made.status >= 400 && !service.schemas.documents(path, method, made.status))
    return { ...cloud.refusals.invalid(String(at(made.body, "message"))), status: made.status };
  const problem = service.schemas.problemWithAnswer(path, method, made.status, made.body);
  if (problem === undefined) return made;
  trace.mistake = problem;
  return {
    status: 500,
    code: "MockCloud.Mistake",
    message: `the answer would not be as the specification says: ${problem}`,
  };
}

/** What the mocks read. Its URL need not be that of the wire. */
function toRequest({ method, query, headers, body }: Incoming, path: string): Request {
  const url = new URL("http://mock-cloud");
  url.pathname = path;
  url.search = query;
  const sent = new Headers();
  for (const [name, value] of headers)
    if (!/^(host|connection|content-length|transfer-encoding)$/.test(name)) sent.set(name, value);
  const hasBody = body.length > 0 && method !== "GET" && method !== "HEAD";
  return new Request(url, { method, headers: sent, ...(hasBody && { body }) });
}

async function toAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  if (text === "") return { status: response.status };
  const isJson = /json/i.test(response.headers.get("content-type") ?? "");
  return { status: response.status, body: isJson ? JSON.parse(text) : text };
}

const headersOf = ({ headers }: Response): Record<string, string> => Object.fromEntries(headers);

function pause(latency: Settings["latencyMs"], random: Random): Promise<void> | undefined {
  const [least, most] = typeof latency === "number" ? [latency, latency] : latency;
  const ms = least + random() * (most - least);
  return ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : undefined;
}
