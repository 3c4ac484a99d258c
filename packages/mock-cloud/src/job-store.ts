/** The jobs of one service: what became of them, and what will. Times are the server's, milliseconds since 1970. */

import type { Outcome } from "./lifecycle.js";

/** A job, whichever operation shows it. */
export interface JobRecord {
  readonly id: string;
  readonly startedAt: number;
  /** When it ends; later than any time if it waits for a person. */
  readonly endsAt: number;
  readonly outcome: Outcome;
  /** What is random about it, decided when it was made. */
  readonly seed: number;
  /** What the job does, in the service's word; otherwise as the seed decides. */
  readonly type?: string;
  /** Fields of the job that are to be just so, by dotted path. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

export class JobStore {
  /** Newest first. */
  #records: JobRecord[] = [];
  readonly #byId = new Map<string, JobRecord>();

  get all(): readonly JobRecord[] {
    return this.#records;
  }

  get(id: string): JobRecord | undefined {
    return this.#byId.get(id);
  }

  /** Adds a job at the head of the list. */
  add(record: JobRecord): void {
    if (this.#byId.has(record.id)) throw new Error(`there is a job ${record.id} already`);
    this.#records.unshift(record);
    this.#byId.set(record.id, record);
  }

  /** Adds the jobs that were there before the server was, newest first. */
  fill(records: readonly JobRecord[]): void {
    this.#records = [...this.#records, ...records];
    for (const record of records) this.#byId.set(record.id, record);
  }

  replace(record: JobRecord): void {
    this.#records[this.#records.findIndex(({ id }) => id === record.id)] = record;
    this.#byId.set(record.id, record);
  }

  delete(id: string): boolean {
    this.#records = this.#records.filter((record) => record.id !== id);
    return this.#byId.delete(id);
  }

  clear(): void {
    this.#records = [];
    this.#byId.clear();
  }
}
