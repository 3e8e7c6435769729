/** Statements that are prepared when they are needed first. */
import type { Database, RunResult, Statement as Prepared } from 'better-sqlite3';
import { onceNeeded } from './once-needed';

/** Gives what prepares the statements of a connection. */
export function preparingStatements(database: Database): (sql: string) => Statement {
  return (sql) => new Statement(database, sql);
}

/** A statement; its errors are SQLite's own. */
export class Statement {
  private readonly prepared: () => Prepared;

  /** @param source its text */
  constructor(
    private readonly database: Database,
    readonly source: string,
    form: (statement: Prepared) => Prepared = (statement) => statement,
  ) {
    this.prepared = onceNeeded(() => form(database.prepare(source)));
  }

  /** The same, with the first column alone in place of a row. */
  pluck(): Statement {
    return new Statement(this.database, this.source, (statement) => statement.pluck());
  }

  /** The same, with rows as lists. */
  raw(): Statement {
    return new Statement(this.database, this.source, (statement) => statement.raw());
  }

  /** Runs it. */
  run(...values: readonly unknown[]): RunResult {
    return this.prepared().run(...values);
  }

  /** The first row, or undefined. */
  get(...values: readonly unknown[]): unknown {
    return this.prepared().get(...values);
  }

  /** Every row. */
  all(...values: readonly unknown[]): unknown[] {
    return this.prepared().all(...values);
  }
}
