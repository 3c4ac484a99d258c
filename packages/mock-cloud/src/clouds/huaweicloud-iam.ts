/** IAM, as far as clients ask it: tokens, projects, temporary access keys. */

import type { Answer, Refusal } from "../answer.js";
import type { Incoming } from "../incoming.js";
import { hex } from "../random.js";
import type { Moment } from "./cloud.js";
import type { HuaweiCloudAccount, IamState } from "./huaweicloud.js";

const DAY_MS = 24 * 60 * 60_000;

export function answerIam(
  request: Incoming,
  path: string,
  query: Readonly<Record<string, string>>,
  moment: Moment,
  state: IamState,
): Answer | Refusal {
  const asked = `${request.method} ${path.replace(/\/$/, "")}`;
  if (asked === "POST /v3/auth/tokens") return createToken(request, moment, state);
  if (asked === "POST /v3.0/OS-CREDENTIAL/securitytokens") return createAccessKey(request, moment, state);
  const verdict = state.authenticate(request, moment);
  if ("refusal" in verdict) return verdict.refusal;
  const { account } = state;
  switch (asked) {
    case "GET /v3/projects":
    case "GET /v3/auth/projects":
      return { status: 200, body: listProjects(account, query.name) };
    case "GET /v3/auth/domains":
      return {
        status: 200,
        body: { domains: [{ id: account.domainId, name: account.domainName, enabled: true }], links: {} },
      };
    case "GET /v3/regions":
      return {
        status: 200,
        body: { regions: Object.keys(account.projects).map((id) => ({ id, type: "public" })), links: {} },
      };
    default:
      return failed(404, "Not Found", `Could not find: ${path}`);
  }
}

const listProjects = ({ projects, domainId }: HuaweiCloudAccount, wanted: string | undefined): object => ({
  projects: Object.entries(projects)
    .filter(([name]) => wanted === undefined || name === wanted)
    .map(([name, id]) => ({
      id,
      name,
      domain_id: domainId,
      parent_id: domainId,
      is_domain: false,
      enabled: true,
      description: "",
      links: { self: `https://iam.myhuaweicloud.com/v3/projects/${id}` },
    })),
  links: { self: "https://iam.myhuaweicloud.com/v3/projects", previous: null, next: null },
});

/** What a body may hold, as deep as it is looked into. */
interface TokenRequest {
  auth?: {
    identity?: {
      methods?: string[];
      password?: { user?: { name?: string; password?: string; domain?: { name?: string } } };
      hw_ak_sk?: { access?: { key?: string }; secret?: { key?: string } };
      token?: { id?: string; duration_seconds?: number };
    };
    scope?: { project?: { id?: string; name?: string }; domain?: object };
  };
}

function createToken(
  request: Incoming,
  { now }: Moment,
  { account, keys, tokens, random }: IamState,
): Answer {
  const asked = read(request);
  const identity = asked?.auth?.identity;
  const user = identity?.password?.user;
  const access = identity?.hw_ak_sk;
  if (!identity?.methods || (!user && !access))
    return failed(400, "Bad Request", "Expecting to find valid JSON with auth.identity in the request body.");
  const isUser =
    user?.name === account.username &&
    user.password === account.password &&
    user.domain?.name === account.domainName;
  const key = keys.get(access?.access?.key ?? "");
  const isKey = key !== undefined && key.secret === access?.secret?.key;
  if (user ? !isUser : !isKey) return failed(401, "Unauthorized", "The username or password is wrong.");

  const wanted = asked?.auth?.scope?.project;
  const project = Object.entries(account.projects).find(
    ([name, id]) => id === wanted?.id || name === wanted?.name,
  );
  if (wanted && !project)
    return failed(401, "Unauthorized", "The request you have made requires authentication.");
  const id = `MIIF${hex(512, random)}`;
  const expiresAt = now + DAY_MS;
  tokens.set(id, { expiresAt, ...(project && { projectId: project[1] }) });
  return {
    status: 201,
    headers: { "x-subject-token": id },
    body: {
      token: {
        methods: identity.methods,
        issued_at: timestamp(now),
        expires_at: timestamp(expiresAt),
        user: {
          id: account.userId,
          name: account.username,
          domain: { id: account.domainId, name: account.domainName },
        },
        ...(project && {
          project: {
            id: project[1],
            name: project[0],
            domain: { id: account.domainId, name: account.domainName },
          },
        }),
        roles: [{ id: "0", name: "te_admin" }],
      },
    },
  };
}

function createAccessKey(request: Incoming, { now }: Moment, { keys, tokens, random }: IamState): Answer {
  const given = read(request)?.auth?.identity?.token;
  const token = tokens.get(given?.id ?? request.headers.get("x-auth-token") ?? "");
  if (!token || token.expiresAt <= now)
    return failed(401, "Unauthorized", "The request you have made requires authentication.");
  const expiresAt = now + (given?.duration_seconds ?? 900) * 1000;
  const credential = {
    access: `HST3${hex(16, random).toUpperCase()}`,
    secret: hex(40, random),
    securitytoken: hex(128, random),
    expires_at: timestamp(expiresAt),
  };
  keys.set(credential.access, {
    secret: credential.secret,
    securityToken: credential.securitytoken,
    expiresAt,
  });
  return { status: 201, body: { credential } };
}

/** IAM writes microseconds. */
const timestamp = (ms: number): string => new Date(ms).toISOString().replace("Z", "000Z");

function read({ body }: Incoming): TokenRequest | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString());
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** IAM's errors have another envelope than the gateway's. */
const failed = (code: number, title: string, message: string): Answer => ({
  status: code,
  body: { error: { code, message, title } },
});
