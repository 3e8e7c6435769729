/**
 * When the pages of the write-ahead log go into the database: with a commit, where they have become many, but not with that
 * of a long transaction, which takes long enough by itself.
 * Decided: docs/decisions/commits.md
 */
import type { Database } from 'better-sqlite3';

/**
 * How many pages the write-ahead log holds before they go into the database, four times SQLite's own
 * number: changes all over a large file are then written together more often.
 */
const PAGES = 4000;

/** How long a long transaction is open, in milliseconds. */
const LONG = 50;

/** The checkpoints of a writing connection. */
export class Checkpoints {
  /** Whether the last commit has left the pages to the next one. */
  private hasLeft = false;

  constructor(private readonly database: Database) {
    this.beginAt(PAGES);
  }

  /** Runs a commit. @param open how long its transaction was, in milliseconds */
  commit(run: () => void, open: number): void {
    // Two in a row would have the log grow.
    this.hasLeft = open >= LONG && !this.hasLeft;
    if (this.hasLeft) this.beginAt(0);
    try {
      run();
    } finally {
      if (this.hasLeft) this.beginAt(PAGES);
    }
  }

  /** @param pages 0: never */
  private beginAt(pages: number): void {
    this.database.pragma(`wal_autocheckpoint = ${pages}`);
  }
}
