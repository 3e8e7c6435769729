/** Opens databases past the store, for tests that look into them, damage or lock them. */
import SqliteDatabase, { type Database, type Options } from 'better-sqlite3';
import { migrate } from '../../../src/store/sqlite/migrations';

export type { Database };

/** An empty database with its schema, as the bytes of a file. */
let empty: Buffer | undefined;

/** @param path a file, or `:memory:` */
export function openDatabase(path: string, options?: Options): Database {
  return new SqliteDatabase(path, options);
}

/** A database in memory that has its schema already: its steps take most of the time of a server's start. */
export function openMigrated(options: Options): Database {
  empty ??= makeEmpty();
  return new SqliteDatabase(empty, options);
}

function makeEmpty(): Buffer {
  const database = new SqliteDatabase(':memory:');
  try {
    migrate(database);
    return database.serialize();
  } finally {
    database.close();
  }
}
