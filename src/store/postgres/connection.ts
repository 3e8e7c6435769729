/** One connection to the database, held for as long as something of one merchant goes on. */
import type { PoolClient, QueryArrayResult } from 'pg';
import { CopyIn } from './copy-in';
import { commitError } from './commit-error';
import { toStoreError } from './errors';
import { numberParameters, valuesOf } from './parameters';
import { type Asked, Change, type Prepare, preparing, type PrepareChange } from './query';

/** Settings of PostgreSQL, in milliseconds. */
export type Limits = Readonly<Record<string, number>>;

/** A connection, and what was sent on it. */
export class Connection {
  readonly prepare: Prepare;
  readonly change: PrepareChange;
  /** The changes so far, those too that were refused or undone. */
  written = 0;
  /** The first failure of a statement since this was emptied: nothing is kept after one, unless it is undone. */
  failure: unknown;

  private readonly beginning: string;

  /**
   * @param limits what each transaction sets for itself
   * @param isPooled whether it is another one's after each transaction: statements are then planned each time, for one that
   *   was prepared would be on a connection of the pooler's that somebody else has
   */
  constructor(
    private readonly client: PoolClient,
    limits: Limits,
    private readonly isPooled: boolean,
  ) {
    const sets = Object.entries(limits).map(([name, value]) => `; SET LOCAL ${name} = ${value}`);
    this.beginning = `BEGIN${sets.join('')}`;
    this.prepare = preparing((asked) => this.send(asked));
    this.change = (sql) =>
      new Change((asked) => {
        this.written += 1;
        return this.send(asked);
      }, sql);
  }

  private send({ name, text, values }: Asked): Promise<QueryArrayResult> {
    const query = { ...(this.isPooled ? {} : { name }), text, values, rowMode: 'array' as const };
    return this.watch(this.client.query(query));
  }

  /** Begins a transaction. @throws StoreError */
  async begin(): Promise<void> {
    await this.query(this.beginning);
  }

  private async watch<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      this.failure ??= error;
      throw error;
    }
  }

  /**
   * Runs a statement that is not worth being prepared, or several without parameters.
   * @throws StoreError
   */
  async query<Row = never>(sql: string, ...values: readonly unknown[]): Promise<Row[]> {
    const numbered = numberParameters(sql);
    const { text } = values.length > 0 ? numbered : { text: sql };
    try {
      const { rows } = await this.watch(this.client.query(text, valuesOf(numbered, values)));
      return rows as Row[];
    } catch (error) {
      throw toStoreError(error);
    }
  }

  /**
   * The same, with each row as the values of its columns, null where there is none.
   * @throws StoreError
   */
  async list<Row extends readonly unknown[]>(
    sql: string,
    ...given: readonly unknown[]
  ): Promise<Row[]> {
    const numbered = numberParameters(sql);
    const query = {
      text: numbered.text,
      values: valuesOf(numbered, given),
      rowMode: 'array' as const,
    };
    try {
      const { rows } = await this.watch(this.client.query(query));
      return rows as unknown as Row[];
    } catch (error) {
      throw toStoreError(error);
    }
  }

  /**
   * Adds rows to a table, many times faster than by INSERT: all or none.
   * @param sql `COPY … FROM STDIN`
   * @param rows in COPY's text form
   * @throws StoreError
   */
  async copyIn(sql: string, rows: string): Promise<void> {
    const copied = new Promise<void>((resolve, reject) => {
      this.client.query(new CopyIn(sql, rows, (error) => (error ? reject(error) : resolve())));
    });
    try {
      await this.watch(copied);
    } catch (error) {
      throw toStoreError(error);
    }
  }

  /**
   * Keeps what was begun.
   * @throws StoreError, too, where a statement had failed: PostgreSQL then answers with ROLLBACK, and with no error
   */
  async commit(): Promise<void> {
    try {
      const { command } = await this.watch(this.client.query('COMMIT'));
      if (command !== 'COMMIT') throw commitError(new Error(`COMMIT came to ${command}`));
    } catch (error) {
      throw toStoreError(error);
    }
  }

  /** Undoes what was begun. @returns false where the connection is of no more use */
  rollback(): Promise<boolean> {
    return this.query('ROLLBACK').then(
      () => true,
      () => false,
    );
  }

  /** Gives it back. @param broken it is closed instead, and what was begun on it undone */
  release(broken = false): void {
    this.client.release(broken);
  }
}
