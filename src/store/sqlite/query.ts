/** A look-up that is prepared once, and its rows as objects. */
import type { Database, Statement } from 'better-sqlite3';
import { guarded } from './guarded';
import { onceNeeded } from './once-needed';
import type { Snapshot } from './snapshot';

/** The characters of the texts of a part of a listing: a part with longer ones has fewer rows. */
export const MOST_TEXT = 2 ** 18;

/**
 * Prepares a look-up.
 * @param booleans columns that are kept as 0 and 1
 */
export type Prepare = <Row>(sql: string, booleans?: readonly string[]) => Query<Row>;

/**
 * Prepares look-ups of a connection.
 * @param snapshot what they share with others of their turn; default: each stands for itself
 */
export function preparing(database: Database, snapshot?: Snapshot): Prepare {
  return (sql, booleans = []) => new Query(database, sql, booleans, snapshot);
}

/**
 * The SELECT with a plus sign before each value that something has to equal, and before the value of a
 * LIMIT. Without them SQLite 3.54 plans anew for every execution: a column that equals a value needn't
 * be sorted by, and a small LIMIT makes another plan the better one, which makes the plan depend on that
 * value. That takes five times as long as a look-up. The plan and the rows are the same.
 */
export function plannedOnce(sql: string): string {
  return sql.replaceAll(/(?<![<>!])= (?=[?:])/g, '= +').replaceAll(/\bLIMIT (?=[?:])/g, 'LIMIT +');
}

/** A statement, and the names of its columns. */
interface Prepared {
  readonly statement: Statement;
  readonly names: readonly string[];
}

/**
 * A SELECT. Each row comes as an object with a property for every column, undefined where the column
 * is NULL: objects of one shape are read faster.
 */
export class Query<Row> {
  private readonly prepared: () => Prepared;

  /** @param sql names each column as the property is called */
  constructor(
    database: Database,
    sql: string,
    private readonly booleans: readonly string[],
    private readonly snapshot: Snapshot | undefined,
  ) {
    this.prepared = onceNeeded(() => {
      // As lists: SQLite's own objects would be made name by name.
      const statement = database.prepare(plannedOnce(sql)).raw();
      return { statement, names: statement.columns().map(({ name }) => name) };
    });
  }

  /** Its text. */
  get source(): string {
    return this.prepared().statement.source;
  }

  /**
   * The first row, or undefined.
   * @throws StoreError
   */
  get(...values: readonly unknown[]): Row | undefined {
    this.snapshot?.begin();
    const row = guarded(() => this.prepared().statement.get(...values)) as
      readonly unknown[] | undefined;
    return row && this.toObject(row);
  }

  /**
   * Every row.
   * @throws StoreError
   */
  all(...values: readonly unknown[]): Row[] {
    return this.allAsLists(values).map((row) => this.toObject(row));
  }

  /**
   * The first rows, up to one with which their texts have more than that many characters together.
   * @throws StoreError
   */
  some(characters: number, ...values: readonly unknown[]): Row[] {
    this.snapshot?.begin();
    return guarded(() => {
      const rows: Row[] = [];
      let left = characters;
      for (const row of this.prepared().statement.iterate(...values) as Iterable<
        readonly unknown[]
      >) {
        rows.push(this.toObject(row));
        for (const value of row) if (typeof value === 'string') left -= value.length;
        if (left < 0) break;
      }
      return rows;
    });
  }

  /**
   * The row of each key; the first column is the key, and no property of the row.
   * @throws StoreError
   */
  allByKey<Key>(...values: readonly unknown[]): Map<Key, Row> {
    const rows = this.allAsLists(values);
    return new Map(rows.map((row) => [row[0] as Key, this.toObject(row, 1)]));
  }

  /**
   * The rows of each key, in their order; the first column is the key, and no property of the rows.
   * @throws StoreError
   */
  listsByKey<Key>(...values: readonly unknown[]): Map<Key, Row[]> {
    const lists = new Map<Key, Row[]>();
    for (const row of this.allAsLists(values)) {
      const key = row[0] as Key;
      const list = lists.get(key);
      if (list) list.push(this.toObject(row, 1));
      else lists.set(key, [this.toObject(row, 1)]);
    }
    return lists;
  }

  private allAsLists(values: readonly unknown[]): ReadonlyArray<readonly unknown[]> {
    this.snapshot?.begin();
    return guarded(() => this.prepared().statement.all(...values)) as ReadonlyArray<
      readonly unknown[]
    >;
  }

  /** @param first the first column that is a property */
  private toObject(row: readonly unknown[], first = 0): Row {
    const object: Record<string, unknown> = {};
    const { names } = this.prepared();
    for (let index = first; index < names.length; index += 1) {
      object[names[index] as string] = row[index] ?? undefined;
    }
    for (const name of this.booleans) {
      if (object[name] !== undefined) object[name] = object[name] === 1;
    }
    return object as Row;
  }
}
