/** The messages of one merchant while its clock is moved on: tried at each moment at which they fall due. */
import type { Time } from '../base/time';
import type { Owner, Post, Tried } from './post';

/** The most attempts that one answer lists. */
export const MOST_ATTEMPTS = 10_000;

/**
 * How long a step of a clock waits for receivers, in milliseconds by the machine; attempts under way are finished. What
 * is left the background tries.
 */
const PATIENCE = 30_000;

/** What was tried in a step. */
export interface Delivered {
  /** In their order. */
  readonly attempts: readonly Tried[];
  readonly total: number;
  /** Whether all that fell due was tried. */
  readonly complete: boolean;
}

/** Of a merchant without endpoints. */
export const NOTHING_TRIED: Delivered = { attempts: [], total: 0, complete: true };

export class Delivering implements Delivered {
  readonly attempts: Tried[] = [];
  total = 0;
  complete = true;
  private readonly until: number;

  constructor(
    private readonly post: Post,
    private readonly owner: Owner,
    private readonly time: Pick<Time, 'elapsed'>,
  ) {
    this.until = time.elapsed() + PATIENCE;
  }

  /** The moment of the clock at which something is to be tried next; Infinity: nothing is in sight. */
  next(): Promise<number> {
    return this.complete ? this.post.nextOf(this.owner) : Promise.resolve(Infinity);
  }

  /** Tries what is due. @param now what the clock shows */
  async tryDue(now: number): Promise<void> {
    if (!this.complete) return;
    const take = (tried: Tried) => {
      this.total += 1;
      if (this.attempts.length < MOST_ATTEMPTS) this.attempts.push(tried);
    };
    await this.post.tryDue(this.owner, take, () => this.time.elapsed() >= this.until);
    this.complete = (await this.post.nextOf(this.owner)) > now;
  }
}
