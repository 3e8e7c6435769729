/** One connection to the database, held for as long as something of one merchant goes on. */
import type { PoolClient } from 'pg';
import { Bundle } from './bundle';
import { CopyIn } from './copy-in';
import { commitError } from './commit-error';
import { toStoreError } from './errors';
import { numberParameters, valuesOf } from './parameters';
import {
  type Answer,
  type Asked,
  Change,
  type Prepare,
  preparing,
  type PrepareChange,
} from './query';

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

  /** What each transaction sets for itself; empty: nothing. */
  private readonly settings: string;
  /** What is sent at the end of this turn of promises. */
  private next: Bundle | undefined;

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
    const sets = Object.entries(limits).map(([name, value]) => `SET LOCAL ${name} = ${value}`);
    this.settings = sets.join('; ');
    this.prepare = preparing((asked) => this.send(asked));
    this.change = (sql) =>
      new Change((asked) => {
        this.written += 1;
        return this.send(asked);
      }, sql);
  }

  /** Has it be sent with all that is asked until then; whatever is asked otherwise comes after it. */
  private send({ name, text, values }: Asked): Promise<Answer> {
    if (!this.next) {
      this.next = new Bundle();
      process.nextTick(this.sendNext);
    }
    return this.watch(this.next.add({ name: this.isPooled ? undefined : name, text, values }));
  }

  private readonly sendNext = (): void => {
    const { next } = this;
    this.next = undefined;
    if (next) this.client.query(next);
  };

  /** Runs a statement that has no parameters, prepared under its own text. @throws StoreError */
  private async control(text: string): Promise<Answer> {
    try {
      return await this.send({ name: text, text, values: [] });
    } catch (error) {
      throw toStoreError(error);
    }
  }

  /** @returns what sends a statement by itself, after all that was asked before */
  private afterThose(): PoolClient {
    this.sendNext();
    return this.client;
  }

  /** Begins a transaction. @throws StoreError */
  async begin(): Promise<void> {
    const begun = this.control('BEGIN');
    await (this.settings ? Promise.all([begun, this.query(this.settings)]) : begun);
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
      const { rows } = await this.watch(this.afterThose().query(text, valuesOf(numbered, values)));
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
      const { rows } = await this.watch(this.afterThose().query(query));
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
      this.afterThose().query(
        new CopyIn(sql, rows, (error) => (error ? reject(error) : resolve())),
      );
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
    const { command } = await this.control('COMMIT');
    if (command !== 'COMMIT') throw commitError(new Error(`COMMIT came to ${command}`));
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
