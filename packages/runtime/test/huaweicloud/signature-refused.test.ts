/** What the error of a refused signature says. */

import { describe, expect, test } from "vitest";
import { AuthenticationError } from "../../src/errors.js";
import { ALIBABA_HOST, alibabaClient, HUAWEI_HOST, huaweiClient } from "../support/clients.js";
import { type Received, startCloud } from "../support/cloud.js";

const sts = { ak: "access-key", sk: "SECRET-KEY", securityToken: "SECURITY-TOKEN" };

/** The gateway's canonical request of what it received, with bars for line ends; `change` is how it sees it differently. */
function gateway(request: Received, change: (canonical: string) => string): string {
  const names = /SignedHeaders=([^,]+)/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  const [path = "", query = ""] = request.target.split("?");
  const headers = names
    .split(";")
    .map((name) => `${name}:${name === "host" ? request.host : request.headers[name]}`);
  const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  return change([request.method, `${path}/`, query, ...headers, "", names, empty].join("|"));
}

async function refusedByHuawei(change: (canonical: string) => string): Promise<string> {
  const cloud = await startCloud({
    [HUAWEI_HOST]: (request) => ({
      status: 401,
      body: {
        error_msg: `Incorrect IAM authentication information: verify aksk signature fail, canonicalRequest:${gateway(request, change)}`,
        error_code: "APIGW.0301",
        request_id: "5a63903e690bcd18d9ddf5c2ca75e827",
      },
    }),
  });
  const client = huaweiClient({ credentials: sts, projectId: "project", fetch: cloud.fetch });
  const error = await client
    .listThings({ query: { limit: 2, name: "a b" } })
    .catch((thrown: unknown) => thrown);
  if (!(error instanceof AuthenticationError)) throw error;
  expect(error).toMatchObject({
    code: "APIGW.0301",
    requestId: "5a63903e690bcd18d9ddf5c2ca75e827",
    attempts: 1,
  });
  expect(error.message).toContain(
    "401 APIGW.0301: Incorrect IAM authentication information: verify aksk signature fail. ",
  );
  expect(error.message).not.toMatch(/SECURITY-TOKEN|SECRET-KEY|canonicalRequest/);
  return error.message;
}

describe("Huawei Cloud's gateway sends its canonical request", () => {
  test.each([
    [
      "the same",
      (text: string) => text,
      "The server computed the same canonical request, so the secret key is not this access key's",
    ],
    [
      "another method",
      (text: string) => text.replace(/^GET/, "POST"),
      'method: the server has "POST", this client signed "GET"',
    ],
    [
      "another path",
      (text: string) => text.replace("/v3/project/things/", "/v3/project/things"),
      'path: the server has "/v3/project/things", this client signed "/v3/project/things/"',
    ],
    [
      "another query",
      (text: string) => text.replace("a%20b", "a+b"),
      'query: the server has "limit=2&name=a+b", this client signed "limit=2&name=a%20b"',
    ],
    [
      "another header",
      (text: string) => text.replace("x-project-id:project", "x-project-id:Project"),
      'header x-project-id: the server has "Project", this client signed "project"',
    ],
    [
      "a header less",
      (text: string) => text.replace("x-project-id:project|", ""),
      'header x-project-id: the server has nothing, this client signed "project"',
    ],
    [
      "another token",
      (text: string) => text.replace("SECURITY-TOKEN", "SECURITY-TOKEN-2"),
      "header x-security-token (its values are not shown)",
    ],
    [
      "another list of headers",
      (text: string) => text.replace("host;x-project-id", "x-project-id;host"),
      "signed headers: the server has",
    ],
    [
      "another body",
      (text: string) =>
        text.replace(/[0-9a-f]{64}$/, "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"),
      'body hash: the server has "44136fa3',
    ],
    [
      "two differences",
      (text: string) => text.replace(/^GET/, "PUT").replace("limit=2", "limit=3"),
      'method: the server has "PUT", this client signed "GET"; query: the server has "limit=3',
    ],
    ["nonsense", () => "", "The server computed another canonical request. It differs in "],
  ])("%s", async (_, change, expected) => expect(await refusedByHuawei(change)).toContain(expected));
});

describe("Alibaba Cloud sends its string to sign, and its canonical request", () => {
  const refused = async (message: (canonical: string) => string) => {
    const cloud = await startCloud({
      [ALIBABA_HOST]: (request) => {
        const names = /SignedHeaders=([^,]+)/.exec(request.headers.authorization ?? "")?.[1] ?? "";
        const headers = names
          .split(";")
          .map((name) => `${name}:${name === "host" ? request.host : request.headers[name]}`);
        const canonical = [
          request.method,
          "/",
          request.target.split("?")[1] ?? "",
          ...headers,
          "",
          names,
          request.headers["x-acs-content-sha256"],
        ].join("\n");
        return {
          status: 400,
          body: { Code: "SignatureDoesNotMatch", Message: message(canonical), RequestId: "r", HostId: "h" },
        };
      },
    });
    const credentials = { accessKeyId: "id", accessKeySecret: "SECRET-KEY", securityToken: "SECURITY-TOKEN" };
    const error = await alibabaClient({ credentials, fetch: cloud.fetch })
      .ListThings({ query: { limit: 2 } })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(String(error)).not.toMatch(/SECURITY-TOKEN|SECRET-KEY|[0-9a-f]{64}/);
    return String(error);
  };
  const hash = "f".repeat(64);
  const start = "Specified signature does not match our calculation.";

  test.each<[string, (canonical: string) => string, string]>([
    [
      "the same",
      (text) =>
        `${start} server StringToSign is [ACS3-HMAC-SHA256\n${hash}] server CanonicalRequest is [${text}]`,
      "calculation. The server computed the same canonical request",
    ],
    [
      "with written line ends",
      (text) =>
        `${start} server StringToSign is [ACS3-HMAC-SHA256\\n${hash}] server CanonicalRequest is [${text.replaceAll("\n", "\\n")}]`,
      "calculation. The server computed the same canonical request",
    ],
    [
      "another query",
      (text) => `${start} server CanonicalRequest is [${text.replace("limit=2", "limit=3")}]`,
      'query: the server has "limit=3", this client signed "limit=2"',
    ],
    [
      "the string to sign only",
      () => `${start} server string to sign is:ACS3-HMAC-SHA256\n${hash}`,
      "SignatureDoesNotMatch: Specified signature does not match our calculation",
    ],
  ])("%s", async (_, message, expected) => expect(await refused(message)).toContain(expected));
});
