/**
 * Runs units of work. Those of one merchant run one after another, on however many servers: each transaction begins with
 * the merchant's lock, and units that wait at the same moment share one. Those of other merchants
 * go on beside them. Decided: docs/decisions/postgres-units.md
 */
import type { Spent } from '../../base/spent';
import { QueuedUnit } from '../queued-unit';
import {
  Attempt,
  type AttemptOptions,
  type Job,
  MAX_BATCH,
  Unguarded,
  type Unknown,
} from './attempt';
import { commitError } from './commit-error';
import { isTransient } from './errors';
import type { Transaction } from './transaction';

/** The pauses before a transaction is begun again, in milliseconds: the first, and the longest. */
const FIRST_PAUSE = 5;
const MAX_PAUSE = 250;

/** How long the outcome of a commit is looked for, in milliseconds. */
const OUTCOME_WAIT = 30_000;

export interface UnitQueueOptions extends AttemptOptions {
  /** How long a unit may wait until its transaction begins, in milliseconds. */
  readonly wait: number;
}

/** The units of all merchants. */
export class UnitQueue {
  private readonly lanes = new Map<number, Lane>();

  constructor(private readonly options: UnitQueueOptions) {}

  /**
   * Queues a unit; fulfils after the commit that makes it durable. It may be run more than once, and is kept once.
   * @param spent gets its times
   */
  run<T>(
    merchantId: number,
    work: (transaction: Transaction) => Promise<T>,
    spent?: Spent,
  ): Promise<T> {
    let lane = this.lanes.get(merchantId);
    if (!lane) {
      lane = new Lane(merchantId, this.options, () => this.lanes.delete(merchantId));
      this.lanes.set(merchantId, lane);
    }
    return lane.run(work, spent);
  }

  /** How many units wait for those under way. @param merchantId of that merchant; default: of all */
  waiting(merchantId?: number): number {
    if (merchantId !== undefined) return this.lanes.get(merchantId)?.waiting ?? 0;
    let all = 0;
    for (const lane of this.lanes.values()) all += lane.waiting;
    return all;
  }

  /** Fulfils when no unit is waiting or under way. */
  async idle(): Promise<void> {
    while (this.lanes.size > 0) {
      await Promise.all([...this.lanes.values()].map((lane) => lane.idle()));
    }
  }
}

/** The units of one merchant. */
class Lane {
  private readonly jobs: Job[] = [];
  private draining: Promise<void> | undefined;

  constructor(
    private readonly merchantId: number,
    private readonly options: UnitQueueOptions,
    private readonly onEmpty: () => void,
  ) {}

  get waiting(): number {
    return this.jobs.length;
  }

  run<T>(work: (transaction: Transaction) => Promise<T>, spent: Spent | undefined): Promise<T> {
    const result = new Promise<unknown>((resolve, reject) => {
      this.jobs.push(new QueuedUnit(work, this.options.time, spent, resolve, reject));
    });
    // After the poll phase: whatever requests came in with this one are then waiting, too.
    this.draining ??= new Promise((resolve) => {
      setImmediate(() => void this.drain().then(resolve));
    });
    return result as Promise<T>;
  }

  idle(): Promise<void> {
    return this.draining ?? Promise.resolve();
  }

  private async drain(): Promise<void> {
    while (this.jobs.length > 0) await this.runBatch(this.jobs.splice(0, MAX_BATCH));
    this.draining = undefined;
    this.onEmpty();
  }

  /** Runs units until their transaction is committed or they are refused; again where it failed because of others. */
  private async runBatch(jobs: Job[]): Promise<void> {
    const { time, wait } = this.options;
    let unknown: Unknown | undefined;
    let guarded = false;
    let deadline = (jobs[0]?.since ?? 0) + wait;
    for (let pause = FIRST_PAUSE; jobs.length > 0; pause = Math.min(2 * pause, MAX_PAUSE)) {
      const attempt = new Attempt(this.merchantId, this.options, unknown, guarded);
      try {
        await attempt.run(jobs, this.jobs);
        return;
      } catch (error) {
        if (attempt.unknown && attempt.unknown !== unknown) {
          deadline = time.elapsed() + OUTCOME_WAIT;
        }
        unknown = attempt.unknown;
        if (error instanceof Unguarded) {
          guarded = true;
          continue;
        }
        if (!isTransient(error) || time.elapsed() >= deadline) {
          for (const job of jobs) job.reject(commitError(error, unknown !== undefined));
          return;
        }
      }
      await new Promise<void>((resolve) => time.after(pause, resolve));
    }
  }
}
