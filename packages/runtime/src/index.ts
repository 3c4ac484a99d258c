/** What applications touch, whatever the cloud: errors, jobs' times, and the types of clients. */

export type {
  BoundOperation,
  Call,
  ChildProgress,
  Client,
  JobProgress,
  Paged,
  PagesOptions,
  RequestOptions,
  Waitable,
  WaitOptions,
} from "./client.js";
export * from "./errors.js";
export type { JobState, Operation } from "./operation.js";
export type { LogEvent, ServiceOptions } from "./options.js";
export { parseJobTime } from "./times.js";
