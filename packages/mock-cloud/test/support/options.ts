/** What the typed clients need to talk to the server. */

import type { MockCloud } from "../../src/index.js";

export const REGION = "cn-north-4";

export const huawei = ({ endpoint, accounts: { huaweicloud } }: MockCloud, service: string) => ({
  region: REGION,
  endpoint: endpoint(service),
  iamEndpoint: endpoint("iam"),
  projectId: huaweicloud.projects[REGION],
  credentials: { ak: huaweicloud.ak, sk: huaweicloud.sk },
});

export const alibaba = ({ endpoint, accounts: { alibabacloud } }: MockCloud, service: string) => ({
  region: "cn-hangzhou",
  endpoint: endpoint(service),
  credentials: { accessKeyId: alibabacloud.accessKeyId, accessKeySecret: alibabacloud.accessKeySecret },
});
