/** Huawei Cloud and Alibaba Cloud as a local server, for tests. */

export type { AlibabaCloudAccount } from "./clouds/alibabacloud.js";
export type { HuaweiCloudAccount } from "./clouds/huaweicloud.js";
export type { JournalEntry } from "./journal.js";
export type { Outcome } from "./lifecycle.js";
export { type ControlledJob, type MockCloud, type MockCloudOptions, startMockCloud } from "./mock-cloud.js";
export type { NewJob } from "./mocked-service.js";
export type { Settings } from "./settings.js";
