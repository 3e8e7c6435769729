/** A look-up that is prepared once, and its rows as objects. */
import type { Database, Statement } from 'better-sqlite3';
import { guarded } from './guarded';
import type { Snapshot } from './snapshot';

/** What a row's columns are turned into, where SQLite has no type of its own for it. */
export interface QueryOptions {
  /** Columns that are kept as 0 and 1. */
  readonly booleans?: readonly string[];
  /** What the look-up shares with others of its turn; default: it stands for itself. */
  readonly snapshot?: Snapshot | undefined;
}

/**
 * A SELECT. Each row comes as an object with a property for every column, undefined where the column
 * is NULL: all rows have one shape, which whoever reads them gains by.
 */
export class Query<Row> {
  private readonly statement: Statement;
  private readonly names: readonly string[];
  private readonly booleans: readonly string[];
  private readonly snapshot: Snapshot | undefined;

  /** @param sql names each column as the property is called */
  constructor(database: Database, sql: string, { booleans = [], snapshot }: QueryOptions = {}) {
    // As lists: SQLite's own objects would be made name by name.
    this.statement = database.prepare(sql).raw();
    this.names = this.statement.columns().map(({ name }) => name);
    this.booleans = booleans;
    this.snapshot = snapshot;
  }

  /** Its text. */
  get source(): string {
    return this.statement.source;
  }

  /**
   * The first row, or undefined.
   * @throws StoreError
   */
  get(...values: readonly unknown[]): Row | undefined {
    this.snapshot?.begin();
    const row = guarded(() => this.statement.get(...values)) as readonly unknown[] | undefined;
    return row && this.toObject(row);
  }

  /**
   * Every row.
   * @throws StoreError
   */
  all(...values: readonly unknown[]): Row[] {
    this.snapshot?.begin();
    const rows = guarded(() => this.statement.all(...values)) as ReadonlyArray<readonly unknown[]>;
    return rows.map((row) => this.toObject(row));
  }

  private toObject(row: readonly unknown[]): Row {
    const object: Record<string, unknown> = {};
    const { names } = this;
    for (let index = 0; index < names.length; index += 1) {
      object[names[index] as string] = row[index] ?? undefined;
    }
    for (const name of this.booleans) {
      if (object[name] !== undefined) object[name] = object[name] === 1;
    }
    return object as Row;
  }
}
