/** Servers that would take anything: what reaches them was not refused. */

import { json, type Memory, memory } from "./memory.js";

/** A call, or several, to such a server. */
export type Calls = (server: Memory) => Promise<unknown>;

/** A server on which every call would succeed. */
export const willing = (): Memory =>
  memory(({ url }) =>
    json(
      url.pathname.includes("/jobs/")
        ? { job_id: "j", status: "SUCCESS" }
        : { jobs: [], Jobs: [], total: 0, total_count: 0, TotalCount: 0 },
    ),
  );
