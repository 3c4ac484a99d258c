/** Remembers nonces for as long as a signature is good. */

/** Longer than a signature can be good: fifteen minutes either side of its date. */
const KEPT_MS = 30 * 60_000;

/** So many nonces are kept at most, so that a server under load stays as small as it is. */
const MOST = 100_000;

export class NonceMemory {
  #young = new Set<string>();
  #old: ReadonlySet<string> = new Set();
  #since = 0;

  /** Whether this one has not been seen yet. It has from now on. */
  isNew(nonce: string, now: number): boolean {
    if (this.#young.has(nonce) || this.#old.has(nonce)) return false;
    if (now - this.#since > KEPT_MS || this.#young.size >= MOST / 2) {
      this.#old = this.#young;
      this.#young = new Set();
      this.#since = now;
    }
    this.#young.add(nonce);
    return true;
  }
}
