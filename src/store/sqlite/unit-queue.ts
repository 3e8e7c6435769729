/**
 * Runs units of work one after another, and commits together those that are waiting: one fsync
 * makes many durable. Each unit has a savepoint, so one that fails is rolled back alone.
 * Decided: docs/decisions/commits.md
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database, Statement } from 'better-sqlite3';
import type { Spent } from '../../base/spent';
import { type Cancel, SYSTEM_TIME, type Time } from '../../base/time';
import type { OnCommit } from '../observing';
import { QueuedUnit } from '../queued-unit';
import { CommitError, StoreError } from '../store-error';
import { toStoreError } from './errors';
import { guarded } from './guarded';
import { Transaction } from './transaction';
import { WaitingUnits } from './waiting-units';

/** A unit, and whose it is. */
class Job extends QueuedUnit<() => Promise<unknown>> {
  constructor(
    readonly owner: number,
    ...unit: ConstructorParameters<typeof QueuedUnit<() => Promise<unknown>>>
  ) {
    super(...unit);
  }
}

/** How a unit is queued. */
interface RunOptions {
  /** The merchant's row; default: it is nobody's. */
  readonly owner?: number;
  /** Whether it is one of many: others like it may follow. */
  readonly isOneOfMany?: boolean;
  /** Gets its times. */
  readonly spent?: Spent | undefined;
}

/** A bound on how long the first of a batch waits for the others. */
const MAX_BATCH = 256;

/** How long after its beginning a transaction of several units still waits a turn for others, in milliseconds. */
const GATHERING = 5;

/**
 * How long after its beginning a transaction takes no further unit, in milliseconds: whoever is to be in the next one waits
 * for it.
 */
const FULL = 30;

/** How long transactions go on without a turn of the event loop, in milliseconds. */
const TURN = 10;

/** How long a unit that may wait does so for others to be committed with, in milliseconds. */
const PATIENCE = 20;

/** How long after a unit others are expected, in milliseconds. */
const COMPANY = 100;

export interface UnitQueueOptions {
  /** How long a unit waits for another process's lock, in milliseconds; default: not at all. */
  readonly lockTimeout?: number;
  readonly time?: Pick<Time, 'elapsed' | 'after'>;
  /** Runs each commit, and gets how long its transaction was open, in milliseconds. */
  readonly aroundCommit?: (commit: () => void, open: number) => void;
  /** Lets the event loop turn while a transaction is open; default: nothing else goes on within one. */
  readonly turn?: (() => Promise<unknown>) | undefined;
  /** Called when a transaction has begun. */
  readonly onBegin?: () => void;
  /** Called before units are committed. */
  readonly beforeCommit?: () => void;
  /** Gets each commit. */
  readonly onCommit?: OnCommit | undefined;
  /** Called when a unit begins that is undone alone where it fails. */
  readonly onSaved?: () => void;
  /** Called when it was undone. */
  readonly onUndone?: () => void;
  /** Called when units that had done their work were rolled back with others. */
  readonly onLost?: () => void;
}

/**
 * The queue of one writing connection. Give that a busy_timeout of 0: SQLite would wait for another
 * process's lock by holding up the whole process, while the queue lets everything else go on.
 */
export class UnitQueue {
  private readonly waiting = new WaitingUnits<Job>();
  /** Those that wait for others to be committed with. */
  private readonly patient: Job[] = [];
  private stopPatience: Cancel | undefined;
  /** When there was last one of many, by the clock that only counts. */
  private lastSeen = -Infinity;
  private readonly alone: Array<() => void> = [];
  private draining: Promise<void> | undefined;
  private readonly time: Pick<Time, 'elapsed' | 'after'>;
  private readonly transaction: Transaction;

  constructor(
    private readonly database: Database,
    private readonly options: UnitQueueOptions = {},
  ) {
    this.time = options.time ?? SYSTEM_TIME;
    this.transaction = new Transaction(database, this.time);
  }

  /** Queues a unit; fulfils after the commit that makes it durable. */
  run<T>(
    work: () => Promise<T>,
    { owner = 0, isOneOfMany = false, spent }: RunOptions = {},
  ): Promise<T> {
    const result = new Promise<unknown>((resolve, reject) => {
      const job = new Job(owner, work, this.time, spent, resolve, reject);
      if (isOneOfMany) this.lastSeen = job.since;
      this.waiting.push(job);
    });
    // After the poll phase: whatever requests came in with this one are then waiting, too.
    this.startDraining();
    return result as Promise<T>;
  }

  /**
   * Queues a unit that nothing waits for: it is committed with others where such come often, after them, and
   * so costs them no commit. It waits for them a short time only.
   */
  runPatiently<T>(work: () => Promise<T>, owner = 0): Promise<T> {
    const result = new Promise<unknown>((resolve, reject) => {
      this.patient.push(new Job(owner, work, this.time, undefined, resolve, reject));
    });
    if (this.time.elapsed() - this.lastSeen >= COMPANY) this.startPatient();
    else this.stopPatience ??= this.time.after(PATIENCE, () => this.startPatient());
    return result as Promise<T>;
  }

  private startPatient(): void {
    for (const job of this.takePatient()) this.waiting.push(job);
    if (this.waiting.length > 0) this.startDraining();
  }

  private takePatient(): Job[] {
    this.stopPatience?.();
    this.stopPatience = undefined;
    return this.patient.splice(0);
  }

  private startDraining(): void {
    this.draining ??= new Promise((resolve) => {
      setImmediate(() => void this.drain().then(resolve));
    });
  }

  /** Runs what must be in no transaction, between those of units. */
  runAlone<T>(work: () => T): Promise<T> {
    return new Promise((resolve) => {
      this.alone.push(() => {
        this.options.beforeCommit?.();
        // What is thrown rejects it.
        resolve(new Promise<T>((done) => done(guarded(work))));
      });
      this.startDraining();
    });
  }

  /** Fulfils when no unit is waiting or under way. */
  async idle(): Promise<void> {
    this.startPatient();
    while (this.draining) await this.draining;
  }

  private async drain(): Promise<void> {
    let turned = this.time.elapsed();
    while (this.waiting.length + this.alone.length > 0) {
      for (const run of this.alone.splice(0)) run();
      if (this.waiting.length > 0) await this.runBatch(this.waiting.take(MAX_BATCH));
      if (this.time.elapsed() - turned < TURN) continue;
      await nextTurn();
      turned = this.time.elapsed();
    }
    this.draining = undefined;
  }

  /** Whether units are being run. */
  get isBusy(): boolean {
    return this.draining !== undefined;
  }

  /** How many units wait for the one under way. */
  get length(): number {
    return this.waiting.length;
  }

  /** Those of the transaction under way. */
  private batch: readonly Job[] = [];

  /** Whether others wait for the unit under way: for their turn, or for the commit. */
  get othersWait(): boolean {
    return this.waiting.length > 0 || this.batch.length > 1;
  }

  private async runBatch(first: readonly Job[]): Promise<void> {
    const batch = [...first];
    this.batch = batch;
    // Those that came later fail with the first: the lock has been held that long already.
    const deadline = (batch[0]?.since ?? 0) + (this.options.lockTimeout ?? 0);
    const started = this.time.elapsed();
    const gathered = started + GATHERING;
    let done: Array<() => void> = [];
    let pending: Job[] = [];
    // Asking SQLite with each unit whether it is in a transaction would take as long as a short statement.
    let begun = false;
    const fail = (error: unknown) => {
      for (const job of pending) job.reject(commitError(error));
      pending = [];
      done = [];
      this.options.onLost?.();
    };
    for (const [index, job] of batch.entries()) {
      if (index > 0 && this.time.elapsed() >= started + FULL) {
        this.waiting.putBack(batch.splice(index));
        break;
      }
      try {
        if (!begun) {
          await this.transaction.begin(deadline);
          begun = true;
          this.options.onBegin?.();
        }
        job.begin();
        // One alone is rolled back with the whole transaction.
        const value = await (batch.length === 1 ? job.work() : this.runSaved(job));
        job.end();
        pending.push(job);
        done.push(() => job.resolve(value));
        if (job === batch.at(-1)) {
          if (batch.length > 1 && this.time.elapsed() < gathered) await this.options.turn?.();
          this.lengthen(batch);
        }
      } catch (error) {
        job.end();
        job.reject(toStoreError(error));
        // On some errors SQLite rolls back all that had been done, not only this unit's part.
        begun = this.database.inTransaction;
        if (!begun) fail(error);
      }
    }
    try {
      // Where all were refused nothing is written: a commit would put pages on disk as they were.
      const end = done.length > 0 ? this.transaction.commit : this.transaction.rollback;
      this.options.beforeCommit?.();
      if (begun) this.end(end, done.length, started);
    } catch (error) {
      if (this.database.inTransaction) this.transaction.rollback.run();
      fail(error);
    }
    for (const resolve of done) resolve();
  }

  /** Adds what has come meanwhile to units that are all done, and last what waits for others. */
  private lengthen(batch: Job[]): void {
    const { length } = batch;
    batch.push(...this.waiting.take(MAX_BATCH - length));
    if (batch.length === length) batch.push(...this.takePatient());
  }

  /** Ends a transaction. @param units how many it keeps; 0: it is rolled back. @param begun when it began */
  private end(statement: Statement, units: number, begun: number): void {
    const { onCommit, aroundCommit = (commit) => commit() } = this.options;
    const started = this.time.elapsed();
    aroundCommit(() => statement.run(), started - begun);
    if (units > 0) onCommit?.({ units, duration: this.time.elapsed() - started });
  }

  private async runSaved(job: Job): Promise<unknown> {
    this.transaction.save.run();
    this.options.onSaved?.();
    try {
      const value = await job.work();
      this.transaction.release.run();
      return value;
    } catch (error) {
      if (this.database.inTransaction) {
        this.transaction.rollbackToSaved.run();
        this.transaction.release.run();
        this.options.onUndone?.();
      }
      throw error;
    }
  }
}

function commitError(error: unknown): CommitError {
  const cause = toStoreError(error);
  return cause instanceof StoreError
    ? new CommitError(cause.kind, cause.description, { cause: error })
    : new CommitError('failed', 'the changes before it could not be kept', { cause: error });
}
