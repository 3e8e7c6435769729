/** What both ends of a copy know of a database in SQLite. */
import type { Database } from 'better-sqlite3';
import type { CopyEnd } from '../copy-ends';
import { COPY_TABLES } from '../copy-tables';

/** @param database what an end works with */
export function describeEnd(
  database: Database,
): Pick<CopyEnd, 'counts' | 'lastSequences' | 'columnsOf'> {
  const count = (name: string) =>
    database.prepare<[], number>(`SELECT count(*) FROM ${name}`).pluck().get() ?? 0;
  return {
    counts: () => new Map(COPY_TABLES.map(({ name }) => [name, count(name)])),
    lastSequences: () => {
      const sql = `SELECT merchant_id, max(sequence) FROM event GROUP BY merchant_id ORDER BY merchant_id`;
      return new Map(database.prepare(sql).raw().all() as Array<[number, number]>);
    },
    columnsOf: ({ name }) => listColumns(database, name),
  };
}

/** The columns of a table, but for those that are worked out. */
export function listColumns(database: Database, table: string): string[] {
  const rows = database.pragma(`table_info(${table})`) as ReadonlyArray<{ readonly name: string }>;
  return rows.map((column) => column.name);
}
