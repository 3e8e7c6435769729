/**
 * One state of the database for all that is looked up in a turn of the event loop.
 * Decided: docs/decisions/turns.md
 */
import type { Database, Statement } from 'better-sqlite3';
import { atEndOfTurn } from '../../base/end-of-turn';

/**
 * A transaction of a connection that only reads. Look-ups of requests that came in together share it:
 * SQLite then takes and gives back its lock once instead of with each of them. It ends with the turn,
 * and with each commit of this process, so that no look-up misses a change that was confirmed before it
 * came.
 */
export class Snapshot {
  private readonly beginning: Statement;
  private readonly ending: Statement;
  /** Whether there was a look-up in this turn, since the last commit. */
  private isOpen = false;

  constructor(private readonly database: Database) {
    this.beginning = database.prepare('BEGIN');
    this.ending = database.prepare('COMMIT');
  }

  /** To be called before each look-up. */
  begin(): void {
    if (this.isOpen) return;
    this.beginning.run();
    this.isOpen = true;
    atEndOfTurn(() => this.end());
  }

  /** Look-ups from here on see the latest state. */
  end(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    // Not so after errors with which SQLite ends it by itself.
    if (this.database.inTransaction) this.ending.run();
  }
}
