/** A database on a server of PostgreSQL. The driver is loaded when one is opened. */
import type { ConnectionSettings, Database } from '../database';
import { removeMerchant } from './remove-merchant';

/** What PostgreSQL and its tools do themselves. */
const INSTEAD = {
  backup: 'pg_dump or pg_basebackup makes a backup of a database on PostgreSQL',
  restore: 'pg_restore, or psql, puts a backup of a database on PostgreSQL in its place',
  check: 'pg_amcheck --install-missing checks a database on PostgreSQL',
  repair: 'no version of Latchkey has let text into a database on PostgreSQL that needs a repair',
};

/** @param url as libpq has it; it may hold a password */
export function createPostgresDatabase(url: string, settings: ConnectionSettings): Database {
  return {
    name: nameOf(url),
    kept: true,
    instead: INSTEAD,
    // Whether it is there shows when it is opened: asking takes a connection.
    exists: () => true,
    requireWritable: () => undefined,
    open: async (time, onClock, simulate, onCommit) => {
      const { openPostgresStore } = load();
      return openPostgresStore(url, settings, { time, onClock, simulate, onCommit });
    },
    removeMerchant: async (login, exportTo) =>
      load().withConnection(url, settings, (connection) =>
        removeMerchant(connection, login, exportTo),
      ),
    copySource: async () => loadCopying().openCopySource(url, settings),
    requireFree: async () => loadCopying().requireFree(url, settings),
    copyTarget: async () => loadCopying().openCopyTarget(url, settings),
  };
}

/** What needs the library, loaded once a database is opened. */
function load(): typeof import('./postgres-store') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- test frameworks that embed it take no import().
  return require('./postgres-store') as typeof import('./postgres-store');
}

function loadCopying(): typeof import('./copying') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- as above.
  return require('./copying') as typeof import('./copying');
}

/** Scheme, user, hosts and database of a URL: neither its password nor its parameters. */
export function nameOf(url: string): string {
  const [, scheme = '', rest = ''] = /^([a-z]+:\/\/)(.*)$/is.exec(url) ?? [];
  const [authority = ''] = rest.split(/[?#]/, 1);
  const end = authority.lastIndexOf('@');
  // A password with a question mark ends there: what comes before may be a part of it.
  if (end === -1 && rest.includes('@')) return scheme;
  const [user = ''] = authority.slice(0, Math.max(end, 0)).split(':', 1);
  return `${scheme}${user === '' ? '' : `${user}@`}${authority.slice(end + 1)}`;
}
