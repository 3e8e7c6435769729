/** Picks the driver of a database by its URL: the only file of the store that knows which there are. */
import type { ConnectionSettings, Database } from './database';
import { createPostgresDatabase } from './postgres/database';
import { createSqliteDatabase } from './sqlite/database';

type Driver = (place: string, settings: ConnectionSettings) => Database;

/** The two names of one scheme, with what follows the colon. */
const postgres: Driver = (place, settings) => createPostgresDatabase(`postgres:${place}`, settings);

/** By scheme; each takes what follows the colon. */
const DRIVERS: ReadonlyMap<string, Driver> = new Map([
  ['sqlite', createSqliteDatabase],
  ['postgres', postgres],
  ['postgresql', postgres],
]);

/** Two letters at least: `C:\latchkey.db` is a file. */
const SCHEME = /^([a-z][a-z\d+.-]+):(.+)$/is;

/**
 * The database that a URL names; nothing is opened or made yet.
 * @param url `sqlite:FILE`, a file alone, `:memory:`, or `postgres://…`
 * @param settings of connections, for a driver that has several
 * @throws Error when no driver has that scheme
 */
export function findDatabase(url: string, settings: ConnectionSettings): Database {
  const [, scheme, place = ''] = SCHEME.exec(url) ?? [];
  if (scheme === undefined) return createSqliteDatabase(url);
  const driver = DRIVERS.get(scheme.toLowerCase());
  if (driver) return driver(place, settings);
  // What follows the scheme may hold a password.
  throw new Error(
    `no database is reached by ${scheme}: give a file, sqlite:FILE, :memory: or postgres://…`,
  );
}
