/**
 * A lane for work that takes threads which others wait for, too: a few at a time, a bounded number
 * waiting.
 * Decided: docs/decisions/verification.md
 */

/** Thrown where as many wait as may. */
export class LaneFull extends Error {
  override name = 'LaneFull';
}

/** Runs work in the order of its owners' turns: one that brings much waits for itself. */
export class Lane {
  private running = 0;
  private waiting = 0;
  /** What waits, by owner; the first owner is the next. */
  private readonly queues = new Map<string, Array<() => void>>();

  /**
   * @param abreast how much is done at a time
   * @param mostWaiting how much may wait
   */
  constructor(
    private readonly abreast: number,
    private readonly mostWaiting: number,
  ) {}

  /** @throws LaneFull, and then the work is not done */
  async run<T>(owner: string, work: () => Promise<T>): Promise<T> {
    if (this.running === this.abreast) await this.turnOf(owner);
    else this.running += 1;
    try {
      return await work();
    } finally {
      this.next();
    }
  }

  private turnOf(owner: string): Promise<void> {
    if (this.waiting === this.mostWaiting) throw new LaneFull('too much is waiting');
    this.waiting += 1;
    return new Promise((resolve) => {
      const queue = this.queues.get(owner);
      if (queue) queue.push(resolve);
      else this.queues.set(owner, [resolve]);
    });
  }

  /** Hands the place on to what waits. */
  private next(): void {
    const [first] = this.queues;
    if (!first) {
      this.running -= 1;
      return;
    }
    const [owner, queue] = first;
    const start = queue.shift();
    this.queues.delete(owner);
    if (queue.length > 0) this.queues.set(owner, queue);
    this.waiting -= 1;
    start?.();
  }
}
