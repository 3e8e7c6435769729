/**
 * Numbers the lines that calls write, in the feed: those of a transaction that follow one another by one
 * statement, for a statement costs more than the row that it writes.
 * Decided: docs/decisions/feed.md
 */
import type { Database, Statement } from 'better-sqlite3';
import { NUMBER_LINE, NUMBER_LINES } from './events';
import { guarded } from './guarded';
import { LineIds } from './line-ids';

/** Lines of a merchant that wait for their numbers: the first and the last. */
interface Waiting {
  readonly merchant: number;
  readonly first: number;
  readonly last: number;
}

/** The lines of a writing connection. Whatever reads or writes the feed within a unit has them numbered before. */
export class LineNumbers {
  readonly ids: LineIds;
  /** Gives one line its number. */
  readonly one: Statement;
  private readonly several: Statement;
  private waiting: Waiting | undefined;
  /** What waited when the unit under way began. */
  private before: Waiting | undefined;

  constructor(database: Database) {
    this.ids = new LineIds(database);
    this.one = database.prepare(NUMBER_LINE);
    this.several = database.prepare(NUMBER_LINES);
  }

  /**
   * Takes a line that has just been written.
   * @throws StoreError
   */
  add(merchant: number, line: number): void {
    if (this.waiting?.merchant !== merchant) this.number();
    this.waiting = { merchant, first: this.waiting?.first ?? line, last: line };
  }

  /**
   * Numbers all that wait: before the commit, and before other events.
   * @throws StoreError
   */
  number(): void {
    const { waiting } = this;
    if (!waiting) return;
    this.waiting = undefined;
    const { merchant, first, last } = waiting;
    guarded(() => {
      if (first === last) this.one.run(merchant, merchant, first);
      else this.several.run(waiting);
    });
  }

  /** To be called when a unit begins that may be undone alone. */
  begin(): void {
    this.before = this.waiting;
    this.ids.begin();
  }

  /** To be called when it was undone: its lines, and the numbers that others got while it was under way. */
  undone(): void {
    this.waiting = this.before;
    this.ids.undone();
  }

  /** To be called when a transaction begins: what waits was undone with the one before. */
  forget(): void {
    this.waiting = undefined;
  }
}
