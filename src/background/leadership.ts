/** Whether this process leads: one of all that share a database acts in the background. */
import type { Time } from '../base/time';
import type { Leases } from '../store/leases';

const NAME = 'background';

/** How long a lead lasts without being kept, in milliseconds: others take over when it is over. */
export const LEASE = 3000;

/** After how long it is kept again, in milliseconds. */
const KEEP = 1000;

/**
 * The lead of one process. It is taken when there is something to do and kept while there is; idle
 * processes write nothing.
 */
export class Leadership {
  /** When it was taken or kept last, by the clock that only counts; undefined: it is not held. */
  private since: number | undefined;

  /** @param holder names this process among all */
  constructor(
    private readonly leases: Leases,
    private readonly time: Pick<Time, 'elapsed'>,
    private readonly holder: string,
  ) {}

  /** Takes the lead or keeps it. @returns whether this process has it */
  async take(): Promise<boolean> {
    const started = this.time.elapsed();
    if (this.since !== undefined && started - this.since < KEEP) return true;
    this.since = undefined;
    if (!(await this.leases.take(NAME, this.holder, LEASE))) return false;
    // From before it was asked for: it is never believed longer than it lasts.
    this.since = started;
    return true;
  }

  /** Whether this process has it, as far as it knows without asking. */
  get isHeld(): boolean {
    return this.since !== undefined && this.time.elapsed() - this.since < LEASE;
  }

  /** Gives it back, so that another process need not wait. */
  async release(): Promise<void> {
    if (this.since === undefined) return;
    this.since = undefined;
    await this.leases.release(NAME, this.holder);
  }
}
