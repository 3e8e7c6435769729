/** One attempt to run units of a merchant in a transaction, and to commit it. */
import type { Time } from '../../base/time';
import type { OnCommit } from '../observing';
import type { QueuedUnit } from '../queued-unit';
import { StoreError } from '../store-error';
import { commitError } from './commit-error';
import type { Connection } from './connection';
import { isLost, isTransient } from './errors';
import { MERCHANT_LOCK } from './locks';
import { type Moments, type MomentStatements, prepareMoments } from './moments';
import { Outcomes } from './outcomes';
import type { Connections } from './pool';
import type { Query } from './query';
import { type Statements, Transaction } from './transaction';

/** How many units one transaction takes at most. */
export const MAX_BATCH = 256;

/** A unit of work, as the queue knows it. */
export type Job = QueuedUnit<(transaction: Transaction) => Promise<unknown>>;

/** What became of a unit, if its transaction is kept. */
type Result = { readonly value: unknown } | { readonly error: unknown };

/** A transaction whose commit was not answered, and what became of its units if it was kept. */
export interface Unknown {
  readonly batch: number;
  readonly results: readonly Result[];
}

export interface AttemptOptions {
  readonly connections: Connections;
  readonly time: Pick<Time, 'elapsed' | 'after'>;
  readonly moments: Moments;
  readonly onCommit: OnCommit | undefined;
  /** Names this process among those that share the database. */
  readonly server: string;
  /** The number of a new transaction of this process. */
  readonly nextBatch: () => number;
  /** Prepares what units ask and change, once for each connection. */
  readonly prepare: (connection: Connection) => Statements;
}

/** What a connection is asked beside the units' own statements, prepared once. */
interface Steps {
  readonly lock: Query<unknown>;
  readonly moments: MomentStatements;
  readonly outcomes: Outcomes;
  readonly statements: Statements;
}

const STEPS = new WeakMap<Connection, Steps>();

/** A unit failed after it had written something, and there was no savepoint to go back to. */
export class Unguarded extends Error {
  override name = 'Unguarded';
}

export class Attempt {
  /** The moment of the last unit that wrote something; undefined: none did. */
  private lastWritten: number | undefined;

  /**
   * @param unknown a former attempt whose outcome is not known; undefined: there is none
   * @param guarded whether each unit begins with a savepoint: that is only needed where one fails after it has written
   *   something, which is rare, and costs two statements and a transaction's number for each
   */
  constructor(
    private readonly merchantId: number,
    private readonly options: AttemptOptions,
    public unknown: Unknown | undefined,
    private readonly guarded: boolean,
  ) {}

  /**
   * Runs units, and settles each when the transaction is committed.
   * @param jobs gets more from `waiting` while it runs, and loses those that a former attempt has kept
   * @throws StoreError when the transaction was not committed, or that is not known: then `unknown` says so
   * @throws Unguarded where it is to be run again with savepoints
   */
  async run(jobs: Job[], waiting: Job[]): Promise<void> {
    const connection = await this.options.connections.acquire();
    let broken = true;
    try {
      const transaction = await this.begin(connection);
      await this.settleUnknown(jobs, connection);
      const results = await this.runUnits(transaction, jobs, waiting);
      await this.end(transaction, results);
      broken = false;
      results.forEach((result, index) => settle(jobs[index], result));
    } catch (error) {
      broken = isLost(error) || !(await connection.rollback());
      this.options.moments.forgetMerchant(this.merchantId);
      this.stepsOf(connection).statements.reads.cursors.clear();
      throw error;
    } finally {
      connection.release(broken);
    }
  }

  private stepsOf(connection: Connection): Steps {
    const known = STEPS.get(connection);
    if (known) return known;
    const { prepare, server } = this.options;
    const steps: Steps = {
      lock: connection.prepare(`SELECT pg_advisory_xact_lock(${MERCHANT_LOCK}, ?)`),
      moments: prepareMoments(connection.prepare),
      outcomes: new Outcomes(connection, server),
      statements: prepare(connection),
    };
    STEPS.set(connection, steps);
    return steps;
  }

  private async begin(connection: Connection): Promise<Transaction> {
    const { merchantId } = this;
    const { moments, time } = this.options;
    const steps = this.stepsOf(connection);
    connection.failure = undefined;
    const asked = time.elapsed();
    // Sent together, answered in their order. The lock is a statement of its own: what is asked next sees all that was
    // committed before it was had.
    const [, , begun] = await Promise.all([
      connection.begin(),
      steps.lock.get(merchantId),
      steps.moments.begun.get(merchantId),
    ]);
    if (!begun) throw new StoreError('failed', 'the database did not answer');
    moments.setClock(begun.clock, asked);
    const dating = await moments.begin(merchantId, begun, steps.moments);
    return new Transaction(
      merchantId,
      connection,
      steps.statements,
      moments,
      dating,
      begun.sequence,
    );
  }

  /** Looks up whether the former attempt was kept: its units are then done. */
  private async settleUnknown(jobs: Job[], connection: Connection): Promise<void> {
    const { unknown } = this;
    if (!unknown) return;
    const kept = await this.stepsOf(connection).outcomes.isKept(this.merchantId, unknown.batch);
    this.unknown = undefined;
    if (!kept) return;
    const done = jobs.splice(0, unknown.results.length);
    unknown.results.forEach((result, index) => settle(done[index], result));
  }

  private async runUnits(transaction: Transaction, jobs: Job[], waiting: Job[]): Promise<Result[]> {
    const results: Result[] = [];
    for (let index = 0; index < jobs.length; index += 1) {
      const alone = jobs.length === 1;
      const result = await this.runUnit(transaction, jobs[index] as Job, alone);
      results.push(result);
      // One alone is undone with the whole transaction.
      if (alone && 'error' in result) break;
      // What came while units were run is committed with them.
      if (index === jobs.length - 1) jobs.push(...waiting.splice(0, MAX_BATCH - jobs.length));
    }
    return results;
  }

  /**
   * @throws the failure of a statement, where the whole transaction is to be run again
   * @throws Unguarded
   */
  private async runUnit(transaction: Transaction, job: Job, alone: boolean): Promise<Result> {
    const { connection, sequence } = transaction;
    const { written } = connection;
    const guarded = this.guarded && !alone;
    connection.failure = undefined;
    transaction.date();
    if (guarded) transaction.send(connection.query('SAVEPOINT unit'));
    job.begin();
    const result = await resultOf(job.work(transaction));
    job.end();
    const unkept = await transaction.settle();
    // Whatever became of it in the unit's hands: after a statement that failed, nothing is kept.
    const { failure } = connection;
    if (failure === undefined && 'value' in result) {
      if (guarded) transaction.send(connection.query('RELEASE unit'));
      if (connection.written > written) this.lastWritten = transaction.moment.now;
      return result;
    }
    if (isTransient(failure)) throw failure as Error;
    const clean = failure === undefined && connection.written === written;
    if (!guarded && !alone && !clean) throw new Unguarded();
    transaction.sequence = sequence;
    transaction.statements.reads.cursors.clear();
    if (guarded) await connection.query('ROLLBACK TO unit; RELEASE unit');
    if (unkept !== undefined) return { error: commitError(unkept) };
    return 'error' in result ? result : { error: commitError(failure) };
  }

  private async end(transaction: Transaction, results: readonly Result[]): Promise<void> {
    const { connection, dating, sequence } = transaction;
    const { merchantId, lastWritten } = this;
    const { moments, nextBatch, onCommit, time } = this.options;
    const unkept = await transaction.settle();
    if (unkept !== undefined) throw unkept;
    if (lastWritten === undefined) {
      await connection.query('ROLLBACK');
    } else {
      const batch = nextBatch();
      const asked = time.elapsed();
      const { outcomes } = this.stepsOf(connection);
      try {
        await Promise.all([outcomes.note(merchantId, batch, moments.now()), connection.commit()]);
      } catch (error) {
        if (isTransient(error)) this.unknown = { batch, results };
        throw error;
      }
      const units = results.filter((result) => 'value' in result).length;
      onCommit?.({ units, duration: time.elapsed() - asked });
    }
    moments.end(merchantId, sequence, dating.due, lastWritten);
  }
}

async function resultOf(work: Promise<unknown>): Promise<Result> {
  try {
    return { value: await work };
  } catch (error) {
    return { error };
  }
}

function settle(job: Job | undefined, result: Result): void {
  if ('error' in result) job?.reject(result.error);
  else job?.resolve(result.value);
}
