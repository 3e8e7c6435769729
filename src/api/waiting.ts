/** Calls that wait for something to happen: few of each key and not many together, none for longer than its client. */
import type { Time } from '../base/time';
import { ApiError } from '../rest/api-error';

/** The most calls that wait at once, of one key and of all. */
const MOST_OF_KEY = 20;
const MOST = 500;

/** How often a call that waits looks whether it has happened, in milliseconds: another process may have done it. */
const LOOK = 250;

/** The calls of a server that wait. */
export class Waiting {
  private all = 0;
  private readonly byKey = new Map<string, number>();

  constructor(private readonly time: Pick<Time, 'after' | 'elapsed'>) {}

  /**
   * Counts a call as waiting while `work` runs.
   * @param key whose it is
   * @throws ApiError 429 when too many wait
   */
  async *among<T>(key: string, work: AsyncIterable<T>): AsyncGenerator<T> {
    const own = this.byKey.get(key) ?? 0;
    if (own >= MOST_OF_KEY || this.all >= MOST) throw tooManyWait();
    this.byKey.set(key, own + 1);
    this.all += 1;
    try {
      yield* work;
    } finally {
      this.all -= 1;
      const left = (this.byKey.get(key) ?? 1) - 1;
      if (left === 0) this.byKey.delete(key);
      else this.byKey.set(key, left);
    }
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
    `Too many calls wait already: ${MOST_OF_KEY} of one key may, ${MOST} together.`,
    {
      'Retry-After': '5',
    },
  );
