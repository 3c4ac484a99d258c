/**
 * What load.ts and soak.ts measure with: the heap after collection, warnings, a server in a process of its own, and walks
 * that go on after a failure. For `node --expose-gc`.
 */

import { fork } from "node:child_process";
import { once } from "node:events";
import { isCloudError, type Position } from "@typedcloud/runtime";

export const MB = 2 ** 20;

/** The names of the warnings that Node has given so far. */
export const warnings: string[] = [];
process.on("warning", ({ name }) => warnings.push(name));

/** Bytes of what is still reachable. */
export function heap(): number {
  if (globalThis.gc === undefined) throw new Error("run it with node --expose-gc");
  // Twice: the first one may leave what finalizers have freed.
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** What load-server.ts has counted. */
export interface Figures {
  readonly requests: number;
  readonly logins: number;
  /** How many sockets were open at once. */
  readonly most: number;
  /** The token of this moment. */
  readonly token: string;
}

interface Served {
  readonly pages: number;
  readonly size: number;
  /** How many of the requests fail: 0.01. */
  readonly rate: number;
  /** Seconds after which tokens end. */
  readonly lifetime?: number;
}

export const SEED = 20_260_101;

/** Starts load-server.ts. */
export async function serve({ pages, size, rate, lifetime }: Served) {
  const args = [pages, size, rate, SEED, ...(lifetime === undefined ? [] : [lifetime])].map(String);
  const child = fork(new URL("load-server.ts", import.meta.url), args, { execArgv: [] });
  const [{ port }] = await once(child, "message");
  return {
    endpoint: `http://127.0.0.1:${port}`,
    /** Asks for the figures, and ends it. */
    async end(): Promise<Figures> {
      child.send("figures");
      const [figures] = await once(child, "message");
      child.kill();
      return figures;
    },
  };
}

/** Where in its list a job of load-server.ts stands: `a7-4999`. Of next to no memory, since the client's is measured. */
export const numberOf = ({ job_id }: { readonly job_id: string }): number =>
  Number(job_id.slice(job_id.indexOf("-") + 1));

/**
 * Walks to the end. A page that failed at each of its attempts ends a walk, and its error says where to go on.
 *
 * @returns how often it had to
 */
export async function resuming(walk: (from: Position | undefined) => Promise<void>): Promise<number> {
  let position: Position | undefined;
  for (let failures = 0; ; failures++) {
    try {
      await walk(position);
      return failures;
    } catch (error) {
      if (!isCloudError(error) || !error.position) throw error;
      ({ position } = error);
    }
  }
}
