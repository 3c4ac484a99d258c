/** The vendors' own clients from npm, unmodified, against the server. */

import { createRequire } from "node:module";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type MockCloud, startMockCloud } from "../src/index.js";
import { REGION } from "./support/options.js";

// CommonJS, whose named exports Node does not always find.
const require = createRequire(import.meta.url);
const { default: AlbClient, ListAsynJobsRequest } =
  require("@alicloud/alb20200616") as typeof import("@alicloud/alb20200616");
const { $OpenApiUtil } = require("@alicloud/openapi-core") as typeof import("@alicloud/openapi-core");
const { BasicCredentials } =
  require("@huaweicloud/huaweicloud-sdk-core") as typeof import("@huaweicloud/huaweicloud-sdk-core");
const { ClientBuilder } =
  require("@huaweicloud/huaweicloud-sdk-core/ClientBuilder") as typeof import("@huaweicloud/huaweicloud-sdk-core/ClientBuilder.js");

let cloud: MockCloud;
beforeAll(async () => {
  cloud = await startMockCloud({ jobs: 250 });
  return () => cloud.close();
});
afterEach(() => cloud.reset());

describe("@alicloud/alb20200616", () => {
  const client = (
    accessKeySecret = cloud.accounts.alibabacloud.accessKeySecret,
    accessKeyId = cloud.accounts.alibabacloud.accessKeyId,
  ) =>
    new AlbClient(
      new $OpenApiUtil.Config({
        accessKeyId,
        accessKeySecret,
        // It takes no path: the server finds the service by the action and its version.
        endpoint: new URL(cloud.url).host,
        protocol: "http",
      }),
    );

  test("listAsynJobs pages through everything", async () => {
    const alb = client();
    const ids: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const { body } = await alb.listAsynJobs(
        new ListAsynJobsRequest({ maxResults: 100, ...(nextToken !== undefined && { nextToken }) }),
      );
      ids.push(...(body?.jobs ?? []).map(({ id }) => id));
      nextToken = body?.nextToken;
    } while (nextToken);
    expect(ids).toEqual(cloud.jobs.list("alb").map(({ id }) => id));
  });

  test("listAsynJobs filters: numbered lists, a list of resources, text that needs encoding", async () => {
    const [first, second] = cloud.jobs.list("alb").map(({ job }) => job);
    const ask = async (query: object) =>
      (await client().listAsynJobs(new ListAsynJobsRequest(query))).body?.jobs?.map(({ id }) => id);
    expect(await ask({ jobIds: [first?.Id, second?.Id] })).toEqual([first?.Id, second?.Id]);
    const ofResource = cloud.jobs.list("alb").filter(({ job }) => job.ResourceId === first?.ResourceId);
    expect(await ask({ resourceIds: [first?.ResourceId], maxResults: 100 })).toEqual(
      ofResource.map(({ id }) => id),
    );
    expect(await ask({ apiName: "一 (&=?!#%.*)+~'" })).toEqual([]);
  });

  test.each([
    ["a wrong secret", () => client("wrong"), 400, "SignatureDoesNotMatch"],
    ["an unknown key", () => client("wrong", "LTAI0000000000000000"), 404, "InvalidAccessKeyId.NotFound"],
  ] as const)("%s", async (_, make, status, code) => {
    const error: unknown = await make()
      .listAsynJobs(new ListAsynJobsRequest({}))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ statusCode: status, code: expect.stringContaining(code) });
  });
});

describe("@huaweicloud/huaweicloud-sdk-core", () => {
  const credential = (sk = cloud.accounts.huaweicloud.sk) => {
    const { ak, projects } = cloud.accounts.huaweicloud;
    return new BasicCredentials()
      .withAk(ak)
      .withSk(sk)
      .withProjectId(projects[REGION] ?? "");
  };
  /** Sends what a generated client of the vendor sends. */
  const send = (service: string, url: string, queryParams: object, made = credential()) =>
    new ClientBuilder((hcClient) => hcClient)
      .withCredential(made)
      .withEndpoint(cloud.endpoints[service] ?? "")
      .build()
      .sendRequest({
        url,
        method: "GET",
        contentType: "application/json",
        queryParams,
        pathParams: made.getPathParams(),
        headers: {},
        data: {},
      }) as Promise<{
      jobs: Record<string, unknown>[];
      total_count: number;
      page_info: { next_marker?: string };
    }>;

  test("a list with markers, to its end", async () => {
    const ids: unknown[] = [];
    let marker: string | undefined;
    do {
      const page = await send("elb", "/v3/{project_id}/elb/jobs", { limit: 60, ...(marker && { marker }) });
      ids.push(...page.jobs.map(({ job_id }) => job_id));
      marker = page.page_info.next_marker;
    } while (marker);
    expect(ids).toEqual(cloud.jobs.list("elb").map(({ id }) => id));
  });

  test("a list with offsets, to its end", async () => {
    const ids: unknown[] = [];
    for (let offset = 0; offset < 250; offset += 100)
      ids.push(
        ...(await send("swr", "/v2/{project_id}/jobs", { offset, limit: 100 })).jobs.map(({ id }) => id),
      );
    expect(ids).toEqual(cloud.jobs.list("swr").map(({ id }) => id));
  });

  test("values that need encoding, in the query", async () => {
    const page = await send("gaussdb", "/v3/{project_id}/immediate-jobs", {
      start_time: "2025-12-01T00:00:00+0100",
      job_name: "a+b c/ü(*)'!~",
    });
    expect(page).toMatchObject({ jobs: [], total_count: 0 });
  });

  test("derived keys (V11-HMAC-SHA256)", async () => {
    const derived = credential();
    derived.processDerivedAuthParams("elb", REGION);
    derived.derivedPredicate = () => true;
    const page = await send("elb", "/v3/{project_id}/elb/jobs", { limit: 5 }, derived);
    expect(page.jobs).toHaveLength(5);
    expect(cloud.requests.at(-1)).toMatchObject({ status: 200, caller: cloud.accounts.huaweicloud.ak });
  });

  test("the project of a region, from IAM", async () => {
    const { ak, sk, projects } = cloud.accounts.huaweicloud;
    const made = new BasicCredentials()
      .withAk(ak)
      .withSk(sk)
      .withIamEndpoint(cloud.endpoints.iam ?? "");
    const hcClient = new ClientBuilder((client) => client)
      .withCredential(made)
      .withRegion({ id: "cn-east-3", endpoints: [cloud.endpoints.elb ?? ""] } as never)
      .build();
    await hcClient.sendRequest({
      url: "/v3/{project_id}/elb/jobs",
      method: "GET",
      queryParams: { limit: 1 },
      pathParams: { project_id: projects["cn-east-3"] },
      contentType: "application/json",
      headers: {},
    });
    expect(cloud.requests.map(({ target }) => target)).toContain("/iam/v3/projects?name=cn-east-3");
    expect(cloud.requests.at(-1)?.status).toBe(200);
  });

  test("a wrong secret", async () => {
    vi.spyOn(process.stdout, "write").mockReturnValue(true); // it logs the whole exchange
    const error: unknown = await send("elb", "/v3/{project_id}/elb/jobs", {}, credential("wrong")).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({
      httpStatusCode: 401,
      errorCode: "APIGW.0301",
      errorMsg: expect.stringContaining("verify aksk signature fail, canonicalRequest:GET|"),
    });
  });
});
