/** What the typed clients need to talk to the server. */

import type { MockCloud } from "../../src/index.js";

export const REGION = "cn-north-4";

export const huawei = ({ endpoints, accounts: { huaweicloud } }: MockCloud, service: string) => ({
  region: REGION,
  endpoint: endpoints[service] ?? "",
  iamEndpoint: endpoints.iam ?? "",
  projectId: huaweicloud.projects[REGION] ?? "",
  credentials: { ak: huaweicloud.ak, sk: huaweicloud.sk },
});

export const alibaba = ({ endpoints, accounts: { alibabacloud } }: MockCloud, service: string) => ({
  region: "cn-hangzhou",
  endpoint: endpoints[service] ?? "",
  credentials: { accessKeyId: alibabacloud.accessKeyId, accessKeySecret: alibabacloud.accessKeySecret },
});
