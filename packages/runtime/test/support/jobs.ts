/** What a server says of jobs. */

import { type Answers, json } from "./memory.js";

/** ELB shows a job in these statuses, one a poll; the last one stays. Undefined: it is not there. */
export const elbJob =
  (...statuses: (string | undefined | object)[]): Answers =>
  (_, n) => {
    const status = statuses[Math.min(n, statuses.length) - 1];
    const job = typeof status === "string" ? { status } : status;
    return json({ jobs: job ? [{ job_id: "j", ...job }] : [], page_info: {} });
  };

/** An error answer. */
export const refusal = (status: number, code: string) =>
  json({ error_code: code, error_msg: "no", request_id: "r-1" }, status);
