/** Opens the database that a command names, and says in plain words why one cannot be opened. */
import type { Command } from 'commander';
import type { Settings } from '../../config/settings';
import { toStoreError } from '../../store/sqlite/errors';
import type { Database } from '../../store/database';
import { findDatabase } from '../../store/open';
import { SchemaError } from '../../store/schema-error';
import { type Store, StoreError } from '../../store/store';
import { settingsOf } from '../options';

/**
 * The database that a command names.
 * @throws Error when there is none
 */
export function existingDatabase(command: Command): Database {
  const settings = settingsOf(command);
  const database = findDatabase(settings.database, settings);
  if (database.exists()) return database;
  throw new Error(
    `there is no database at ${database.name}; name one with --database, or start the server or ` +
      'run latchkey merchant add to make one',
  );
}

/** @throws Error when it would be gone when the command ends, with all that the command did */
export function requireKept({ name, kept }: Database): void {
  if (!kept) throw new Error(`${name} ends with this command; name a file with --database`);
}

/**
 * Opens the database that a command names, lets it work, and closes it.
 * @param create whether a database is made where there is none
 * @throws Error when there is no database and none is to be made, or it cannot be used
 */
export async function withStore<T>(
  command: Command,
  work: (store: Store, settings: Settings) => Promise<T>,
  { create = false } = {},
): Promise<T> {
  const settings = settingsOf(command);
  const database = create ? findDatabase(settings.database, settings) : existingDatabase(command);
  requireKept(database);
  return namingDatabase(database.name, async () => {
    const store = await database.open();
    try {
      return await work(store, settings);
    } finally {
      await store.close();
    }
  });
}

/**
 * An extra that a database's driver offers beside a store.
 * @throws Error when it offers no such thing
 */
export function offered<Name extends 'backup' | 'check' | 'repair'>(
  database: Database,
  name: Name,
): NonNullable<Database[Name]> {
  const offer = database[name];
  if (!offer) throw insteadOf(database, name);
  return offer;
}

/** What is said of something that a database's driver leaves out. */
export function insteadOf(
  { name, instead }: Database,
  left: keyof NonNullable<Database['instead']>,
): Error {
  return new Error(`${name}: ${instead?.[left] ?? `use the database's own tools for a ${left}`}`);
}

/** Remedies, by the primary code of SQLite's error. */
const ADVICE: ReadonlyMap<string, string> = new Map([
  ['SQLITE_NOTADB', 'name a database of Latchkey, or put a backup in its place: latchkey restore'],
  ['SQLITE_CORRUPT', 'put a backup in its place: latchkey restore'],
  ['SQLITE_BUSY', 'try again when that is done'],
  ['SQLITE_LOCKED', 'try again when that is done'],
  ['SQLITE_FULL', 'free some space'],
  ['SQLITE_READONLY', 'this user must be able to write it, its -wal and -shm, and their folder'],
  ['SQLITE_CANTOPEN', 'this user must be able to read and write the file and its folder'],
  ['SQLITE_PERM', 'this user must be able to read and write the file and its folder'],
  ['SQLITE_ERROR', 'is it a database of Latchkey? latchkey check finds out'],
]);

/** Remedies by PostgreSQL's code, or Node.js's where there is no way to it. */
const SERVER_ADVICE: ReadonlyArray<readonly [RegExp, string]> = [
  [/^(E[A-Z]{3,}|EAI_\w+)$/, 'start PostgreSQL, or name its host and port as they are'],
  [/^28/, 'give the role in the URL, and its password there, in PGPASSWORD or in ~/.pgpass'],
  [/^3D000$/, 'make it with createdb, or name another'],
  [/^53100$/, 'free some space'],
  [/^53300$/, 'raise its max_connections, or lower --database-writers and --database-readers'],
];

/** @returns what to do about an error, by its code; undefined: nothing is known */
function adviceFor(code: string): string | undefined {
  const [, advice] = SERVER_ADVICE.find(([codes]) => codes.test(code)) ?? [];
  return advice ?? ADVICE.get(/^SQLITE_[A-Z]+/.exec(code)?.[0] ?? '');
}

/**
 * Runs what works with a database.
 * @throws Error that names the database, why it failed and what to do, in place of its own
 */
export async function namingDatabase<T>(file: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof SchemaError)
      throw new Error(`${file}: ${thrown.message}`, { cause: thrown });
    const error = toStoreError(thrown);
    if (!(error instanceof StoreError)) throw thrown;
    const { code = '' } = (error.cause ?? {}) as { code?: string };
    const advice = adviceFor(code);
    const end = advice === undefined ? '' : `; ${advice}`;
    throw new Error(`${file}: ${error.description}${end}`, { cause: thrown });
  }
}
