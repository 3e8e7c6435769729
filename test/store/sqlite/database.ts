/** Opens databases past the store, for tests that look into them, damage or lock them. */
import SqliteDatabase, { type Database, type Options } from 'better-sqlite3';

export type { Database };

/** @param path a file, or `:memory:` */
export function openDatabase(path: string, options?: Options): Database {
  return new SqliteDatabase(path, options);
}
