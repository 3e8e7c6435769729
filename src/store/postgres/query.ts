/**
 * Statements that are prepared once, and their rows as objects. Column names are written as the properties are called, in quotes.
 * Decided: docs/decisions/postgres-driver.md
 */
import type { QueryArrayResult } from 'pg';
import { StoreError } from '../store-error';
import { toStoreError } from './errors';
import { type Numbered, numberParameters, valuesOf } from './parameters';

/** The characters of the texts of a part of a listing: a part with longer ones has fewer rows. */
export const MOST_TEXT = 2 ** 18;

/** A statement on its way to the database. */
export interface Asked {
  /** The name by which the connection knows it once it has been prepared there; undefined: it is planned each time. */
  readonly name: string | undefined;
  readonly text: string;
  readonly values: unknown[];
}

/** What a statement came to. */
export type Answer = Pick<QueryArrayResult, 'rows' | 'rowCount' | 'command'> & {
  readonly fields: ReadonlyArray<{ readonly name: string }>;
};

/** Runs statements: on one connection, or on whichever of several is free. */
export type Run = (asked: Asked) => Promise<Answer>;

/** Prepares a look-up. */
export type Prepare = <Row>(sql: string) => Query<Row>;

/** Prepares a change. */
export type PrepareChange = <Row = never>(sql: string) => Change<Row>;

/** Prepares look-ups. @param run where they are asked */
export function preparing(run: Run): Prepare {
  return (sql) => new Query(run, sql);
}

/** Prepares changes. @param run where they are made */
export function preparingChanges(run: Run): PrepareChange {
  return (sql) => new Change(run, sql);
}

/** The names of statements; the same text has the same one on all connections. */
const NAMES = new Map<string, string>();

function nameOf(text: string): string {
  const known = NAMES.get(text);
  if (known !== undefined) return known;
  const name = `latchkey_${NAMES.size + 1}`;
  NAMES.set(text, name);
  return name;
}

/** What look-ups and changes share. */
class Prepared {
  private readonly numbered: Numbered;
  private readonly name: string;
  private names: readonly string[] | undefined;

  /** @param sql with `?` or `:name` */
  constructor(
    private readonly execute: Run,
    sql: string,
  ) {
    this.numbered = numberParameters(sql);
    this.name = nameOf(this.numbered.text);
  }

  /** Its text, as PostgreSQL gets it. */
  get source(): string {
    return this.numbered.text;
  }

  /** @throws StoreError */
  protected async ask(given: readonly unknown[]): Promise<Answer> {
    const { name, numbered } = this;
    const values = valuesOf(numbered, given);
    try {
      const result = await this.execute({ name, text: numbered.text, values });
      this.names ??= result.fields.map((field) => field.name);
      return result;
    } catch (error) {
      throw toStoreError(error);
    }
  }

  /** @param first the first column that is a property */
  protected toObject<Row>(row: readonly unknown[], first = 0): Row {
    const object: Record<string, unknown> = {};
    const { names = [] } = this;
    for (let index = first; index < names.length; index += 1) {
      object[names[index] as string] = row[index] ?? undefined;
    }
    return object as Row;
  }
}

/**
 * A SELECT. Each row comes as an object with a property for every column, undefined where the column is NULL.
 * Parameters come in their order, or as one object by their names.
 */
export class Query<Row> extends Prepared {
  /**
   * The first row, or undefined.
   * @throws StoreError
   */
  async get(...values: readonly unknown[]): Promise<Row | undefined> {
    const { rows } = await this.ask(values);
    const [row] = rows as Array<readonly unknown[]>;
    return row && this.toObject<Row>(row);
  }

  /**
   * Every row.
   * @throws StoreError
   */
  async all(...values: readonly unknown[]): Promise<Row[]> {
    const { rows } = await this.ask(values);
    return (rows as Array<readonly unknown[]>).map((row) => this.toObject<Row>(row));
  }

  /**
   * The first rows, up to one with which their texts have more than that many characters together.
   * @throws StoreError
   */
  async some(characters: number, ...values: readonly unknown[]): Promise<Row[]> {
    const { rows } = await this.ask(values);
    const some: Row[] = [];
    let left = characters;
    for (const row of rows as Array<readonly unknown[]>) {
      some.push(this.toObject<Row>(row));
      for (const value of row) if (typeof value === 'string') left -= value.length;
      if (left < 0) break;
    }
    return some;
  }

  /**
   * The row of each key; the first column is the key, and no property of the row.
   * @throws StoreError
   */
  async allByKey<Key>(...values: readonly unknown[]): Promise<Map<Key, Row>> {
    const { rows } = await this.ask(values);
    const all = rows as Array<readonly unknown[]>;
    return new Map(all.map((row) => [row[0] as Key, this.toObject<Row>(row, 1)]));
  }

  /**
   * The rows of each key, in their order; the first column is the key, and no property of the rows.
   * @throws StoreError
   */
  async listsByKey<Key>(...values: readonly unknown[]): Promise<Map<Key, Row[]>> {
    const { rows } = await this.ask(values);
    const lists = new Map<Key, Row[]>();
    for (const row of rows as Array<readonly unknown[]>) {
      const key = row[0] as Key;
      const list = lists.get(key);
      if (list) list.push(this.toObject<Row>(row, 1));
      else lists.set(key, [this.toObject<Row>(row, 1)]);
    }
    return lists;
  }
}

/** An INSERT, UPDATE or DELETE, or a SELECT that locks. */
export class Change<Row = never> extends Prepared {
  /**
   * Makes it.
   * @returns how many rows were written
   * @throws StoreError
   */
  async run(...values: readonly unknown[]): Promise<number> {
    const { rowCount } = await this.ask(values);
    return rowCount ?? 0;
  }

  /**
   * Makes it. @returns the first row of its RETURNING
   * @throws StoreError
   */
  async get(...values: readonly unknown[]): Promise<Row | undefined> {
    const { rows } = await this.ask(values);
    const [row] = rows as Array<readonly unknown[]>;
    return row && this.toObject<Row>(row);
  }

  /**
   * Makes it. @returns the `id` of its RETURNING
   * @throws StoreError `failed` where nothing was written
   */
  async id(...values: readonly unknown[]): Promise<number> {
    const { rows } = await this.ask(values);
    const [row] = rows as Array<readonly unknown[]>;
    if (!row) throw new StoreError('failed', 'the database wrote nothing');
    return row[0] as number;
  }

  /**
   * Makes it. @returns the rows of its RETURNING
   * @throws StoreError
   */
  async all(...values: readonly unknown[]): Promise<Row[]> {
    const { rows } = await this.ask(values);
    return (rows as Array<readonly unknown[]>).map((row) => this.toObject<Row>(row));
  }
}
