/** One state of the database for all that is looked up in a turn of the event loop. */
import type { Database, Statement } from 'better-sqlite3';

/**
 * A transaction of a connection that only reads. Look-ups of requests that came in together share it:
 * SQLite then takes and gives back its lock once instead of with each of them, and a call sees one
 * state throughout. It ends with the turn, and with each commit of this process, so that nobody misses
 * what was confirmed before the look-up came.
 */
export class Snapshot {
  private readonly beginning: Statement;
  private readonly ending: Statement;
  private open = false;

  constructor(private readonly database: Database) {
    this.beginning = database.prepare('BEGIN');
    this.ending = database.prepare('COMMIT');
  }

  /** Begins one if none is open. */
  begin(): void {
    if (this.open) return;
    this.beginning.run();
    this.open = true;
    setImmediate(() => this.end());
  }

  /** What is looked up from here on is looked up in the latest state. */
  end(): void {
    if (!this.open) return;
    this.open = false;
    // After some errors SQLite has ended it already.
    if (this.database.inTransaction) this.ending.run();
  }
}
