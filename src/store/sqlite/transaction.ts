/** The steps of transactions on the writing connection. */
import type { Database, Statement } from 'better-sqlite3';
import type { Time } from '../../base/time';
import { isLocked } from './errors';

/** The longest pause before the lock is tried again, in milliseconds; the first is 1. */
const MAX_PAUSE = 50;

/** Prepared once, for together they are run with every call. */
export class Transaction {
  private readonly beginWriting: Statement;
  private readonly beginReading: Statement;
  readonly commit: Statement;
  readonly rollback: Statement;
  readonly save: Statement;
  readonly release: Statement;
  readonly rollbackToSaved: Statement;

  constructor(
    database: Database,
    private readonly time: Pick<Time, 'elapsed' | 'after'>,
  ) {
    this.beginWriting = database.prepare('BEGIN IMMEDIATE');
    this.beginReading = database.prepare('BEGIN');
    this.commit = database.prepare('COMMIT');
    this.rollback = database.prepare('ROLLBACK');
    this.save = database.prepare('SAVEPOINT unit');
    this.release = database.prepare('RELEASE unit');
    this.rollbackToSaved = database.prepare('ROLLBACK TO unit');
  }

  /**
   * Takes the lock, waiting for another process until the deadline. A database that cannot be
   * written can still be read, so a unit starts all the same: refusals for other reasons
   * still happen, and the first write reports the error.
   */
  async begin(deadline: number): Promise<void> {
    for (let wait = 1; ; wait = Math.min(2 * wait, MAX_PAUSE)) {
      try {
        this.beginWriting.run();
        return;
      } catch (error) {
        if (!isLocked(error) || this.time.elapsed() >= deadline) break;
      }
      await new Promise<void>((resolve) => this.time.after(wait, resolve));
    }
    this.beginReading.run();
  }
}
