/** Whether a database is this program's: another's is refused before anything is written to it. */
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { removeEmptyLog } from './database-file';
import { SchemaError } from '../schema-error';
import { MIGRATIONS } from './migrations';

/** The tables of the first step, which every later schema has, too. */
const FIRST_TABLES = MIGRATIONS[0]?.match(/(?<=CREATE TABLE )\w+/g) ?? [];

/** A rollback journal, or a write-ahead log in a folder that may not be written: for a writing connection alone. */
const NEEDS_WRITER = /^SQLITE_(READONLY|CANTOPEN)/;

/**
 * Looks whether a database is this program's, or empty. Every step sets `user_version` in its own transaction, so
 * that tables without one are another program's; many programs count their schemas there, so that a number without
 * the tables is another's, too.
 * @throws SchemaError when another program made it
 */
export function requireOwn(database: Database): void {
  // One state for both look-ups: another process may take the first step between them.
  const own = database.transaction(() => {
    const version = database.pragma('user_version', { simple: true });
    const names = database.prepare<[], string>('SELECT name FROM sqlite_schema').pluck().all();
    return version === 0 ? names.length === 0 : FIRST_TABLES.every((name) => names.includes(name));
  })();
  if (own) return;
  throw new SchemaError("is another program's database; name one of Latchkey's, or a new file");
}

/**
 * The same for a file, before a connection that may write opens it: that one would move a write-ahead log that
 * another program has left into the file when it closes.
 * @throws SchemaError when another program made it
 */
export function requireOwnFile(path: string): void {
  const database = new SqliteDatabase(path, { readonly: true, fileMustExist: true });
  try {
    requireOwn(database);
  } catch (error) {
    database.close();
    if (NEEDS_WRITER.test((error as { code?: string }).code ?? '')) return;
    removeEmptyLog(path);
    throw error;
  }
  database.close();
}
