/**
 * One request a turn of the event loop. Node accepts one connection a turn: where every turn answers all who are
 * connected already, those who are not wait for half a minute.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];

  /** Resolves when it is the caller's turn: in the order of the calls. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#waiting.push(resolve) === 1) setImmediate(this.#go);
    });
  }

  readonly #go = (): void => {
    this.#waiting.shift()?.();
    if (this.#waiting.length) setImmediate(this.#go);
  };
}
