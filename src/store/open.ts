/** Picks the driver of a database by its URL: the only file of the store that knows which there are. */
import type { Database } from './database';
import { createSqliteDatabase } from './sqlite/database';

/** By scheme; each takes what follows the colon. */
const DRIVERS: ReadonlyMap<string, (place: string) => Database> = new Map([
  ['sqlite', createSqliteDatabase],
]);

/** Two letters at least: `C:\latchkey.db` is a file. */
const SCHEME = /^([a-z][a-z\d+.-]+):(.+)$/is;

/**
 * The database that a URL names; nothing is opened or made yet.
 * @param url `sqlite:FILE`, a file alone, or `:memory:`
 * @throws Error when no driver has that scheme
 */
export function findDatabase(url: string): Database {
  const [, scheme, place = ''] = SCHEME.exec(url) ?? [];
  if (scheme === undefined) return createSqliteDatabase(url);
  const driver = DRIVERS.get(scheme.toLowerCase());
  if (driver) return driver(place);
  // What follows the scheme may hold a password.
  throw new Error(`no database is reached by ${scheme}: give a file, sqlite:FILE or :memory:`);
}
