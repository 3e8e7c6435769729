/** SQLite's errors in plain words. */
import { StoreError } from '../store-error';

/** Primary result codes of a database that cannot work at present. */
const UNAVAILABLE: ReadonlyMap<string, string> = new Map([
  ['SQLITE_READONLY', 'the database is read-only'],
  ['SQLITE_FULL', 'the disk is full'],
  ['SQLITE_BUSY', 'the database is locked by another process'],
  ['SQLITE_LOCKED', 'the database is locked by another process'],
  ['SQLITE_IOERR', 'the disk cannot be read or written'],
  ['SQLITE_CANTOPEN', 'the database cannot be opened'],
  ['SQLITE_CORRUPT', 'the database is damaged'],
  ['SQLITE_NOTADB', 'the database is damaged'],
]);

/** A StoreError for what SQLite threw; anything else comes back as it is. */
export function toStoreError(error: unknown): unknown {
  if (!isSqliteError(error)) return error;
  // Written by the trigger's author, for people to read.
  if (error.code === 'SQLITE_CONSTRAINT_TRIGGER') {
    return new StoreError('refused', error.message, { cause: error });
  }
  const primary = /^SQLITE_[A-Z]+/.exec(error.code)?.[0] ?? '';
  if (primary === 'SQLITE_CONSTRAINT') {
    return new StoreError('refused', 'the database does not allow it', { cause: error });
  }
  const unavailable = UNAVAILABLE.get(primary);
  return unavailable === undefined
    ? new StoreError('failed', 'the database could not carry it out', { cause: error })
    : new StoreError('unavailable', unavailable, { cause: error });
}

/** Whether SQLite threw because another connection holds a lock that it will give back. */
export function isLocked(error: unknown): boolean {
  return isSqliteError(error) && /^SQLITE_(BUSY|LOCKED)/.test(error.code);
}

/** By its code: the class differs where the module is loaded more than once in a process. */
function isSqliteError(error: unknown): error is Error & { code: string } {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && code.startsWith('SQLITE_');
}
