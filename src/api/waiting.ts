/** Calls that wait for something to happen: few of each key and merchant, and not many together; none for longer than its client. */
import type { Time } from '../base/time';
import { ApiError } from '../rest/api-error';

/** The most calls that wait at once, of one key, of one merchant and of all. */
const MOST_OF_KEY = 20;
const MOST_OF_MERCHANT = 100;
const MOST = 500;

/** Whose a call is. */
export interface Waiter {
  readonly merchantId: number;
  /** The name of the key, or of the person. */
  readonly name: string;
}

/** How often a call that waits looks whether it has happened, in milliseconds: another process may have done it. */
const LOOK = 250;

/** The calls of a server that wait. */
export class Waiting {
  /** Those of all, of each merchant and of each key that has any. */
  private readonly counts = new Map<string, number>();

  constructor(private readonly time: Pick<Time, 'after' | 'elapsed'>) {}

  /**
   * Counts a call as waiting while `work` runs.
   * @throws ApiError 429 when too many wait
   */
  async *among<T>({ merchantId, name }: Waiter, work: AsyncIterable<T>): AsyncGenerator<T> {
    const limits = [
      ['', MOST],
      [String(merchantId), MOST_OF_MERCHANT],
      [`${merchantId} ${name}`, MOST_OF_KEY],
    ] as const;
    if (limits.some(([key, most]) => this.count(key) >= most)) throw tooManyWait();
    for (const [key] of limits) this.counts.set(key, this.count(key) + 1);
    try {
      yield* work;
    } finally {
      for (const [key] of limits) this.countDown(key);
    }
  }

  private count(key: string): number {
    return this.counts.get(key) ?? 0;
  }

  private countDown(key: string): void {
    const left = this.count(key) - 1;
    if (left > 0) this.counts.set(key, left);
    else this.counts.delete(key);
  }

  /**
   * Waits until something has happened.
   * @param limit milliseconds
   * @param ended the client is gone, or the server stops
   * @returns whether it has
   */
  async until(
    happened: () => Promise<boolean>,
    limit: number,
    ended: AbortSignal,
  ): Promise<boolean> {
    const from = this.time.elapsed();
    for (;;) {
      if (await happened()) return true;
      const left = from + limit - this.time.elapsed();
      if (left <= 0 || ended.aborted) return false;
      await this.pause(Math.min(left, LOOK), ended);
    }
  }

  private pause(milliseconds: number, ended: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        cancel();
        ended.removeEventListener('abort', done);
        resolve();
      };
      const cancel = this.time.after(milliseconds, done);
      ended.addEventListener('abort', done);
    });
  }
}

const tooManyWait = () =>
  new ApiError(
    429,
    `Too many calls wait already: ${MOST_OF_KEY} of one key may, ${MOST_OF_MERCHANT} of one merchant, ${MOST} together.`,
    {
      'Retry-After': '5',
    },
  );
