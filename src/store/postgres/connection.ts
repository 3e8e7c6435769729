/** One connection to the database, held for as long as something of one merchant goes on. */
import type { PoolClient, QueryArrayResult } from 'pg';
import { toStoreError } from './errors';
import { numberParameters, valuesOf } from './parameters';
import { type Asked, Change, type Prepare, preparing, type PrepareChange } from './query';

/** A connection, and what was sent on it. */
export class Connection {
  readonly prepare: Prepare;
  readonly change: PrepareChange;
  /** The changes so far, those too that were refused or undone. */
  written = 0;
  /** The first failure of a statement since this was emptied: nothing is kept after one, unless it is undone. */
  failure: unknown;

  constructor(private readonly client: PoolClient) {
    this.prepare = preparing((asked) => this.send(asked));
    this.change = (sql) =>
      new Change((asked) => {
        this.written += 1;
        return this.send(asked);
      }, sql);
  }

  private send({ name, text, values }: Asked): Promise<QueryArrayResult> {
    return this.watch(this.client.query({ name, text, values, rowMode: 'array' }));
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
