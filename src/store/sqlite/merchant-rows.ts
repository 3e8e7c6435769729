/**
 * The rows of one merchant in every table, read and deleted some at a time: a merchant may have any number of them, and
 * between two parts the event loop turns. To be used within a unit of work.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database, Statement } from 'better-sqlite3';
import type { Part } from './merchant-parts';

/** The rows of a part: about a millisecond's worth. */
const ROWS = 250;

/** The values of a row, in the order of the columns that were asked for. */
export type Row = unknown[];

/** A connection whose statements are prepared once. */
export interface Prepared {
  readonly prepare: (sql: string) => Statement;
  readonly pragma: Database['pragma'];
}

/** The numbers of rows that others refer to, by their table. */
export type Numbers = Map<string, readonly number[]>;

/** Prepares statements once. */
export function preparedOnce(database: Database): Prepared {
  const statements = new Map<string, Statement>();
  const prepare = (sql: string) => {
    let statement = statements.get(sql);
    if (!statement) statements.set(sql, (statement = database.prepare(sql)));
    return statement;
  };
  return { prepare, pragma: database.pragma.bind(database) };
}

/** Counts rows, and lets the event loop turn after a part's worth of them. */
export class Pace {
  private rows = 0;

  /** To be called after each row or more. @returns the next turn; undefined: it goes on in this one */
  after(rows: number): Promise<void> | undefined {
    this.rows += rows;
    if (this.rows < ROWS) return undefined;
    this.rows = 0;
    return nextTurn();
  }
}

/** A merchant's rows of a table. */
export interface RowsOf {
  readonly part: Part;
  readonly merchantId: number;
  /** Those of the tables that it refers to. */
  readonly numbers: Numbers;
  readonly pace: Pace;
}

/** Reads columns of them, in no order: lists of a part's worth, none of them empty. */
export async function* readRows(
  database: Prepared,
  columns: readonly string[],
  { pace, ...of }: RowsOf,
): AsyncGenerator<readonly Row[]> {
  const names = columns.map((column) => `part.${column}`).join(', ');
  const { source, finders } = finding(of);
  const rows = database.prepare(`SELECT ${names} FROM ${source}`).raw();
  for (const finder of finders) {
    let some: Row[] = [];
    for (const row of rows.iterate(finder.value) as Iterable<Row>) {
      if (some.push(row) < ROWS) continue;
      yield some;
      some = [];
      await pace.after(ROWS);
    }
    if (some.length > 0) yield some;
    await pace.after(some.length + finder.rows);
  }
}

/** Deletes them. */
export async function deleteRows(database: Prepared, { pace, ...of }: RowsOf): Promise<void> {
  const { table, by } = of.part;
  const { condition, finders } = finding(of);
  const some = database.prepare(
    `DELETE FROM ${table} WHERE ${by?.column} ${condition} LIMIT ${ROWS}`,
  );
  for (const finder of finders) {
    let deleted: number;
    do {
      deleted = some.run(finder.value).changes;
      await pace.after(deleted);
    } while (deleted === ROWS);
    await pace.after(finder.rows);
  }
}

/** How rows are found: by the merchant, or by the rows that they refer to, a part's worth of these at a time. */
function finding({ part, merchantId, numbers }: Omit<RowsOf, 'pace'>) {
  const { table, by } = part;
  if (!by) throw new Error(`${table} has no reference`);
  if (by.parent === 'merchant') {
    const source = `${table} AS part WHERE part.${by.column} = ?`;
    return { source, condition: '= ?', finders: [{ value: merchantId, rows: 0 }] };
  }
  return {
    source: `json_each(?) AS parent CROSS JOIN ${table} AS part ON part.${by.column} = parent.value`,
    condition: 'IN (SELECT value FROM json_each(?))',
    finders: inParts(numbers.get(by.parent) ?? []),
  };
}

function* inParts(numbers: readonly number[]) {
  for (let from = 0; from < numbers.length; from += ROWS) {
    const some = numbers.slice(from, from + ROWS);
    yield { value: JSON.stringify(some), rows: some.length };
  }
}
