/** A unit of work on its way through a driver's queue, and the times of that. */
import type { Spent } from '../base/spent';
import type { Time } from '../base/time';

/** One unit. Whoever queued it gets its times before its outcome. */
export class QueuedUnit<Work> {
  /** When it was queued, by the clock that only counts. */
  readonly since: number;
  /** When it began last, and when it was done: it may be begun anew. */
  private begun: number | undefined;
  private worked: number | undefined;

  /**
   * @param spent gets its times; undefined: nothing does
   * @param onKept gets what it answered, once that is durable
   * @param onRefused gets why it isn't kept
   */
  constructor(
    readonly work: Work,
    private readonly time: Pick<Time, 'elapsed'>,
    private readonly spent: Spent | undefined,
    private readonly onKept: (value: unknown) => void,
    private readonly onRefused: (error: unknown) => void,
  ) {
    this.since = time.elapsed();
  }

  /** To be called before it works. */
  begin(): void {
    if (!this.spent) return;
    this.begun = this.time.elapsed();
    this.worked = undefined;
  }

  /** To be called when it has done its work, or failed: also before it could begin. */
  end(): void {
    if (this.begun !== undefined) this.worked = this.time.elapsed();
  }

  /** It is durable. */
  resolve(value: unknown): void {
    this.note();
    this.onKept(value);
  }

  /** It is not kept. */
  reject(error: unknown): void {
    this.note();
    this.onRefused(error);
  }

  private note(): void {
    const { spent } = this;
    if (!spent) return;
    const now = this.time.elapsed();
    const { since, begun = now, worked = now } = this;
    spent.queue += begun - since;
    spent.work += worked - begun;
    spent.commit += now - worked;
  }
}
