/** Calls that wait for something that is done with one after another; bounded. */
import type { HeardCall } from './heard-call';

/** The most calls that wait, and their bytes. */
const MOST = 1000;
const MOST_BYTES = 64 * 2 ** 20;

/** In the order in which they were added. */
export class CallQueue {
  private calls = 0;
  private bytes = 0;
  private last: Promise<void> = Promise.resolve();

  /**
   * @param work done with each
   * @param onError gets what it throws
   */
  constructor(
    private readonly work: (call: HeardCall) => Promise<void>,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** @returns false where there is no room for it */
  add(call: HeardCall): boolean {
    const bytes = call.body.length + call.reply.length;
    if (this.calls >= MOST || this.bytes + bytes > MOST_BYTES) return false;
    this.calls += 1;
    this.bytes += bytes;
    this.last = this.last.then(async () => {
      await this.work(call).catch(this.onError);
      this.calls -= 1;
      this.bytes -= bytes;
    });
    return true;
  }

  /** Fulfils when all are done with. */
  end(): Promise<void> {
    return this.last;
  }
}
