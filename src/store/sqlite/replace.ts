/** Puts another database in the place of one, and the one away. */
import { closeSync, existsSync, fsyncSync, openSync, readSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { SchemaError } from '../schema-error';
import { requireOwnFile } from './own';

/** SQLite's files beside a database. */
const COMPANIONS = ['-wal', '-shm', '-journal'];

/** A database that another process has open. */
export class DatabaseInUse extends Error {
  override name = 'DatabaseInUse';
}

/**
 * Renames `path`, with its companions, to `path.SUFFIX`, and `incoming` to `path`. A database that can be
 * read is locked meanwhile.
 * @param incoming a whole database in the same folder
 * @param suffix nothing of that name may be there
 * @returns what was put away
 * @throws DatabaseInUse when another process has `path` open: then nothing has changed
 * @throws SchemaError when `path` is another program's database
 */
export function replaceDatabase(path: string, incoming: string, suffix: string): string[] {
  requireOwnOrDamaged(path);
  makeOneFile(incoming);
  const lock = lockAlone(path);
  try {
    const present = ['', ...COMPANIONS].filter((end) => existsSync(path + end));
    // The names still belong together, so that SQLite can open what was put away.
    const away = `${path}.${suffix}`;
    for (const end of present) renameSync(path + end, away + end);
    renameSync(incoming, path);
    sync(dirname(path));
    return present.map((end) => away + end);
  } finally {
    lock?.close();
  }
}

/** @throws SchemaError when another program made the database */
function requireOwnOrDamaged(path: string): void {
  if (!existsSync(path)) return;
  try {
    requireOwnFile(path);
  } catch (error) {
    if (error instanceof SchemaError) throw error;
  }
}

/** Writes the write-ahead log into the database, and removes it. */
function makeOneFile(path: string): void {
  const database = new SqliteDatabase(path, { fileMustExist: true });
  try {
    database.pragma('journal_mode = DELETE');
  } finally {
    database.close();
  }
}

/**
 * Takes the database for this process alone. Leaving WAL mode needs that, and leaves no companion that
 * SQLite would remove by its name when the lock is given back.
 * @returns undefined when there is no database that a server could have open: none, a restored one that
 *   no server has opened yet, or one that is damaged
 */
function lockAlone(path: string): Database | undefined {
  if (!existsSync(path) || !hasWalHeader(path)) return undefined;
  const database = new SqliteDatabase(path, { timeout: 0 });
  try {
    database.pragma('journal_mode = DELETE');
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    const { code = '' } = error as { code?: string };
    if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
      throw new DatabaseInUse(`another process has ${path} open`, { cause: error });
    }
    if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) return undefined;
    throw error;
  }
}

const MAGIC = 'SQLite format 3\0';
/** Where the header says how a database is written, and what it says of WAL. */
const WRITE_VERSION = 18;
const WAL = 2;

/**
 * Whether a file's header is that of a database in WAL mode, as Latchkey keeps it. By any other header
 * SQLite would take its -wal for a leftover and remove it, though it may hold what is missing.
 */
function hasWalHeader(path: string): boolean {
  const header = Buffer.alloc(WRITE_VERSION + 1);
  const descriptor = openSync(path, 'r');
  try {
    readSync(descriptor, header, 0, header.length, 0);
  } finally {
    closeSync(descriptor);
  }
  return header.toString('latin1', 0, MAGIC.length) === MAGIC && header[WRITE_VERSION] === WAL;
}

function sync(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
