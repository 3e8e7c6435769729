/** PostgreSQL's errors, and those of the way to it, in plain words. */
import { isNativeError } from 'node:util/types';
import { StoreError } from '../store-error';

/** The trigger's code where the ledger would be changed; its message is for people. */
const TRIGGER = 'LK001';

/** By the code of PostgreSQL, or the beginning of several: it cannot work at present. */
const UNAVAILABLE: ReadonlyArray<readonly [string, string]> = [
  ['25006', 'the database is read-only'],
  ['42501', "the database's role lacks a right; the owner's has it"],
  ['53100', 'the disk of the database is full'],
  ['53300', 'the database has no connection free'],
  ['53', 'the database has too little memory or space'],
  ['55P03', 'the database is locked by another process'],
  ['57014', 'the database took too long'],
  ['40', 'the database could not put the changes in order with others'],
  ['28', 'the database refuses the login'],
  ['3D000', 'there is no database of that name'],
  ['57', 'the database is stopped or starting'],
  ['08', 'the connection to the database was lost'],
];

/** Of the way to the database: Node's, which come without a code of PostgreSQL. */
const UNREACHABLE = /^(E[A-Z]{3,}|EAI_\w+|ERR_(TLS|SSL|SOCKET)\w*)$/;

/** What `pg` says of connections, by its words: it gives them no codes. */
const NO_CONNECTION =
  /timeout exceeded when trying to connect|Connection terminated due to connection timeout/;
const LOST =
  /^Query read timeout|^Connection terminated|^Client has encountered a connection error|^Client was closed|^Cannot use a pool/;

/** A StoreError for what PostgreSQL or the way to it threw; anything else comes back as it is. */
export function toStoreError(error: unknown): unknown {
  if (error instanceof StoreError || !isNativeError(error)) return error;
  const options = { cause: error };
  if (NO_CONNECTION.test(error.message)) {
    return new StoreError('unavailable', 'no connection to the database was free in time', options);
  }
  const code = codeOf(error);
  if (code === undefined && isUnreachable(error)) {
    return new StoreError('unavailable', 'the database cannot be reached', options);
  }
  if (isLost(error)) {
    return new StoreError('unavailable', 'the connection to the database was lost', options);
  }
  if (code === undefined) return error;
  if (code === TRIGGER) return new StoreError('refused', error.message, options);
  if (code.startsWith('23')) {
    return new StoreError('refused', 'the database does not allow it', options);
  }
  const [, unavailable] = UNAVAILABLE.find(([start]) => code.startsWith(start)) ?? [];
  return unavailable === undefined
    ? new StoreError('failed', 'the database could not carry it out', options)
    : new StoreError('unavailable', unavailable, options);
}

/** The five characters that PostgreSQL gives an error; undefined: it is not one of its own. */
function codeOf(error: Error): string | undefined {
  const { code, severity } = error as { code?: unknown; severity?: unknown };
  return typeof code === 'string' && severity !== undefined ? code : undefined;
}

/** Whether Node.js found no way to the database, or lost it. */
function isUnreachable(error: Error): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && UNREACHABLE.test(code);
}

/** Whether the connection is gone: nothing is known of what was under way on it. */
export function isLost(error: unknown): boolean {
  const cause = error instanceof StoreError ? error.cause : error;
  if (!isNativeError(cause)) return false;
  const code = codeOf(cause);
  if (code === undefined) return isUnreachable(cause) || LOST.test(cause.message);
  return /^(08|57P0[1-5]|25P03)/.test(code);
}

/** Whether the same may succeed when all of it is done again: PostgreSQL undid it because of others, or the connection is lost. */
export function isTransient(error: unknown): boolean {
  const cause = error instanceof StoreError ? error.cause : error;
  if (!isNativeError(cause)) return false;
  return isLost(cause) || /^40(001|P01)/.test(codeOf(cause) ?? '');
}
