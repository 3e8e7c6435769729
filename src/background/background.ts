/**
 * Runs the background's loops, one batch at a time, in the process that leads.
 * Decided: docs/decisions/work.md
 */
import type { Logger } from 'pino';
import type { Time } from '../base/time';
import type { Store } from '../store/store';
import { Leadership } from './leadership';
import type { Loop } from './loop';

/** How long it waits at most until it asks again what is due, in milliseconds. */
const POLL = 500;

/** The pauses after a batch that failed, in milliseconds: each is twice the one before. */
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;

/**
 * The least and the longest pause between two batches, in milliseconds. Within the longest, whatever waits for
 * the database's lock in another process tries again.
 */
const BREATH = 5;
const DEEP_BREATH = 50;

export interface BackgroundOptions {
  readonly loops: readonly Loop[];
  readonly store: Pick<Store, 'leases' | 'now'>;
  readonly time: Pick<Time, 'elapsed' | 'after'>;
  readonly logger: Logger;
  /** Names this process among all that share the database. */
  readonly holder: string;
}

/** The background of one process. */
export interface Background {
  /** Asks at once what is due: something may have been begun. */
  wake(): void;
  /** Whether this process leads. Where nothing is to be done, none need lead. */
  leads(): boolean;
  /** Finishes the batch under way, and begins no other. */
  stop(): Promise<void>;
}

/** Starts it; it runs until it is stopped. */
export function startBackground(options: BackgroundOptions): Background {
  const runner = new Runner(options);
  const ended = runner.run();
  return {
    wake: () => runner.wake(),
    leads: () => runner.leads,
    stop: async () => {
      runner.end();
      await ended;
    },
  };
}

/** A loop with its failures. */
interface Lane {
  readonly loop: Loop;
  /** The pause after the last failure; 0: it went well. */
  pause: number;
  /** Not before, by the clock that only counts. */
  notBefore: number;
}

class Runner {
  private readonly lanes: readonly Lane[];
  private readonly leadership: Leadership;
  private ending = false;
  private woken = false;
  private wakeUp: () => void = () => {};

  constructor(private readonly options: BackgroundOptions) {
    const { loops, store, time, holder } = options;
    this.lanes = loops.map((loop) => ({ loop, pause: 0, notBefore: -Infinity }));
    this.leadership = new Leadership(store.leases, time, holder);
  }

  async run(): Promise<void> {
    while (!this.ending) await this.sleep(await this.round());
    await this.supervised('release', () => this.leadership.release());
  }

  get leads(): boolean {
    return this.leadership.isHeld;
  }

  wake(): void {
    this.woken = true;
    this.wakeUp();
  }

  end(): void {
    this.ending = true;
    this.wake();
  }

  /** Each loop has its turn. @returns how long to wait until the next, in milliseconds */
  private async round(): Promise<number> {
    this.woken = false;
    let wait = POLL;
    for (const lane of this.lanes) {
      if (this.ending) return 0;
      wait = Math.min(wait, await this.turn(lane));
    }
    if (this.lanes.some(({ loop }) => loop.keepsLead?.())) {
      await this.supervised('lead', () => this.leadership.take());
    }
    return wait;
  }

  /** @returns how long the loop can wait for its next turn */
  private async turn(lane: Lane): Promise<number> {
    const { store, time, logger } = this.options;
    const started = time.elapsed();
    if (started < lane.notBefore) return lane.notBefore - started;
    try {
      const due = await lane.loop.due();
      const wait = due === undefined ? POLL : due - store.now();
      if (wait > 0) return wait;
      if (!(await this.leadership.take())) return POLL;
      const shared = await lane.loop.run();
      lane.pause = 0;
      if (shared === true) return 0;
      // As long as the batch took: units of work of other processes find the lock free half the time.
      return Math.min(Math.max(time.elapsed() - started, BREATH), DEEP_BREATH);
    } catch (error) {
      logger.error({ err: error, loop: lane.loop.name }, 'background');
      lane.pause = Math.min(Math.max(2 * lane.pause, FIRST_PAUSE), LONGEST_PAUSE);
      lane.notBefore = time.elapsed() + lane.pause;
      return lane.pause;
    }
  }

  private async supervised(loop: string, act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.options.logger.error({ err: error, loop }, 'background');
    }
  }

  private sleep(milliseconds: number): Promise<void> {
    if (this.ending || this.woken) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = this.options.time.after(milliseconds, resolve);
      this.wakeUp = () => {
        cancel();
        resolve();
      };
    });
  }
}
