/** The requests that were received, and what became of them. Credentials are not kept. */

import type { Incoming } from "./incoming.js";

/** One request. */
export interface JournalEntry {
  readonly requestId: string;
  /** When it came: ISO 8601. */
  readonly at: string;
  readonly method: string;
  readonly host: string;
  /** Path and query, raw. */
  readonly target: string;
  /** Without the values of credentials. */
  readonly headers: Readonly<Record<string, string>>;
  readonly service?: string;
  readonly operation?: string;
  /** Whose signature or token it had. */
  readonly caller?: string;
  /** The answer's status; 0 where the connection was reset. */
  readonly status: number;
  /** The vendor's code, if it was refused. */
  readonly code?: string;
  /** What our own answer has that the specification does not allow. */
  readonly mistake?: string;
  readonly durationMs: number;
}

const SECRET = /authorization|token|secret|password|cookie/i;

export class Journal {
  readonly #size: number;
  #entries: JournalEntry[] = [];
  #received = 0;

  constructor(size: number) {
    this.#size = size;
  }

  /** The latest requests, oldest first. */
  get entries(): readonly JournalEntry[] {
    return this.#entries.slice(-this.#size);
  }

  /** How many there were in all. */
  get received(): number {
    return this.#received;
  }

  add(entry: JournalEntry): void {
    this.#received++;
    this.#entries.push(entry);
    if (this.#entries.length >= 2 * this.#size) this.#entries = this.#entries.slice(-this.#size);
  }

  clear(): void {
    this.#entries = [];
    this.#received = 0;
  }
}

/** Headers as they may be shown to anybody. */
export const withoutSecrets = ({ headers }: Incoming): Record<string, string> =>
  Object.fromEntries([...headers].map(([name, value]) => [name, SECRET.test(name) ? "…" : value]));
