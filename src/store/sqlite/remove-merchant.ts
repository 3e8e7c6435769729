/** Removes a merchant with all its data, for good. Decided: docs/decisions/remove-merchant.md */
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { createExport } from '../export-file';
import { MerchantHasData, NO_DATA } from '../merchants';
import { listParts, type Part } from './merchant-parts';
import { MIGRATIONS } from './migrations';
import { withoutTriggers } from './without-triggers';

/** How long another process's unit of work is waited for, in milliseconds. */
const LOCK_TIMEOUT = 5000;

/**
 * Removes a merchant in one transaction; other processes wait meanwhile.
 * @param path an existing database of the present schema
 * @param exportTo where its data is written as JSON before; nothing may be there
 * @returns how many rows were removed; undefined: there is no such merchant
 * @throws MerchantHasData when it has data and no file to export it to is named
 * @throws Error when the export cannot be written: then nothing is removed
 */
export function removeMerchant(
  path: string,
  login: string,
  exportTo: string | undefined,
): number | undefined {
  const database = new SqliteDatabase(path, { fileMustExist: true, timeout: LOCK_TIMEOUT });
  try {
    database.pragma('foreign_keys = ON');
    // What is removed shall not stay readable in the file's free pages.
    database.pragma('secure_delete = ON');
    return database.transaction(() => remove(database, login, exportTo)).immediate();
  } finally {
    database.close();
  }
}

function remove(
  database: Database,
  login: string,
  exportTo: string | undefined,
): number | undefined {
  const id = database.prepare('SELECT id FROM merchant WHERE login = ?').pluck().get(login);
  if (id === undefined) return undefined;
  const parts = listParts(database);
  if (exportTo === undefined) requireNoData(database, parts, id);
  else exportParts(database, parts, id, exportTo);
  // References are looked at again before the commit.
  database.pragma('defer_foreign_keys = ON');
  return withoutTriggers(database, () =>
    parts
      .toSorted((one, other) => other.depth - one.depth)
      .map(({ table, condition }) => `DELETE FROM ${table} WHERE ${condition}`)
      .reduce((sum, sql) => sum + database.prepare(sql).run(id).changes, 0),
  );
}

function requireNoData(database: Database, parts: readonly Part[], id: unknown): void {
  const counted = parts
    .filter(({ table }) => !NO_DATA.has(table))
    .map(({ table, condition }) => {
      const sql = `SELECT count(*) FROM ${table} WHERE ${condition}`;
      return [table, database.prepare(sql).pluck().get(id) as number] as const;
    })
    .filter(([, count]) => count > 0);
  if (counted.length > 0) throw new MerchantHasData(Object.fromEntries(counted));
}

function exportParts(database: Database, parts: readonly Part[], id: unknown, path: string): void {
  const file = createExport(path, MIGRATIONS.length);
  try {
    for (const { table, condition } of parts) {
      file.begin(table);
      const rows = database.prepare(`SELECT * FROM ${table} WHERE ${condition}`);
      for (const row of rows.iterate(id)) file.add(JSON.stringify(row));
    }
    file.end();
  } catch (error) {
    file.remove();
    throw error;
  }
}
