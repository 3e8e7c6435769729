/** The file of a database: made for its owner alone, and known again. */
import { closeSync, fchmodSync, mkdirSync, openSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import SqliteDatabase from 'better-sqlite3';

/** What may be at a path beside a file, and is no database. */
const OTHERS: ReadonlyArray<readonly [(kind: Stats) => boolean, string]> = [
  [(kind) => kind.isDirectory(), 'a folder'],
  [(kind) => kind.isFIFO(), 'a named pipe'],
  [(kind) => kind.isSocket(), 'a socket'],
  [(kind) => kind.isCharacterDevice() || kind.isBlockDevice(), 'a device'],
];

/**
 * SQLite would wait for the writer of a pipe for ever, and take a device for an empty database.
 * @throws Error when there is something, and it is no file
 */
export function requireFile(path: string): void {
  const kind = kindOf(path);
  const [, other] = (kind && OTHERS.find(([is]) => is(kind))) ?? [];
  if (other !== undefined) throw new Error(`${path} is ${other}; name a file`);
}

/** @returns undefined where there is nothing, or it cannot be looked at: whoever opens it says why */
function kindOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/**
 * Makes the file, and its folder, where there is none. It holds password hashes, so that nobody but its
 * owner may read it, whatever the umask; SQLite gives its `-wal` and `-shm` the same mode. A file that is
 * there keeps its mode: somebody may have opened it to a group.
 */
export function makeDatabaseFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    const descriptor = openSync(path, 'wx', 0o600);
    // A umask may take away what the owner needs.
    fchmodSync(descriptor, 0o600);
    closeSync(descriptor);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/**
 * Removes the empty `-wal` and the `-shm` that a connection which only read has left beside a database: it
 * makes them, but may not take them away. They stay while another process has the database open.
 */
export function removeEmptyLog(path: string): void {
  if (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size !== 0) return;
  const database = new SqliteDatabase(path, { fileMustExist: true });
  try {
    // Only a connection that has read knows of the files; the last one to close removes them.
    database.prepare('SELECT 1 FROM sqlite_schema').get();
  } finally {
    database.close();
  }
}

/**
 * Moves what the write-ahead log of a database holds into its file, as far as nobody reads older pages: after a long
 * read, a server that serves it would do so all at once with its next commit, and answer nobody meanwhile. Where the file
 * cannot be written, or another does it already, nothing happens.
 */
export function moveLogIntoFile(path: string): void {
  try {
    const database = new SqliteDatabase(path, { fileMustExist: true, timeout: 0 });
    try {
      database.pragma('wal_checkpoint(PASSIVE)');
    } finally {
      database.close();
    }
  } catch (error) {
    if (!/^SQLITE_/.test((error as { code?: string }).code ?? '')) throw error;
  }
}

/**
 * Remembers which file is at a path. SQLite goes on writing to a file that was removed, and all of it is lost.
 * @returns a function that says what has become of it, in words; undefined: it is there
 */
export function watchFile(path: string): () => string | undefined {
  const { dev, ino } = statSync(path);
  return () => {
    const present = statSync(path, { throwIfNoEntry: false });
    if (!present) return 'the database file is gone';
    return present.dev === dev && present.ino === ino
      ? undefined
      : 'the database file was replaced by another';
  };
}
