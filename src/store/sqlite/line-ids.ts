/**
 * Gives the lines of the ledger their ids. SQLite would count them in a page of its own and write that with every
 * commit; here the counter is set ahead by many, and the ids up to it are given from memory.
 * Decided: docs/decisions/commits.md
 */
import type { Database } from 'better-sqlite3';
import { guarded } from './guarded';
import { Statement } from './statement';

/** How far the counter is set ahead. Where another process writes, or this one ends, the rest is never given. */
const AHEAD = 100;

/**
 * The ids of a writing connection. No line's id is ever given again, not even that of a removed merchant's: each comes
 * after all that SQLite's counter has counted.
 */
export class LineIds {
  private readonly count: Statement;
  private readonly start: Statement;
  private readonly set: Statement;
  private last = 0;
  /** The counter, as this process has set it. */
  private counter = 0;
  /** Both when the unit under way began. */
  private before = { last: 0, counter: 0 };

  constructor(database: Database) {
    this.count = new Statement(
      database,
      "SELECT seq FROM sqlite_sequence WHERE name = 'ledger'",
    ).pluck();
    this.start = new Statement(
      database,
      "INSERT INTO sqlite_sequence (name, seq) VALUES ('ledger', ?)",
    );
    this.set = new Statement(database, "UPDATE sqlite_sequence SET seq = ? WHERE name = 'ledger'");
  }

  /**
   * The id of the next line, to be written in the transaction under way.
   * @throws StoreError
   */
  next(): number {
    if (this.last === this.counter) guarded(() => this.setAhead());
    return (this.last += 1);
  }

  private setAhead(): void {
    const counted = this.count.get() as number | undefined;
    this.last = counted ?? 0;
    this.counter = this.last + AHEAD;
    (counted === undefined ? this.start : this.set).run(this.counter);
  }

  /** To be called when a unit begins that may be undone alone. */
  begin(): void {
    const { last, counter } = this;
    this.before = { last, counter };
  }

  /** To be called when it was undone. */
  undone(): void {
    Object.assign(this, this.before);
  }

  /** To be called when lines got their ids elsewhere, or when the counter may have been put back. */
  forget(): void {
    this.last = 0;
    this.counter = 0;
  }
}
